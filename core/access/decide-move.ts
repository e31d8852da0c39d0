/**
 * A record before and after a change: nobody moves one out of their own scope, or into it (GATE 7).
 *
 * Both must lie within what the author reaches: a field that feeds scope could otherwise hand an account to somebody
 * else, or fetch one. What does not move passes by the right that the edit itself needs.
 */
import { decideView } from './decide.ts'
import { denied } from './decisions.ts'
import type { Decision, Principal, Target } from './types.ts'

export function decideMove(principal: Principal, before: Target, after: Target): Decision {
  const old = decideView(principal, before)
  if (old.outcome === 'denied') return old
  const next = decideView(principal, after)
  if (next.outcome === 'allowed') return next
  return denied({ code: 'moves-out-of-scope', rule: 'S4', changedBy: 'settings.workers' })
}
