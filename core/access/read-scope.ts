/**
 * Reading as an index sees it: the keys under which a principal's records of one kind are found (S10).
 *
 * With restrictions applied to what the keys bring (`restrictedBy`), it is the same set as asking `decideView` record
 * by record.
 */
import type { Kind } from '../records/kind-spec.ts'
import { kindSpecs } from '../records/registry.ts'
import { notLive, rightOf } from './decisions.ts'
import type { Principal, Reason, ScopeKey } from './types.ts'

export type ReadScope =
  | { readonly type: 'everything' }
  | { readonly type: 'nothing'; readonly reasons: readonly Reason[] }
  | { readonly type: 'keys'; readonly keys: ReadonlySet<ScopeKey> }

export function readScope(principal: Principal, kind: Kind): ReadScope {
  if (!principal.live) return { type: 'nothing', reasons: notLive(principal).reasons }
  const { read } = kindSpecs[kind]
  switch (read.type) {
    case 'scoped': {
      const right = rightOf(principal, read.feature)
      if (right.outcome === 'denied') return { type: 'nothing', reasons: right.reasons }
      const { scope } = principal
      return scope.everything ? { type: 'everything' } : { type: 'keys', keys: new Set(scope.keys.keys()) }
    }
    case 'feature-or-own': {
      const right = rightOf(principal, read.feature)
      return right.outcome === 'allowed' ? { type: 'everything' } : ownKeys(principal, kind)
    }
    case 'own':
      return ownKeys(principal, kind)
    case 'everyone':
      return { type: 'everything' }
  }
}

function ownKeys(principal: Principal, kind: Kind): ReadScope {
  const ids = kind === 'group' ? principal.readableGroups : [principal.workerId]
  return { type: 'keys', keys: new Set(ids.map((id): ScopeKey => `${kind}:${id}`)) }
}
