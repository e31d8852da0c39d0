/**
 * Whether the reader may change the access of a worker, or what a group decides, asked before anything is touched:
 * the field's own rule, and those hard rules that no value of it could satisfy (P14, P17).
 */
import { checkChange } from '../../../core/access/check-change.ts'
import { decide } from '../../../core/access/decide.ts'
import { withGroup, withWorker } from '../../../core/access/directory.ts'
import type { Decision, Directory, Principal } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'

export interface LockContext {
  readonly directory: Directory
  readonly principal: Principal
  readonly now: number
}

export function accessOf(row: Row, { directory, principal, now }: LockContext): Decision {
  const field = row.kind === 'worker' ? 'rights' : 'features'
  const decision = decide(principal, 'edit', { kind: row.kind, id: row.id, row }, field)
  if (decision.outcome === 'denied') return decision
  const after = withTrial(directory, row)
  if (after === null || (row.kind !== 'worker' && row.kind !== 'group')) return decision
  const trial = checkChange({
    before: directory,
    after,
    author: principal,
    now,
    changed: [{ kind: row.kind, id: row.id }],
  })
  // Only the rules about who, not those about what: another change may well be allowed.
  const code = trial.reasons[0]?.code
  return code === 'own-access' || code === 'administrative-group' ? trial : decision
}

/** The directory with a change that gives nobody anything. */
function withTrial(directory: Directory, row: Row): Directory | null {
  const worker = row.kind === 'worker' ? directory.workers.get(row.id) : undefined
  if (worker !== undefined) {
    // A place in the set that no feature has: nothing is held by it.
    return withWorker(
      directory,
      { ...worker, reductions: [...worker.reductions, '-'] },
      directory.policyVersion,
    )
  }
  const group = row.kind === 'group' ? directory.groups.get(row.id) : undefined
  if (group === undefined) return null
  const features = new Map(group.features).set('-', 'deny')
  return withGroup(directory, { ...group, features }, directory.policyVersion)
}
