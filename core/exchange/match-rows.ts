/**
 * Which record each row of a file is about: the one with its key, or with the key as its id (a record made in the
 * portal has no key of its own and goes out under its id).
 *
 * Several addresses may share an `address_id`. Then account and label decide, as far as they tell them apart; an
 * address that is alone under its id is matched by it whatever else the row says, so that both can be changed.
 */
import type { Row } from '../records/kind-spec.ts'
import type { ImportFault, ParsedFile, ParsedRow } from './parse-csv.ts'

export interface Matched {
  /** Rows that are not in it make new records. */
  readonly existing: ReadonlyMap<ParsedRow, Row>
  readonly errors: readonly ImportFault[]
}

/** `accountIdOf` resolves an `a_id`; null for an unknown one. */
export function matchRows(
  file: ParsedFile,
  candidates: ReadonlyMap<string, readonly Row[]>,
  accountIdOf: (name: string) => string | null,
): Matched {
  if (file.kind === 'address') return matchAddresses(file, candidates, accountIdOf)
  const existing = new Map<ParsedRow, Row>()
  for (const row of file.rows) {
    const [found] = candidates.get(row.foldedKey) ?? []
    if (found !== undefined) existing.set(row, found)
  }
  return { existing, errors: [] }
}

interface Place {
  readonly row: ParsedRow
  readonly accountId: string | null
  readonly label: string | null
}

/** From the strictest likeness to the loosest; each takes only pairs that are the only ones alike. */
const likenesses: readonly ((place: Place, address: Row) => boolean)[] = [
  (place, address) => place.accountId === address.accountId && place.label === (address.label ?? ''),
  (place, address) => place.accountId === address.accountId,
  (place, address) => place.label === (address.label ?? ''),
  () => true,
]

function matchAddresses(
  file: ParsedFile,
  candidates: ReadonlyMap<string, readonly Row[]>,
  accountIdOf: (name: string) => string | null,
): Matched {
  const existing = new Map<ParsedRow, Row>()
  const errors: ImportFault[] = []
  for (const [key, rows] of Map.groupBy(file.rows, ({ foldedKey }) => foldedKey)) {
    let places = rows.map((row): Place => {
      const account = cellOf(row, 'a_id')
      return {
        row,
        accountId: account === null ? null : accountIdOf(account.trim()),
        label: cellOf(row, 'label'),
      }
    })
    errors.push(...repeated(places))
    let addresses = candidates.get(key) ?? []
    for (const alike of likenesses) {
      const pairs = places.flatMap((place) => {
        const [address, ...more] = addresses.filter((one) => alike(place, one))
        const rivals = address === undefined ? [] : places.filter((other) => alike(other, address))
        return address !== undefined && more.length === 0 && rivals.length === 1 ? [{ place, address }] : []
      })
      for (const { place, address } of pairs) existing.set(place.row, address)
      places = places.filter((place) => !existing.has(place.row))
      addresses = addresses.filter((one) => !pairs.some(({ address }) => address === one))
    }
  }
  return { existing, errors }
}

function repeated(places: readonly Place[]): readonly ImportFault[] {
  return places.flatMap((place, index) => {
    const first = places
      .slice(0, index)
      .find((other) => other.accountId === place.accountId && other.label === place.label)
    if (first === undefined) return []
    const message = `The address ${place.row.key} of this account, with this label, is in row ${first.row.row} already.`
    return [{ row: place.row.row, column: 'address_id', message }]
  })
}

function cellOf(row: ParsedRow, name: string): string | null {
  return row.cells.find(({ column }) => column.name === name)?.text ?? null
}
