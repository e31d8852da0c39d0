/**
 * "Why can't I see it?", asked of a name that the asker typed and does not see (P27).
 *
 * Decided from the asker alone, never from what there is: the answer is the same for a record that lies elsewhere and
 * for one that does not exist (S9, GATE 34).
 */
import type { Kind } from '../records/kind-spec.ts'
import { decideKind } from './decide.ts'
import { denied, notFound } from './decisions.ts'
import { reachDetail } from './reach.ts'
import { isRestricted } from './restrictions.ts'
import type { Decision, Principal } from './types.ts'

export function decideUnseen(principal: Principal, kind: Kind): Decision {
  const whole = decideKind(principal, 'view', kind)
  if (whole.outcome === 'denied') return whole
  const { scope, restrictions } = principal
  if (scope.everything && !isRestricted(restrictions)) return notFound
  const reached = {
    code: 'none-of-that-name',
    rule: 'S9',
    ...reachDetail(scope),
    changedBy: 'settings.workers',
  } as const
  const { geographies } = restrictions
  if (geographies === null) return denied(reached)
  return denied(reached, {
    code: 'restricted-geography',
    rule: 'S7',
    detail: geographies.join(', '),
    changedBy: 'settings.workers',
  })
}
