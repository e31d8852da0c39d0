/**
 * Which records a list shows, as primary keys in the order of their titles: read from indexes alone, so that 77,000
 * records cost a list no more than its keys.
 */
import Dexie from 'dexie'
import type { Kind, RecordKey } from '../../core/records/kind-spec.ts'
import type { Replica } from '../replica/database.ts'

export interface ListFilter {
  readonly kind: Kind
  /** Each group of terms (`term`, `valueTerm`) is an alternative; all groups must be met. */
  readonly terms?: readonly (readonly string[])[]
}

/** All keys of the kind that meet the filter, by title. */
export async function listKeys(db: Replica, { kind, terms = [] }: ListFilter): Promise<RecordKey[]> {
  const [all, ...sets] = await Promise.all([
    ofKind(db, kind).primaryKeys(),
    ...terms.map(
      async (group) =>
        new Set(
          await db.records
            .where('terms')
            .anyOf([...group])
            .primaryKeys(),
        ),
    ),
  ])
  return sets.length === 0 ? all : all.filter((key) => sets.every((set) => set.has(key)))
}

export async function countRecords(db: Replica, kind: Kind): Promise<number> {
  return await ofKind(db, kind).count()
}

/** Records that meet one term: the contacts of an account, the members of a group. By title. */
export async function recordsOfTerm(db: Replica, term: string) {
  return await db.records.where('terms').equals(term).sortBy('sort')
}

export interface FacetValue {
  /** What follows the prefix: `275` of `account|rep:275`. */
  readonly value: string
  readonly term: string
  readonly count: number
}

/** The values that a kind can be filtered by, with how many records have each: `account|rep:`, `account|territory=`. */
export async function facetValues(db: Replica, prefix: string): Promise<readonly FacetValue[]> {
  const counts = new Map<string, number>()
  for (const term of await db.records.where('terms').startsWith(prefix).keys()) {
    counts.set(String(term), (counts.get(String(term)) ?? 0) + 1)
  }
  return [...counts].map(([term, count]) => ({ value: term.slice(prefix.length), term, count }))
}

function ofKind(db: Replica, kind: Kind) {
  return db.records.where('[kind+sort]').between([kind, Dexie.minKey], [kind, Dexie.maxKey])
}
