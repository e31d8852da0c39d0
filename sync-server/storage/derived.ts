/**
 * What every adapter keeps beside a row so that an index can answer: its place in lists, its words, its values.
 *
 * Derived here and nowhere else, so that all adapters list, find and match the same records. A change of these rules
 * needs a migration in each adapter.
 */
import { matchKey } from '../../core/match/match-keys.ts'
import { foldValue, foldWords } from '../../core/records/fold.ts'
import type { Kind, KindSpec, Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { searchWords, sortTitle } from '../../core/records/search-words.ts'

export interface DerivedRow {
  /** Lists are in this order. */
  readonly sort: string
  /** The words of its title, joined by one blank: what a query is compared with to put the best first. */
  readonly title: string
  /** Every word it is found by, each with a blank before it: `' ' + prefix` occurs where a word begins with it. */
  readonly words: string
  /** Folded values of its unique and indexed fields, and match keys; blank ones are left out. */
  readonly values: readonly { readonly field: string; readonly value: string }[]
}

export function deriveRow(kind: Kind, row: Row): DerivedRow {
  const spec = kindSpecs[kind]
  return {
    sort: sortTitle(spec, row),
    title: foldWords(spec.title(row)).join(' '),
    words: searchWords(spec, row)
      .map((word) => ` ${word}`)
      .join(''),
    values: indexedValues(kind, row),
  }
}

export function indexedValues(kind: Kind, row: Row): DerivedRow['values'] {
  return indexedFields(kindSpecs[kind]).flatMap((field) => {
    const folded = foldIndexed(kind, field, row[field])
    return folded === '' ? [] : [{ field, value: folded }]
  })
}

/** As values of this field are compared: for Check for Match by its key, else folded. Empty for none. */
export function foldIndexed(kind: Kind, field: string, value: unknown): string {
  const matchedAs = kindSpecs[kind].fields[field]?.matchedAs
  if (matchedAs !== undefined) return matchKey(matchedAs, value)
  return typeof value === 'string' ? foldValue(value) : ''
}

const fieldsByKind = new Map<Kind, readonly string[]>()

function indexedFields(spec: KindSpec): readonly string[] {
  const known = fieldsByKind.get(spec.kind)
  if (known !== undefined) return known
  const fields = Object.entries(spec.fields).flatMap(([name, field]) =>
    field.unique || field.indexed || field.matchedAs ? [name] : [],
  )
  fieldsByKind.set(spec.kind, fields)
  return fields
}

/**
 * How well a row answers a query, best first: 0 when its title begins with the query, 1 when every word of the query
 * begins a word of the title, 2 for the rest.
 */
export const matchRanks = { titleStart: 0, titleWords: 1, other: 2 } as const
