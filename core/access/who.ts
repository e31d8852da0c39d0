/**
 * Who can: the live workers who may do this, each with the decision that says through what.
 *
 * Compiles everybody: for a person who asks, not for a loop. Names and counts are for those who may see the record,
 * and through what somebody can is for those who may see workers; the caller sees to that (GATE 34).
 */
import { decide } from './decide.ts'
import { clause, type ExplainContext } from './explain.ts'
import { compile } from './principal.ts'
import { type Action, type Decision, type Directory, type Instant, isAllowed, type Target } from './types.ts'

export interface WhoCan {
  readonly workerId: string
  readonly name: string
  readonly decision: Decision
}

/** Sorted by name, then id. */
export function who(
  directory: Directory,
  action: Action,
  target: Target,
  now: Instant,
  field?: string,
): readonly WhoCan[] {
  return [...directory.workers.values()]
    .map(({ id, name }): WhoCan => {
      const decision = decide(compile(directory, id, now), action, target, field)
      return { workerId: id, name, decision }
    })
    .filter(({ decision }) => isAllowed(decision))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.workerId, b.workerId))
}

/** Through what: every rule that had to agree, in words. */
export function throughWhat(
  decision: Decision,
  context: Pick<ExplainContext, 'catalogue' | 'kind'>,
): readonly string[] {
  return decision.reasons.map((reason) => clause(reason, context))
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
