/** Records leave this device: unsent edits of them go to quarantine first, then row, bytes and answers (L4). */
import type { RecordKey } from '../../core/records/kind-spec.ts'
import type { Replica } from './database.ts'
import { deleteStates } from './states.ts'
import { deviceRefusal, leftScope, quarantineEntries } from './quarantine.ts'

/** Inside a transaction over `recordTables`. The merged updates go too: they are bytes of the record. */
export async function dropRecords(db: Replica, keys: readonly RecordKey[], now: number): Promise<void> {
  if (keys.length === 0) return
  const gone = [...keys]
  const unsent = await db.outbox.where('record').anyOf(gone).sortBy('n')
  for (const entry of unsent) await quarantineEntries(db, [entry], deviceRefusal(entry, leftScope, now))
  const answered = gone.flatMap((key) => [
    [key, 0],
    [key, 1],
  ])
  await deleteStates(db, gone)
  await Promise.all([
    db.records.bulkDelete(gone),
    db.kept.where('[record+folded]').anyOf(answered).delete(),
    db.conflicts.where('record').anyOf(gone).delete(),
    db.formers.bulkDelete(gone),
    db.finds.where('record').anyOf(gone).delete(),
  ])
}
