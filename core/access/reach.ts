/** Whether a record lies in a principal's scope (S4): the key sets meet, and no restriction takes it out. */
import type { Row } from '../records/kind-spec.ts'
import { restrictedBy } from './restrictions.ts'
import { normalRepCode } from './scope.ts'
import type { Principal, Reason, ScopeCause, ScopeKey, Target } from './types.ts'

/** The account that a record's keys and attributes come from (S5); null where nothing is known to exist. */
export function accountOf(target: Target): Row | null {
  if (target.row === null) return null
  return target.kind === 'account' ? target.row : (target.account ?? null)
}

/** Why the account is in scope, or null when it is not. Restrictions are not asked here. */
export function scopeReason(principal: Principal, account: Row): Reason | null {
  if (principal.scope.everything) return everythingReason
  const { keys } = principal.scope
  if (keys.size === 0) return null
  // Not by `accountKeys`: this is asked for every record and field, and builds no list.
  if (Array.isArray(account.repCodes)) {
    for (const code of account.repCodes) {
      const cause = keys.get(`rep:${normalRepCode(code)}`)
      if (cause !== undefined) return causeReason(cause)
    }
  }
  const aId = typeof account.aId === 'string' ? account.aId.trim() : ''
  const cause = keys.get(`account:${account.id}`) ?? (aId === '' ? undefined : keys.get(`a:${aId}`))
  if (cause !== undefined) return causeReason(cause)
  return typeof account.ownerId === 'string' ? ownerReason(keys, account.ownerId) : null
}

/** In scope and not restricted: the reason; else null, whichever of the two it was (S9). */
export function reachReason(principal: Principal, account: Row): Reason | null {
  const reason = scopeReason(principal, account)
  return reason !== null && restrictedBy(principal.restrictions, account) === null ? reason : null
}

/**
 * Why a record cannot be reached, in detail: only for an asker who may see the record and the worker themself.
 * Null when it can be reached.
 */
export function whyOutOfReach(principal: Principal, target: Target): Reason | null {
  const account = accountOf(target)
  if (account === null || scopeReason(principal, account) === null) {
    return { code: 'not-found-or-out-of-scope', rule: 'S4', changedBy: 'settings.workers' }
  }
  return restrictedBy(principal.restrictions, account)
}

const everythingReason: Reason = { code: 'scope-everything', rule: 'S2' }

function ownerReason(keys: ReadonlyMap<ScopeKey, ScopeCause>, ownerId: string): Reason | null {
  const cause = keys.get(`owner:${ownerId.trim()}`)
  return cause === undefined ? null : causeReason(cause)
}

/** A cause is part of its principal, so its reason is made once. */
const reasons = new WeakMap<ScopeCause, Reason>()

function causeReason(cause: ScopeCause): Reason {
  let reason = reasons.get(cause)
  if (reason === undefined) reasons.set(cause, (reason = makeCauseReason(cause)))
  return reason
}

function makeCauseReason(cause: ScopeCause): Reason {
  switch (cause.type) {
    case 'own-rep-code':
      return { code: 'in-scope', rule: 'S2', detail: `rep code ${cause.code}` }
    case 'team-rep-code':
      return { code: 'in-scope', rule: 'S3', detail: `rep code ${cause.code} of ${cause.workerName}` }
    case 'a-id':
      return { code: 'in-scope', rule: 'S2', detail: `A_ID ${cause.aId}` }
    case 'mapped':
      return { code: 'in-scope', rule: 'S2', detail: 'mapped account' }
  }
}
