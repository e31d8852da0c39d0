/** Small makers of decisions, so that none is built by hand and none is without a reason. */
import type { Decision, Principal, Reason, Right } from './types.ts'

export function allowed(reasons: readonly Reason[]): Decision {
  return { outcome: 'allowed', reasons }
}

export function denied(...reasons: readonly Reason[]): Decision {
  return { outcome: 'denied', reasons }
}

/** One answer for what does not exist and for what lies out of scope, so that nobody can tell them apart (S9). */
export const notFound: Decision = denied({ code: 'not-found-or-out-of-scope', rule: 'S9' })

/** The same, where the account filter decides what is reached: whoever manages workers can change that. */
export const notReached: Decision = denied({
  code: 'not-found-or-out-of-scope',
  rule: 'S9',
  changedBy: 'settings.workers',
})

/** The right of a principal; a feature that the catalogue does not know is denied (P1). */
export function rightOf(principal: Principal, feature: string): Right {
  return (
    principal.rights.get(feature) ??
    denied({ code: 'not-held', rule: 'P1', feature, changedBy: 'settings.workers' })
  )
}

/** Why a principal that is not live is denied everything (P5). Its rights all say the same. */
export function notLive(principal: Principal): Decision {
  for (const right of principal.rights.values()) return denied(...right.reasons.map(withoutFeature))
  return denied({ code: 'worker-inactive', rule: 'P5', changedBy: 'settings.workers' })
}

function withoutFeature({ feature: _, ...reason }: Reason): Reason {
  return reason
}
