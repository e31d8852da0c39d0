/** What the gate refused of an import, at the row and the column that it is about. */
import type { Reason } from '../../core/access/types.ts'
import type { Catalogue } from '../../core/catalogue/features.ts'
import { fieldKey } from '../../core/documents/field-key.ts'
import { columnsOf } from '../../core/exchange/columns-of.ts'
import type { RecordEdit } from '../../core/exchange/diff-rows.ts'
import type { FileKind } from '../../core/exchange/kinds.ts'
import type { ImportFault } from '../../core/exchange/parse-csv.ts'
import type { Verdict } from '../gate/types.ts'

export function refusalsOf(
  file: FileKind,
  edits: readonly RecordEdit[],
  verdicts: readonly Verdict[],
  catalogue: Catalogue,
): readonly ImportFault[] {
  return verdicts.flatMap((verdict, index): readonly ImportFault[] => {
    const edit = edits[index]
    const row = edit?.row ?? 1
    switch (verdict.type) {
      case 'merged':
        return []
      case 'refused': {
        const [reason] = verdict.reasons
        const column = columnOf(file, reason, edit, catalogue)
        return [{ row, column, message: messageOf(reason, verdict.sentence) }]
      }
      case 'unreadable':
        return [{ row, column: null, message: 'There is no such record that you may change.' }]
      case 'later':
        return [{ row, column: null, message: 'The server is busy; try again.' }]
      case 'violation':
        return [{ row, column: null, message: 'It holds something that no record can.' }]
    }
  })
}

/**
 * The column that a reason is about: it names the field, or the feature that was handed out; of a row in which only one
 * column changes anything it can only be that one.
 */
function columnOf(
  file: FileKind,
  reason: Reason | undefined,
  edit: RecordEdit | undefined,
  catalogue: Catalogue,
): string | null {
  const columns = (key: string) => columnsOf(file, key, catalogue)
  if (reason?.field !== undefined) return columns(reason.field)[0]?.name ?? null
  const written = edit?.writes.map(({ field }) => field) ?? []
  const feature = reason?.feature === undefined ? undefined : fieldKey('rights', reason.feature)
  if (feature !== undefined && written.includes(feature)) return columns(feature)[0]?.name ?? null
  const touched = new Set(written.flatMap((key) => columns(key)[0]?.name ?? []))
  return touched.size === 1 ? ([...touched][0] ?? null) : null
}

/** What is wrong with a value says so by itself; everything else is the decision in words. */
function messageOf(reason: Reason | undefined, sentence: string): string {
  const ofValue = reason?.code === 'value-invalid' || reason?.code === 'value-required'
  return ofValue ? (reason.detail ?? sentence) : sentence
}
