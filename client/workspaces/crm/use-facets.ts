/** What lists of accounts can be filtered by on this device: rep codes and territories, with how many have each. */
import { type Accessor, createMemo } from 'solid-js'
import { formatNumber } from '../../app/format.ts'
import { useLiveQuery } from '../../app/context.tsx'
import type { FilterOption } from '../../components/FilterMenu.tsx'
import { facetValues } from '../../reactive/list-keys.ts'
import type { Replica } from '../../replica/database.ts'
import { term } from '../../replica/terms.ts'

export interface Facets {
  /** The option's value is the term to filter by. */
  readonly repCodes: Accessor<readonly FilterOption[]>
  readonly territories: Accessor<readonly FilterOption[]>
}

/** Counted when `ready`: during a first sync every page would count again. */
export function useFacets(ready: Accessor<boolean>): Facets {
  const repCodes = useLiveQuery((db) => (ready() ? () => facetValues(db, term('account', 'rep:')) : null))
  const territories = useLiveQuery((db) => (ready() ? () => readTerritories(db) : null))
  return {
    repCodes: createMemo(() =>
      (repCodes() ?? [])
        .map(({ value, term: filter, count }) => ({
          value: filter,
          label: value,
          count: formatNumber(count),
        }))
        .sort(byLabel),
    ),
    territories: createMemo(() => territories() ?? []),
  }
}

/** Terms are folded for comparing; the words on screen are those of a record that has them. */
async function readTerritories(db: Replica): Promise<readonly FilterOption[]> {
  const facets = await facetValues(db, term('account', 'territory='))
  const options = await Promise.all(
    facets.map(async ({ value, term: filter, count }) => {
      const record = await db.records.where('terms').equals(filter).first()
      const label = typeof record?.row.territory === 'string' ? record.row.territory : value
      return { value: filter, label, count: formatNumber(count) }
    }),
  )
  return options.sort(byLabel)
}

function byLabel(a: FilterOption, b: FilterOption): number {
  return a.label.localeCompare(b.label, undefined, { numeric: true })
}
