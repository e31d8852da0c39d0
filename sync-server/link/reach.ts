/**
 * What a worker reaches, kind by kind, in the form that indexes answer (S10), and how two such reaches differ: that is
 * what a device has to be sent, and what has to leave it, after a change of scope (GATE 23).
 */
import { decide } from '../../core/access/decide.ts'
import { readScope } from '../../core/access/read-scope.ts'
import { isRestricted } from '../../core/access/restrictions.ts'
import { scopeHash } from '../../core/access/scope-hash.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { type Kind, kinds, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { FeedQuery, RecordRef } from '../storage/storage.ts'

/** Kinds left out are not reached at all. */
export type ReachByKind = FeedQuery['reach']

/** A reach and the restrictions that take records out of it, as one text: two are the same or they are not. */
export interface Scope {
  readonly reach: ReachByKind
  readonly restrictions: string
}

/** One principal as a feed asks it: for every record, and often. */
export interface View {
  readonly principal: Principal
  readonly scope: Scope
  readonly hash: string
  /** Whether keys alone do not decide: accounts and what hangs on them have to be looked at. */
  readonly isRestricted: boolean
  meets(kind: Kind, keys: readonly string[]): boolean
}

export function viewOf(principal: Principal): View {
  const reach: Partial<Record<Kind, ReachByKind[Kind]>> = {}
  const sets = new Map<Kind, 'everything' | ReadonlySet<string>>()
  for (const kind of kinds) {
    const scope = readScope(principal, kind)
    if (scope.type === 'nothing') continue
    reach[kind] = scope.type === 'everything' ? scope : { type: 'keys', keys: [...scope.keys].sort() }
    sets.set(kind, scope.type === 'everything' ? 'everything' : scope.keys)
  }
  return {
    principal,
    scope: { reach: reach as ReachByKind, restrictions: JSON.stringify(principal.restrictions) },
    hash: scopeHash(principal),
    isRestricted: isRestricted(principal.restrictions),
    meets(kind, keys) {
      const set = sets.get(kind)
      if (set === undefined) return false
      return set === 'everything' || keys.some((key) => set.has(key))
    },
  }
}

/** Whether visibility depends on the row of the record's account, beyond its keys. */
export function needsAccount(view: View, kind: Kind): boolean {
  return view.isRestricted && kindSpecs[kind].scope === 'account'
}

/** `account` is the row of a dependant's account; asked for only where `needsAccount` says so. */
export function isVisible(
  view: View,
  { kind, id }: RecordRef,
  row: Row,
  keys: readonly string[],
  account: Row | null = null,
): boolean {
  if (!view.meets(kind, keys)) return false
  if (!view.isRestricted) return true
  const target = { kind, id, row, ...(kindSpecs[kind].scope === 'account' && { account }) }
  return isAllowed(decide(view.principal, 'view', target))
}

/** What the first reaches and the second does not; a whole kind where that cannot be said by keys. */
export function without(first: ReachByKind, second: ReachByKind): ReachByKind {
  return combine(first, second, (one, other) => {
    if (one === undefined || other?.type === 'everything') return undefined
    if (one.type === 'everything' || other === undefined) return one
    const taken = new Set(other.keys)
    return keysOrNothing(one.keys.filter((key) => !taken.has(key)))
  })
}

export function union(first: ReachByKind, second: ReachByKind): ReachByKind {
  return combine(first, second, (one, other) => {
    if (one === undefined || other === undefined) return one ?? other
    if (one.type === 'everything' || other.type === 'everything') return { type: 'everything' }
    return keysOrNothing([...new Set([...one.keys, ...other.keys])])
  })
}

/** What both reach. */
export function intersection(first: ReachByKind, second: ReachByKind): ReachByKind {
  return combine(first, second, (one, other) => {
    if (one === undefined || other === undefined) return undefined
    if (one.type === 'everything') return other
    if (other.type === 'everything') return one
    const shared = new Set(other.keys)
    return keysOrNothing(one.keys.filter((key) => shared.has(key)))
  })
}

export function isEmpty(reach: ReachByKind): boolean {
  return Object.keys(reach).length === 0
}

type OneReach = ReachByKind[Kind]

function combine(
  first: ReachByKind,
  second: ReachByKind,
  rule: (one: OneReach, other: OneReach) => OneReach,
): ReachByKind {
  const combined: Partial<Record<Kind, NonNullable<OneReach>>> = {}
  for (const kind of kinds) {
    const reach = rule(first[kind], second[kind])
    if (reach !== undefined) combined[kind] = reach
  }
  return combined
}

function keysOrNothing(keys: readonly string[]): OneReach {
  return keys.length === 0 ? undefined : { type: 'keys', keys: [...keys].sort() }
}
