/**
 * D20: validity that begins or ends is a commit of its own, at its instant and in the one order of everything.
 *
 * Nothing was written, and still somebody holds other rights than before. The tick says so: one entry of the journal for
 * each worker whose boundary it is, by the server and without changes, and with them another policy version. From there
 * on it is told like any change of policy. It changes no field, or the server would pass for the last writer of one.
 */
import { atPolicyVersion } from '../../core/access/directory.ts'
import type { Directory, Instant } from '../../core/access/types.ts'
import { nextBoundary, workersBetween } from '../../core/access/validity.ts'
import type { Policy } from './policy.ts'
import { byTheServer } from './record-consequences.ts'
import type { Working } from './working-state.ts'

export interface PolicyClock {
  /** Ids of the workers who have a boundary between what has been committed and this instant. */
  due(at: Instant): readonly string[]
  /** Everything up to this instant has been committed. */
  reached(at: Instant): void
}

const nobody: readonly string[] = []

/** `start`: the instant of the last commit that there is. Asked before each batch, so it looks only where something is due. */
export function createPolicyClock(policy: Pick<Policy, 'directory'>, start: Instant): PolicyClock {
  let asOf = start
  let planned: { readonly directory: Directory; readonly next: Instant | null } | null = null

  return {
    due(at) {
      const { directory } = policy
      if (planned?.directory !== directory) planned = { directory, next: nextBoundary(directory, asOf) }
      // A clock that was set back brings back what had ended: that is to be told like everything else.
      const passes = at < asOf || (planned.next !== null && planned.next <= at)
      return passes ? workersBetween(directory, asOf, at) : nobody
    },
    reached(at) {
      if (at < asOf || (planned?.next ?? at + 1) <= at) planned = null
      asOf = at
    },
  }
}

/** The rows of these workers have been loaded. */
export function moveTick(working: Working, workerIds: readonly string[]): void {
  for (const id of workerIds) {
    const record = working.record({ kind: 'worker', id })
    const { row, keys } = record
    if (row !== null) working.move({ record, row, keys, update: null, changes: [], by: byTheServer })
  }
  // The number of the last one, as it is read back at the next start.
  if (!working.isEmpty()) working.directory = atPolicyVersion(working.directory, working.head.number)
}
