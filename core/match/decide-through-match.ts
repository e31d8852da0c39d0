/**
 * Opening an account because Check for Match found it: to read its row, and nothing else (S13, U-c).
 *
 * A reason of its own beside `decide`, never part of it: whoever asks has to know that it was a match, and has to log
 * what it opens. Restrictions hold (S7): they only take away.
 */
import { allowed, notFound, notLive, rightOf } from '../access/decisions.ts'
import { restrictedBy } from '../access/restrictions.ts'
import { holdsRight } from '../access/rights-table.ts'
import { isAllowed, type Decision, type Principal, type Target } from '../access/types.ts'

export function decideThroughMatch(principal: Principal, target: Target): Decision {
  if (!principal.live) return notLive(principal)
  for (const feature of neededFeatures) {
    const right = rightOf(principal, feature)
    if (!isAllowed(right)) return right
  }
  if (target.kind !== 'account' || target.row === null || !opensMatches(principal)) return notFound
  return restrictedBy(principal.restrictions, target.row) === null ? throughMatch : notFound
}

/**
 * Whether this principal can read every account that a match may find, but for restrictions: not enforced, or of a
 * type that it is not enforced for (the type decides, not the hierarchy, U-23), or reaching all of them anyway. What
 * the growth rule compares (P15).
 */
export function readsAllMatches(principal: Principal): boolean {
  return (
    principal.live &&
    neededFeatures.every((feature) => holdsRight(principal.rights, feature)) &&
    (principal.scope.everything || opensMatches(principal))
  )
}

function opensMatches({ enforceMatchSecurity, userType }: Principal): boolean {
  return !enforceMatchSecurity || userType === 'administrator' || userType === 'global_user'
}

const neededFeatures = ['crm.match', 'crm.accounts.view'] as const
const throughMatch: Decision = allowed([{ code: 'through-match', rule: 'S13' }])
