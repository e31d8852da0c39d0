/**
 * What the finder of a match gets: a link, or a card to read (U-20 to U-23, S12).
 *
 * Reads what `decide` says and never changes it: lists, feeds, rooms and devices know nothing of matches.
 */
import { decideView } from '../access/decide.ts'
import { rightOf } from '../access/decisions.ts'
import { isAllowed, type Decision, type Principal, type Reason } from '../access/types.ts'
import type { Row } from '../records/kind-spec.ts'
import { decideThroughMatch } from './decide-through-match.ts'

export interface MatchDecision {
  /** `nothing`: the principal may not check for matches at all. */
  readonly type: 'link' | 'card' | 'nothing'
  readonly reasons: readonly Reason[]
}

/** Whether somebody may check for matches. */
export function decideMatching(principal: Principal): Decision {
  return rightOf(principal, 'crm.match')
}

export function decideMatch(principal: Principal, account: Row): MatchDecision {
  const matching = decideMatching(principal)
  if (!isAllowed(matching)) return { type: 'nothing', reasons: matching.reasons }
  const target = { kind: 'account', id: account.id, row: account } as const
  const view = decideView(principal, target)
  if (isAllowed(view)) return { type: 'link', reasons: view.reasons }
  const through = decideThroughMatch(principal, target)
  return isAllowed(through) ? { type: 'link', reasons: through.reasons } : card
}

const card: MatchDecision = {
  type: 'card',
  reasons: [{ code: 'match-enforced', rule: 'S12', changedBy: 'settings.workers' }],
}
