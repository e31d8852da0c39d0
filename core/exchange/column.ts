/** How one column of a CSV file stands for one field of a record. Each kind declares its columns in columns/. */
import type { FeatureSpec } from '../catalogue/features.ts'
import type { ExchangeKind } from './kinds.ts'

export type CellType =
  /** As it stands, blanks and all. */
  | { readonly type: 'text' }
  /** Without blanks around it, NFC: what is matched or compared. */
  | { readonly type: 'id' }
  /** `1` or `0`; read in more spellings. */
  | { readonly type: 'switch' }
  | { readonly type: 'number' }
  /** UTC, as `Date.prototype.toISOString` writes it; a bare date is read as its first moment. */
  | { readonly type: 'instant' }
  /** One of the field's values; read by its label too, and in any spelling (`foldChoice`). */
  | { readonly type: 'choice' }
  /** Entries of a set, separated by semicolons; with `commas`, by commas where there is no semicolon. */
  | { readonly type: 'list'; readonly commas?: true }
  /** Features of a set, those of one part of the catalogue: the other part has a column of its own. */
  | { readonly type: 'features'; readonly part: FeaturePart }
  /** States of a group's features: `<feature>=allow` or `=deny`. */
  | { readonly type: 'states' }
  /** Codes of groups, each with `@<from>..<until>` where it does not hold for ever. */
  | { readonly type: 'memberships' }
  /** Another record, by its key column; by its id where it has none or hides it. */
  | { readonly type: 'reference'; readonly kind: ExchangeKind }
  | { readonly type: 'references'; readonly kind: ExchangeKind }
  /** What a row of a file of memberships does: `set`, or `remove`. */
  | { readonly type: 'mode' }

export interface FeaturePart {
  readonly holds: (feature: FeatureSpec) => boolean
  /** Which column the others belong to, as the rest of a sentence. */
  readonly otherwise: string
  /** Ids that are written first, in this order; the others follow, sorted. */
  readonly order: readonly string[]
}

export interface Column {
  readonly name: string
  /** A field of the kind. Several columns may be parts of one. */
  readonly field: string
  readonly type: CellType
  /** For people, where the field's own would be another column's too. */
  readonly label?: string
}

export interface ColumnMap {
  readonly kind: ExchangeKind
  /** The column that rows are matched on. Its field is written when a record is made, never afterwards. */
  readonly key: string
  /** In the order of an export. */
  readonly columns: readonly Column[]
  /** Several rows may have one key: what tells them apart is compared where they are matched. */
  readonly repeats?: true
  /** Columns that no export has, for what is no field: a password, and whether it is to be set (R-h). */
  readonly login?: { readonly password: string; readonly change: string }
  /** Columns that the file may bring although nothing here is for them, with what to do instead. */
  readonly homeless?: Readonly<Record<string, string>>
}

/** Labels, ids and spellings of a choice compared: lower case, nothing but letters and digits. */
export function foldChoice(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
