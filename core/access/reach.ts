/** Whether a record lies in a principal's scope (S4): the key sets meet, and no restriction takes it out. */
import type { Row } from '../records/kind-spec.ts'
import { restrictedBy } from './restrictions.ts'
import { normalRepCode } from './scope.ts'
import type { Decision, Principal, Reason, Scope, ScopeCause, ScopeKey, Target } from './types.ts'

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
  if (account === null) return null
  if (scopeReason(principal, account) === null) {
    const has = Array.isArray(account.repCodes) ? account.repCodes.map(normalRepCode) : []
    return {
      code: 'out-of-scope',
      rule: 'S4',
      ...reachDetail(principal.scope),
      has,
      changedBy: 'settings.workers',
    }
  }
  return restrictedBy(principal.restrictions, account)
}

/** The decision with what the login reaches and what the record has, for an asker who may see both. */
export function inDetail(decision: Decision, principal: Principal, target: Target): Decision {
  if (decision.reasons[0]?.code !== 'not-found-or-out-of-scope') return decision
  const reason = whyOutOfReach(principal, target)
  return reason === null ? decision : { outcome: 'denied', reasons: [reason] }
}

/** Rep codes named in a sentence; a regional manager's are many. */
const CODES_NAMED_MAX = 5

/** What a scope reaches, as the detail of a reason. */
export function reachDetail(scope: Scope): Pick<Reason, 'detail' | 'detailKey'> {
  if (scope.everything) return { detailKey: 'everything' }
  const keys = [...scope.keys.keys()]
  const values = (prefix: string) =>
    keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  const codes = values('rep:')
  if (codes.length > 0) {
    const named = codes.slice(0, CODES_NAMED_MAX).join(', ')
    return { detailKey: 'reach-rep-codes', detail: codes.length > CODES_NAMED_MAX ? `${named}, …` : named }
  }
  const [aId] = values('a:')
  if (aId !== undefined) return { detailKey: 'reach-a-id', detail: aId }
  return { detailKey: keys.length > 0 ? 'reach-mapped' : 'reach-nothing' }
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
      return { code: 'in-scope', rule: 'S2', detailKey: 'rep-code', detail: cause.code }
    case 'team-rep-code':
      return {
        code: 'in-scope',
        rule: 'S3',
        detailKey: 'team-rep-code',
        detail: cause.code,
        by: cause.workerName,
      }
    case 'a-id':
      return { code: 'in-scope', rule: 'S2', detailKey: 'a-id', detail: cause.aId }
    case 'mapped':
      return { code: 'in-scope', rule: 'S2', detailKey: 'mapped-account' }
  }
}
