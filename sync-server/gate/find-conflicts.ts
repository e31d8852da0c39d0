/**
 * B9: two workers wrote one field without knowing of each other. The later stands (D10), the earlier is told.
 *
 * Concurrent is a write whose author did not know the value that stands: its origin is an older one, or none.
 */
import type { IntendedWrite } from '../../core/documents/check-structure.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import { currentItem } from '../../core/documents/store-view.ts'
import type { FieldKey, ParsedUpdate } from '../../core/documents/types.ts'
import type { Conflict } from '../storage/storage.ts'
import { valueInRow } from '../../core/documents/row-after-writes.ts'
import type { Working, WorkingRecord } from './working-state.ts'

export function findConflicts(
  working: Working,
  record: WorkingRecord,
  parsed: ParsedUpdate,
  intended: ReadonlyMap<FieldKey, IntendedWrite>,
  workerId: string,
): readonly Omit<Conflict, 'id' | 'seq'>[] {
  if (record.row === null) return []
  const doc = working.document(record)
  const conflicts: Omit<Conflict, 'id' | 'seq'>[] = []
  for (const [field, { value }] of intended) {
    const current = currentItem(doc, field)
    if (current === null) continue
    const last = current.id.clock + current.length - 1
    const knew = parsed.groups[0]?.structs.some(
      (struct) =>
        struct.type === 'item' && struct.origin?.client === current.id.client && struct.origin.clock === last,
    )
    if (knew) continue
    const old = valueInRow(record.row, field)
    if (sameValue(old, value)) continue
    const writer = working.lastWriter(record.ref, field)
    // The operator and the server have no inbox.
    if (writer === null || writer.author === workerId || !working.directory.workers.has(writer.author))
      continue
    conflicts.push({
      record: record.ref,
      field,
      standing: { value, workerId, at: working.at },
      overwritten: { value: old, workerId: writer.author, at: writer.at },
    })
  }
  return conflicts
}
