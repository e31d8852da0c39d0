/**
 * What one kind of record declares, in one place that client, server, CSV, forms and dry run all read:
 * its fields with type, limits and label, the feature each write needs, where its scope comes from.
 */
import type { ShippedFeatureId } from '../catalogue/features.ts'

export const kinds = [
  'worker',
  'group',
  'account',
  'contact',
  'address',
  'settings',
  'desk',
  'colleague',
  'label-set',
  'board',
  'campaign',
] as const
export type Kind = (typeof kinds)[number]

/** Ids match this, whoever makes them (DESIGN 3). */
export const recordIdPattern = /^[A-Za-z0-9._-]{1,64}$/

/** Scalars, or flat JSON objects replaced whole. */
export type Scalar = string | number | boolean | null
export type FieldValue = Scalar | { readonly [key: string]: Scalar }

export type FieldType =
  /** One line of any Unicode; `max` counts UTF-16 code units. */
  | { readonly type: 'string'; readonly max: number }
  | { readonly type: 'email'; readonly max: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly integer?: true }
  | {
      readonly type: 'enum'
      readonly values: readonly string[]
      readonly labels?: Readonly<Record<string, string>>
    }
  /** UTC, as `Date.prototype.toISOString` writes it. */
  | { readonly type: 'instant' }
  | { readonly type: 'reference'; readonly kind: Kind }
  /** Stored as keys `<field>/<entry>: true`; read back as a sorted array of strings. */
  | { readonly type: 'set'; readonly entry: SetEntry; readonly max: number }
  /** Stored as keys `<field>/<entry>: <value>`; read back as an object, or for `groups` a sorted array. */
  | { readonly type: 'map'; readonly entry: SetEntry; readonly value: MapValue; readonly max: number }
  /** A Y.Text of its own, named `text:<field>`. */
  | { readonly type: 'text'; readonly max: number }

export type SetEntry =
  | { readonly type: 'string'; readonly max: number }
  | { readonly type: 'feature' }
  | { readonly type: 'reference'; readonly kind: Kind }
  /** `<field>=<value>` over an account's attributes (criterion.ts). */
  | { readonly type: 'criterion'; readonly max: number }

export type MapValue =
  /** `{from, until}`, each an instant or null. */
  | { readonly type: 'validity' }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  /** `{label, workspace}`. */
  | { readonly type: 'custom-right' }
  /** One line, not blank. */
  | { readonly type: 'line'; readonly max: number }
  /** `{title, body, at}` of a bulletin board (U-08). */
  | { readonly type: 'notice'; readonly titleMax: number; readonly bodyMax: number }
  | { readonly type: 'json' }

export type MatchKeyType = 'name' | 'email' | 'phone'

export interface FieldSpec {
  readonly label: string
  readonly type: FieldType
  /** Must not be null or blank in any committed row. */
  readonly required?: true
  /** Writing it needs this feature, instead of the one that the kind's other fields need. */
  readonly feature?: ShippedFeatureId
  /** Written at creation when the author says nothing. */
  readonly default?: Scalar
  /** Written by imports and full administrators only (R-28, P24). */
  readonly importOwned?: true
  /** Made by the server, never by devices (P22). */
  readonly serverMade?: true
  /** Decides what someone may see or do: nobody writes their own, and the growth rules apply (P14, P15). */
  readonly guarded?: true
  /** Feeds the scope keys or the restrictions of this record or what hangs on it (DESIGN 4, GATE 7). */
  readonly feedsScope?: true
  /** Unique over all records of the kind, compared after NFC and case folding. */
  readonly unique?: true
  /** Looked up by its value (imports match rows by it); every `unique` field is, too. */
  readonly indexed?: true
  /** Check for Match finds the record by this field's match key (core/match/match-keys.ts). */
  readonly matchedAs?: MatchKeyType
  /** Its words are found by search. */
  readonly searched?: true
}

/** Where the keys that put a record in a scope come from. */
export type ScopeSource =
  /** Its own fields (`scopeKeys`). */
  | 'own'
  /** Its account's, through `accountId`. */
  | 'account'
  /** Itself only: `<kind>:<id>`. */
  | 'self'

export type ReadRule =
  /** Holders of the feature, for records in their scope. */
  | { readonly type: 'scoped'; readonly feature: ShippedFeatureId }
  /** Holders of the feature see all; others see the records that are theirs (`readKeys`). */
  | { readonly type: 'feature-or-own'; readonly feature: ShippedFeatureId }
  /** Only whose it is. */
  | { readonly type: 'own' }
  /** Every active worker. */
  | { readonly type: 'everyone' }

export type WriteRule =
  | { readonly type: 'feature'; readonly create: ShippedFeatureId; readonly edit: ShippedFeatureId }
  | { readonly type: 'own' }
  /** Derived by the server; nobody writes it. */
  | { readonly type: 'nobody' }

export interface KindSpec {
  readonly kind: Kind
  readonly label: string
  readonly plural: string
  readonly fields: Readonly<Record<string, FieldSpec>>
  readonly read: ReadRule
  readonly write: WriteRule
  readonly scope: ScopeSource
  /** The record's name on screen and in sentences. */
  readonly title: (row: Row) => string
}

/**
 * A record read back as flat JSON: every declared field present, null where unset; sets are sorted arrays,
 * empty where unset (DESIGN 8). `seq` is the number of the commit that last changed it, 0 before any.
 */
export interface Row {
  readonly id: string
  readonly kind: Kind
  readonly seq: number
  readonly [field: string]: unknown
}

/** `kind/id`. */
export type RecordKey = `${Kind}/${string}`

export function recordKey(kind: Kind, id: string): RecordKey {
  return `${kind}/${id}`
}
