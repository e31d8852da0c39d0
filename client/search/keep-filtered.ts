/**
 * What of the records found passes the worker's search filter (U-12, S11), as the server's lists do it. Hides from
 * results only: everything stays on the device and opens by its address.
 */
import { isFiltered, type SearchFilter, searchFilterOf } from '../../core/access/search-filter.ts'
import { type Kind, type RecordKey, recordKey, type Row } from '../../core/records/kind-spec.ts'
import type { Replica } from '../replica/database.ts'

/** Records read at a time. */
const PAGE = 500

/** The first `max` keys that pass, in their order. Reads no more rows than it needs. */
export async function keepFiltered(
  db: Replica,
  kind: Kind,
  keys: readonly RecordKey[],
  filter: SearchFilter,
  max: number,
): Promise<readonly RecordKey[]> {
  if (!isFiltered(filter, kind)) return keys.slice(0, max)
  const passes = searchFilterOf(filter)
  const kept: RecordKey[] = []
  for (let from = 0; from < keys.length && kept.length < max; from += PAGE) {
    const page = keys.slice(from, from + PAGE)
    const accounts = await accountsOf(db, page)
    kept.push(...page.filter((_, at) => passes(accounts[at] ?? null)))
  }
  return kept.slice(0, max)
}

/** The account of each record, itself for an account (S5). */
async function accountsOf(db: Replica, keys: readonly RecordKey[]): Promise<readonly (Row | undefined)[]> {
  const rows = (await db.records.bulkGet([...keys])).map((record) => record?.row)
  if (rows.every((row) => row === undefined || row.kind === 'account')) return rows
  const accountKeys = rows.map((row) => recordKey('account', String(row?.accountId ?? '')))
  return (await db.records.bulkGet(accountKeys)).map((record) => record?.row)
}
