/**
 * The words that access is spoken in: directory, principal, target, decision, reason.
 *
 * A decision is never a bare boolean. `isAllowed` exists for the last moment, when a screen has to choose.
 */
import type { AccountFilter } from '../catalogue/account-filters.ts'
import type { Catalogue, FeatureId } from '../catalogue/features.ts'
import type { GroupType } from '../catalogue/group-types.ts'
import type { UserType } from '../catalogue/user-types.ts'
import type { Kind, Row } from '../records/kind-spec.ts'

/** Milliseconds since the epoch, UTC. Core reads no clock: it is handed in. */
export type Instant = number

export interface Membership {
  readonly groupId: string
  /** Inclusive; null for no beginning. */
  readonly from: Instant | null
  /** Exclusive; null for no end. */
  readonly until: Instant | null
}

/** A worker as the permission engine reads it. Made from a row by `workerFromRow`. */
export interface Worker {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly active: boolean
  readonly userType: UserType | null
  readonly managerId: string | null
  readonly aId: string | null
  readonly accountsQueryType: AccountFilter | null
  readonly repCodes: readonly string[]
  readonly mappedAccounts: readonly string[]
  readonly rights: readonly FeatureId[]
  readonly memberships: readonly Membership[]
  readonly reductions: readonly FeatureId[]
  /** Restrictions only subtract. Empty: not restricted. The entry `none` alone: nothing passes (U-i). */
  readonly campaigns: readonly string[]
  readonly geographies: readonly string[]
  readonly partners: readonly string[]
  /** What search shows, as criteria; no restriction (S11). Empty: everything. */
  readonly searchFilter: readonly string[]
  /** False: Check for Match opens what it finds, whoever's it is (S12). */
  readonly enforceMatchSecurity: boolean
  readonly validFrom: Instant | null
  readonly validUntil: Instant | null
}

export interface Group {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly type: GroupType
  readonly parentId: string | null
  readonly enabled: boolean
  /** Own entries only: a feature or a whole workspace, allowed or denied; absent = inherit. */
  readonly features: ReadonlyMap<string, 'allow' | 'deny'>
}

/** Everything decisions depend on, at one policy version. Immutable: a change makes a new directory. */
export interface Directory {
  readonly catalogue: Catalogue
  readonly workers: ReadonlyMap<string, Worker>
  readonly groups: ReadonlyMap<string, Group>
  /** Worker ids by the id of the worker they report to, inactive ones too. */
  readonly reportsByManager: ReadonlyMap<string, readonly string[]>
  /** Group ids by parent id. */
  readonly childrenByGroup: ReadonlyMap<string, readonly string[]>
  /** Worker ids by group id, every stored membership, live or not. */
  readonly membersByGroup: ReadonlyMap<string, readonly string[]>
  /** The sequence number of the last change to anything in here. */
  readonly policyVersion: number
}

export type ScopeKey =
  | `rep:${string}`
  | `a:${string}`
  | `account:${string}`
  | `owner:${string}`
  | `${Kind}:${string}`

export type Scope =
  | { readonly everything: true }
  /** `because` names, for each key, how the worker comes by it (own code, a report's code, mapped, a_id). */
  | { readonly everything: false; readonly keys: ReadonlyMap<ScopeKey, ScopeCause> }

export type ScopeCause =
  | { readonly type: 'own-rep-code'; readonly code: string }
  | {
      readonly type: 'team-rep-code'
      readonly code: string
      readonly workerId: string
      readonly workerName: string
    }
  | { readonly type: 'a-id'; readonly aId: string }
  | { readonly type: 'mapped' }

export interface Restrictions {
  /** null: not restricted. An empty array: nothing passes. */
  readonly campaigns: readonly string[] | null
  readonly geographies: readonly string[] | null
  readonly partners: readonly string[] | null
}

/** One effective right, allowed or denied, with the rules behind it. */
export type Right = Decision

/**
 * A worker compiled, for one stretch of time in which nothing changes by the clock alone.
 * `compile` makes it; `principalAt` picks from a timeline.
 */
export interface Principal {
  readonly workerId: string
  readonly name: string
  readonly username: string
  /** Active and within its validity; when false every right is denied and the scope is empty. */
  readonly live: boolean
  /** An unreduced, unrestricted, live member of the Administrative group. */
  readonly fullAdministrator: boolean
  readonly userType: UserType | null
  /** Every feature of the catalogue is a key. */
  readonly rights: ReadonlyMap<FeatureId, Right>
  readonly scope: Scope
  readonly restrictions: Restrictions
  /** Filters the results of a search and nothing else (S11). Empty: not filtered. */
  readonly searchFilter: readonly string[]
  /** False: Check for Match opens what it finds (S12). No decision but a match's looks at it. */
  readonly enforceMatchSecurity: boolean
  readonly repCodes: readonly string[]
  /** The groups of every stored membership and all their ancestors: the ones this worker may read (DESIGN 3). */
  readonly readableGroups: readonly string[]
  /** This principal holds from (inclusive) until (exclusive); null is for ever. */
  readonly from: Instant | null
  readonly until: Instant | null
  readonly policyVersion: number
}

export type Action = 'view' | 'create' | 'edit' | 'export' | 'import'

/**
 * What an action is on. `row` is null where nothing is known to exist. Dependants bring the row of their account,
 * which their keys and restrictions come from.
 */
export interface Target {
  readonly kind: Kind
  readonly id: string
  readonly row: Row | null
  readonly account?: Row | null
}

export type Outcome = 'allowed' | 'denied'

export interface Decision {
  readonly outcome: Outcome
  /** At least one. For a denial: the deciding rules, most specific first. */
  readonly reasons: readonly Reason[]
}

/** Stable, kebab-case. A sentence for each stands in `explain`. */
export type ReasonCode =
  // why allowed
  | 'base-feature'
  | 'direct-right'
  | 'allowed-by-group'
  | 'implied-by'
  | 'administrator'
  | 'in-scope'
  | 'scope-everything'
  | 'own-record'
  | 'everyone'
  // allowed, and yet
  | 'hidden-from-search'
  // Check for Match, apart from every other decision
  | 'through-match'
  | 'match-enforced'
  // why denied: rights
  | 'worker-inactive'
  | 'worker-not-valid'
  | 'not-held'
  | 'membership-over'
  | 'membership-not-begun'
  | 'group-disabled'
  | 'group-above-disabled'
  | 'denied-by-group'
  | 'denied-by-ancestor'
  | 'reduced'
  | 'type-cap'
  // why denied: scope
  | 'not-found-or-out-of-scope'
  | 'out-of-scope'
  | 'none-of-that-name'
  | 'restricted-campaign'
  | 'restricted-geography'
  | 'restricted-partner'
  // why denied: fields and records
  | 'import-owned'
  | 'server-made'
  | 'not-writable'
  | 'unknown-field'
  | 'rep-codes-not-own'
  | 'moves-out-of-scope'
  | 'append-only'
  | 'house-contact'
  // why refused: values
  | 'value-invalid'
  | 'value-required'
  | 'not-unique'
  | 'parent-not-found'
  // why refused: hard rules
  | 'own-access'
  | 'grants-what-author-lacks'
  | 'grows-own-access'
  | 'administrative-group'
  | 'last-administrator'
  | 'cycle'
  | 'type-of-parent'
  | 'denied-above'
  | 'not-over-this-worker'
  // why refused: the order of things
  | 'depends-on-refused'
  | 'session-ended'
  | 'device-wiped'
  | 'password-change-due'
  // why it waits for a person although nobody refused it
  | 'lost-by-restore'

/** Each has its words in `explain`. */
export type DetailKey =
  | 'rep-code'
  | 'team-rep-code'
  | 'a-id'
  | 'mapped-account'
  | 'account'
  | 'owner'
  | 'everything'
  | 'wider-restrictions'
  | 'all-matches'
  | 'reach-rep-codes'
  | 'reach-a-id'
  | 'reach-mapped'
  | 'reach-nothing'

export interface GroupRef {
  readonly id: string
  readonly name: string
}

export interface Reason {
  readonly code: ReasonCode
  /** Rule number in core/SPEC.md. */
  readonly rule: string
  readonly feature?: FeatureId
  /** From the group the worker is in up to the one that decides, in that order. */
  readonly groups?: readonly GroupRef[]
  readonly field?: string
  /** What the reason is about: a rep code, a value, a username, a day. Shown as it stands, or within `detailKey`'s words. */
  readonly detail?: string
  /** The words around `detail`: "rep code 275 of Max Calder". */
  readonly detailKey?: DetailKey
  /** The name of the worker through whom it holds: a report whose rep code widens a scope. */
  readonly by?: string
  /** What the record has where the login reaches something else; only for who may see both. */
  readonly has?: readonly string[]
  /** The feature whose holders may change this; null where nobody may. */
  readonly changedBy?: FeatureId | null
}

/** At the last moment only: everything before it passes the decision on. */
export function isAllowed(decision: Decision): boolean {
  return decision.outcome === 'allowed'
}
