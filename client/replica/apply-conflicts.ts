/** Somebody replaced a value of this worker's without knowing it: the conflict inbox has both (B9). */
import type { Conflicts } from '../../core/protocol/conflicts.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import { reopening, type Replica } from './database.ts'

/** What is known here stays as it was dealt with. */
export async function applyConflicts(db: Replica, { conflicts }: Conflicts): Promise<void> {
  await reopening(db, () =>
    db.transaction('rw', db.conflicts, async () => {
      const known = new Set(
        await db.conflicts
          .where('id')
          .anyOf(conflicts.map(({ id }) => id))
          .primaryKeys(),
      )
      await db.conflicts.bulkAdd(
        conflicts
          .filter(({ id }) => !known.has(id))
          .map(({ record, ...told }) => ({
            ...told,
            record: recordKey(record.kind, record.id),
            settled: null,
          })),
      )
    }),
  )
}
