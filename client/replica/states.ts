/**
 * The server's bytes of each record (L7), in two places: alone in `states`, or with the others of the page that first
 * brought them in `packs`. A first sync is half as long when five hundred states are written at once; a record that
 * changes later gets a state of its own, which counts.
 *
 * INVARIANT: a record names the pack that holds, or once held, its bytes, so that they go when it goes (L4).
 */
import type { RecordKey } from '../../core/records/kind-spec.ts'
import type { Replica } from './database.ts'
import type { StoredRecord } from './stored.ts'

/** Fewer new records than this are not worth a pack. */
export const PACK_RECORDS_MIN = 50

export async function readState(
  db: Replica,
  key: RecordKey,
  record: Pick<StoredRecord, 'pack'> | undefined,
): Promise<Uint8Array | null> {
  const own = await db.states.get(key)
  if (own !== undefined || record?.pack === undefined) return own?.bytes ?? null
  return (await db.packs.get(record.pack))?.states.get(key) ?? null
}

/** Inside a transaction over `recordTables`, before the records themselves go. */
export async function deleteStates(db: Replica, keys: readonly RecordKey[]): Promise<void> {
  await db.states.bulkDelete([...keys])
  const records = await db.records.bulkGet([...keys])
  const packed = records.filter((record) => record?.pack !== undefined)
  for (const [n, gone] of Map.groupBy(packed, (record) => record?.pack ?? 0)) {
    const pack = await db.packs.get(n)
    if (pack === undefined) continue
    const left = new Map(pack.states)
    for (const record of gone) if (record !== undefined) left.delete(record.key)
    if (left.size === 0) await db.packs.delete(n)
    else await db.packs.put({ n, states: left })
  }
}
