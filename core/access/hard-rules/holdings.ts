/** What one principal holds that another does not: in features, and in scope. The measure of every growth rule. */
import type { FeatureId } from '../../catalogue/features.ts'
import type { Row } from '../../records/kind-spec.ts'
import { readsAllMatches } from '../../match/decide-through-match.ts'
import { reachReason } from '../reach.ts'
import { restrictionsCover } from '../restrictions.ts'
import { holdsRight } from '../rights-table.ts'
import type { DetailKey, Principal, Reason, Scope, ScopeKey } from '../types.ts'

/** What there is too much of, as the detail of a reason. */
export type Excess = Pick<Reason, 'detail' | 'detailKey'>

export type AccountById = (id: string) => Row | null

/** A feature that `held` allows and none of `others` does, by id; null for none. `but` are left out. */
export function featureBeyond(
  held: Principal,
  others: readonly Principal[],
  but: ReadonlySet<FeatureId> = new Set(),
): FeatureId | null {
  for (const feature of held.rights.keys()) {
    if (but.has(feature) || !holdsRight(held.rights, feature)) continue
    if (!others.some(({ rights }) => holdsRight(rights, feature))) return feature
  }
  return null
}

/** Something in the scope of `held` that is not in `other`'s; null for none. */
export function scopeBeyond(held: Principal, other: Principal, accountById?: AccountById): Excess | null {
  if (isEmpty(held.scope)) return null
  if (!restrictionsCover(other.restrictions, held.restrictions)) return widerRestrictions
  return keyBeyond(held.scope, other, accountById)
}

/**
 * What `after` reaches and `before` did not, and `author` does not either; null for none. Careful rather than exact:
 * with looser restrictions all that `after` reaches counts as new.
 */
export function scopeGained(
  before: Principal,
  after: Principal,
  author: Principal | null,
  accountById?: AccountById,
): Excess | null {
  if (isEmpty(after.scope)) return null
  const looser = !restrictionsCover(before.restrictions, after.restrictions)
  const gained = looser ? after.scope : newKeys(before.scope, after.scope)
  if (isEmpty(gained)) return null
  if (author === null) return describe(gained) ?? widerRestrictions
  return scopeBeyond({ ...after, scope: gained }, author, accountById)
}

/**
 * Accounts of others that `held` reads through Check for Match and `other` does not; null for none (S12). A switch, a
 * user type, a right or a looser restriction may have opened them.
 */
export function matchesBeyond(held: Principal, ...others: readonly Principal[]): Excess | null {
  if (!readsAllMatches(held)) return null
  const isHeldToo = others.some(
    (other) => readsAllMatches(other) && restrictionsCover(other.restrictions, held.restrictions),
  )
  return isHeldToo ? null : { detailKey: 'all-matches' }
}

function newKeys(before: Scope, after: Scope): Scope {
  if (before.everything) return { everything: false, keys: new Map() }
  if (after.everything) return after
  return { everything: false, keys: new Map([...after.keys].filter(([key]) => !before.keys.has(key))) }
}

function keyBeyond(scope: Scope, other: Principal, accountById: AccountById | undefined): Excess | null {
  if (other.scope.everything) return null
  if (scope.everything) return describe(scope)
  for (const key of scope.keys.keys()) {
    if (other.scope.keys.has(key) || isReached(key, other, accountById)) continue
    return keyDetail(key)
  }
  return null
}

/** A mapped account may lie in another's scope by its rep codes: its row tells. */
function isReached(key: ScopeKey, other: Principal, accountById: AccountById | undefined): boolean {
  const account = key.startsWith('account:') ? accountById?.(key.slice('account:'.length)) : null
  return account !== undefined && account !== null && reachReason(other, account) !== null
}

const widerRestrictions: Excess = { detailKey: 'wider-restrictions' }

function describe(scope: Scope): Excess | null {
  if (scope.everything) return { detailKey: 'everything' }
  const [key] = scope.keys.keys()
  return key === undefined ? null : keyDetail(key)
}

const detailKeys: Readonly<Record<string, DetailKey>> = {
  rep: 'rep-code',
  a: 'a-id',
  account: 'account',
  owner: 'owner',
}

function keyDetail(key: ScopeKey): Excess {
  const [kind = ''] = key.split(':', 1)
  const detail = key.slice(kind.length + 1)
  const detailKey = detailKeys[kind]
  return detailKey === undefined ? { detail } : { detailKey, detail }
}

function isEmpty(scope: Scope): boolean {
  return !scope.everything && scope.keys.size === 0
}
