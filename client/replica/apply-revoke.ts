/** The server takes records away: one transaction, unsent edits to quarantine first (L4). */
import type { Revoke } from '../../core/protocol/revoke.ts'
import { recordKey, type RecordKey } from '../../core/records/kind-spec.ts'
import { announce } from './changes.ts'
import { recordTables, reopening, type Replica } from './database.ts'
import { dropRecords } from './drop-records.ts'

export async function applyRevoke(
  db: Replica,
  { records }: Revoke,
  now: () => number,
): Promise<readonly RecordKey[]> {
  const keys = records.map(({ kind, id }) => recordKey(kind, id))
  await reopening(db, () => db.transaction('rw', recordTables(db), () => dropRecords(db, keys, now())))
  announce(db, keys)
  return keys
}
