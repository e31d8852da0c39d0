/** The last refusal that this device has seen on a record: what an entry says it was written after (GATE 14). */
import type { RecordKey } from '../../core/records/kind-spec.ts'
import type { Replica } from './database.ts'

export async function lastRefusalOf(db: Replica, record: RecordKey): Promise<string | null> {
  const refused = await db.quarantine.where('record').equals(record).toArray()
  const last = refused
    .filter(({ by }) => by === 'server')
    .sort((a, b) => a.at - b.at)
    .at(-1)
  return last?.edit ?? null
}
