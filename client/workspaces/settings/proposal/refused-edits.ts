/**
 * Which edits of a change would be refused, each with its reason: those whose fields the author may not write, and those
 * that a hard rule forbids. Judged one after the other, as they are saved: of two administrators the second one stays.
 */
import { checkChange } from '../../../../core/access/check-change.ts'
import { withGroup, withWorkers } from '../../../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../../../core/access/from-rows.ts'
import type { Decision, Directory } from '../../../../core/access/types.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { asProposed, decideFields, type ProposedEdit } from './create-proposal.ts'
import type { SettingsData } from '../settings-data.ts'

export interface RefusedEdit {
  readonly row: Row
  readonly decision: Decision
}

export function refusedEdits(
  data: Pick<SettingsData, 'directory' | 'principal' | 'now'>,
  edits: readonly ProposedEdit[],
): readonly RefusedEdit[] {
  const refused: RefusedEdit[] = []
  let directory = data.directory()
  const check = (after: Directory, block: readonly ProposedEdit[]) =>
    checkChange({
      before: directory,
      after,
      author: data.principal(),
      now: data.now(),
      changed: block.flatMap((edit) => {
        const { row, fields } = asProposed(edit)
        return row.kind === 'worker' || row.kind === 'group' ? [{ kind: row.kind, id: row.id, fields }] : []
      }),
    })
  // As a rule nearly all are allowed: what is allowed together is so one by one, and only the rest is halved.
  const judge = (block: readonly ProposedEdit[]): void => {
    const [first] = block
    if (first === undefined) return
    const after = withEdits(directory, block)
    const decision = check(after, block)
    if (decision.outcome === 'allowed') {
      directory = after
    } else if (block.length === 1) {
      refused.push({ row: first.row, decision })
    } else {
      const half = Math.ceil(block.length / 2)
      judge(block.slice(0, half))
      judge(block.slice(half))
    }
  }
  const writable: ProposedEdit[] = []
  for (const edit of edits) {
    const decision = decideFields(data, [edit])
    if (decision === null) writable.push(edit)
    else refused.push({ row: edit.row, decision })
  }
  judge(writable)
  return refused
}

function withEdits(directory: Directory, edits: readonly ProposedEdit[]): Directory {
  const { policyVersion } = directory
  const rows = edits.map((edit) => asProposed(edit).row)
  const workers = rows.filter(({ kind }) => kind === 'worker').map(workerFromRow)
  return rows
    .filter(({ kind }) => kind === 'group')
    .reduce(
      (next, row) => withGroup(next, groupFromRow(row), policyVersion),
      workers.length === 0 ? directory : withWorkers(directory, workers, policyVersion),
    )
}
