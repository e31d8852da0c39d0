/**
 * What a change of workers or groups would do, before it is saved: whether its author may make it, and who would gain
 * or lose what. Computed on the admin's device with the same functions as in the gate.
 */
import { checkChange, type ChangedRecord } from '../../core/access/check-change.ts'
import { withGroup, withWorker } from '../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../core/access/from-rows.ts'
import { affectedWorkers } from '../../core/access/hard-rules/affected-workers.ts'
import { compile } from '../../core/access/principal.ts'
import { type Decision, type Directory, isAllowed, type Principal } from '../../core/access/types.ts'
import type { Row } from '../../core/records/kind-spec.ts'

export interface ProposedChange {
  /** The worker's or group's row as it would be. */
  readonly row: Row
  /** Keys or names of the fields that differ. */
  readonly fields: readonly string[]
}

export interface Effect {
  readonly workerId: string
  readonly name: string
  readonly gains: readonly string[]
  readonly loses: readonly string[]
  /** Scope keys that come and go; both empty where one of the scopes is everything. */
  readonly scopeGains: readonly string[]
  readonly scopeLoses: readonly string[]
  /** Whether the scope becomes everything, or ceases to be. */
  readonly everything: 'gained' | 'lost' | null
}

export interface DryRun {
  readonly decision: Decision
  readonly before: Directory
  readonly after: Directory
  /** Those whose access would be another one, by name. */
  readonly effects: readonly Effect[]
}

export function dryRun(
  directory: Directory,
  author: Principal,
  changes: readonly ProposedChange[],
  now: number,
): DryRun {
  let after = directory
  const changed: ChangedRecord[] = []
  for (const { row, fields } of changes) {
    if (row.kind === 'worker') after = withWorker(after, workerFromRow(row), after.policyVersion)
    else if (row.kind === 'group') after = withGroup(after, groupFromRow(row), after.policyVersion)
    else continue
    changed.push({ kind: row.kind, id: row.id, fields })
  }
  const change = { before: directory, after, author, now, changed }
  const effects = [...affectedWorkers(change)]
    .map((id) => effectOn(compile(directory, id, now), compile(after, id, now)))
    .filter((effect) => effect !== null)
    .sort((a, b) => a.name.localeCompare(b.name))
  return { decision: checkChange(change), before: directory, after, effects }
}

function effectOn(before: Principal, after: Principal): Effect | null {
  const had = heldBy(before)
  const has = heldBy(after)
  const [scopeBefore, scopeAfter] = [keysOf(before), keysOf(after)]
  const comparable = scopeBefore !== null && scopeAfter !== null
  const effect: Effect = {
    workerId: after.workerId,
    name: after.name || before.name,
    gains: [...has].filter((feature) => !had.has(feature)),
    loses: [...had].filter((feature) => !has.has(feature)),
    scopeGains: comparable ? scopeAfter.filter((key) => !scopeBefore.includes(key)) : [],
    scopeLoses: comparable ? scopeBefore.filter((key) => !scopeAfter.includes(key)) : [],
    everything: comparable || scopeBefore === scopeAfter ? null : scopeAfter === null ? 'gained' : 'lost',
  }
  const { gains, loses, scopeGains, scopeLoses, everything } = effect
  const isSame =
    [gains, loses, scopeGains, scopeLoses].every((list) => list.length === 0) && everything === null
  return isSame ? null : effect
}

function heldBy(principal: Principal): ReadonlySet<string> {
  return new Set([...principal.rights].flatMap(([feature, right]) => (isAllowed(right) ? [feature] : [])))
}

/** Null for everything. */
function keysOf({ scope }: Principal): readonly string[] | null {
  return scope.everything ? null : [...scope.keys.keys()]
}
