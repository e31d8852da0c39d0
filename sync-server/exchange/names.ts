/**
 * What records are called in files, and which record a name means; only of records that the reader may see, so that
 * neither an export nor an error of an import says more than the screens do (GATE 34).
 */
import { decide } from '../../core/access/decide.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { columnMaps } from '../../core/exchange/columns/all.ts'
import { keyOf } from '../../core/exchange/export-csv.ts'
import { type ExchangeKind, isExchangeable } from '../../core/exchange/kinds.ts'
import type { NameOf } from '../../core/exchange/write-cell.ts'
import { foldValue } from '../../core/records/fold.ts'
import { recordIdPattern, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Storage } from '../storage/storage.ts'
import { nextTurn } from './in-turns.ts'

/** Whose eyes it is seen with. The operator sees everything. */
export type Reader = Principal | 'operator'

/** Records loaded between two turns. */
const chunk = 1_000

/** By folded name: the records that the reader may see, by key or, where no key is so, by id. */
export type Found = ReadonlyMap<string, readonly Row[]>

/** The records that keys, or ids, name. Of those that the reader may not see it says nothing, not even that they are. */
export async function findByName(
  storage: Storage,
  reader: Reader,
  kind: ExchangeKind,
  names: readonly string[],
): Promise<Found> {
  const map = columnMaps[kind]
  const field = map.columns.find(({ name }) => name === map.key)?.field ?? ''
  const unfolded = new Map(names.map((name) => [foldValue(name), name.trim()]))
  const idsByName = new Map<string, readonly string[]>()
  for (const some of inChunks([...unfolded.keys()])) {
    for (const [name, ids] of await storage.idsByValue(kind, field, some)) idsByName.set(name, ids)
    await nextTurn()
  }
  for (const [folded, name] of unfolded) {
    if (!idsByName.has(folded) && recordIdPattern.test(name)) idsByName.set(folded, [name])
  }
  const rows = await rowsById(storage, kind, [...idsByName.values()].flat())
  const visible = await visibleIds(storage, reader, [...rows.values()])

  const found = new Map<string, readonly Row[]>()
  for (const [folded, ids] of idsByName) {
    const seen = ids.flatMap((id) => rows.get(id) ?? []).filter(({ id }) => visible.has(id))
    if (seen.length > 0) found.set(folded, seen)
  }
  return found
}

/** Names of the records that these rows refer to. */
export async function namesFor(
  storage: Storage,
  reader: Reader,
  kind: ExchangeKind,
  rows: readonly Row[],
): Promise<NameOf> {
  const ids = new Map<ExchangeKind, Set<string>>()
  for (const { field, type } of columnMaps[kind].columns) {
    const of = type.type === 'memberships' ? 'group' : 'kind' in type ? type.kind : null
    if (of === null) continue
    const wanted = ids.get(of) ?? new Set()
    ids.set(of, wanted)
    for (const row of rows) for (const id of idsIn(row[field])) wanted.add(id)
  }
  const names = new Map<string, string>()
  for (const [of, wanted] of ids) {
    const named = await rowsById(storage, of, [...wanted])
    const visible = await visibleIds(storage, reader, [...named.values()])
    for (const row of named.values())
      if (visible.has(row.id)) names.set(recordKey(of, row.id), keyOf(of, row))
  }
  return (of, id) => names.get(recordKey(of, id)) ?? id
}

function* inChunks(all: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < all.length; from += chunk) yield all.slice(from, from + chunk)
}

async function rowsById(
  storage: Storage,
  kind: ExchangeKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>()
  for (const some of inChunks([...new Set(ids)])) {
    const refs = some.map((id) => ({ kind, id }))
    for (const { id, row } of (await storage.load(refs)).values()) rows.set(id, row)
    await nextTurn()
  }
  return rows
}

async function visibleIds(
  storage: Storage,
  reader: Reader,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  if (reader === 'operator') return new Set(rows.map(({ id }) => id))
  const dependants = rows.filter(({ kind }) => kindSpecs[kind].scope === 'account')
  const accounts = await rowsById(
    storage,
    'account',
    dependants.map((row) => String(row.accountId ?? '')),
  )
  const visible = rows.filter((row) => {
    const account =
      kindSpecs[row.kind].scope === 'account' ? { account: accounts.get(String(row.accountId)) ?? null } : {}
    return (
      isExchangeable(row.kind) &&
      isAllowed(decide(reader, 'view', { kind: row.kind, id: row.id, row, ...account }))
    )
  })
  return new Set(visible.map(({ id }) => id))
}

function idsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return []
  return value.map((entry: unknown) => (isMembership(entry) ? entry.id : String(entry)))
}

function isMembership(entry: unknown): entry is { readonly id: string } {
  return typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string'
}
