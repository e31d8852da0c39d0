/** Which workers the list shows: search and filters together (W-24, B10). It reads rows and compiles nothing. */
import { accountKeys, normalRepCode } from '../../../../core/access/scope.ts'
import type { Directory } from '../../../../core/access/types.ts'
import { foldText, foldWords } from '../../../../core/records/fold.ts'
import { type RecordKey, recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import type { SyncMark } from '../../crm/SyncTag.tsx'
import { withDescendants } from '../groups/group-tree.ts'
import { beginAll, fitsActive, nameWords } from './filter-workers.ts'
import { membershipsOf, stringsOf } from './worker-words.ts'
import { nothingChosen, type ValidityFilter, type WorkerFilters } from './worker-filters.ts'

export interface FindContext {
  readonly directory: Directory
  readonly markOf: (key: RecordKey) => SyncMark
  /** The folded words of an account's name, where it is on this device. */
  readonly accountWords: (id: string) => readonly string[]
  /** The account that is filtered by; null where it is not on this device, or none is. */
  readonly account: Row | null
  readonly now: number
}

/** An end in fewer days is soon. */
const SOON_MS = 30 * 24 * 60 * 60 * 1000

/** In the order they come in. Words are looked for in names, rep codes, A_ID and names of mapped accounts. */
export function findWorkers(
  rows: readonly Row[],
  query: string,
  filters: WorkerFilters,
  context: FindContext,
): readonly Row[] {
  const typed = foldWords(query)
  const groups = new Set(filters.groups.flatMap((id) => [...withDescendants(context.directory, id)]))
  const fits = (row: Row) =>
    fitsActive(row, filters.active) &&
    (typed.length === 0 || beginAll(typed, wordsOf(row, context))) &&
    (filters.groups.length === 0 || membershipsOf(row).some(({ id }) => groups.has(id))) &&
    isOneOf(filters.userTypes, row.userType) &&
    isOneOf(filters.accountFilters, row.accountsQueryType) &&
    (filters.repCodes.length === 0 ||
      stringsOf(row.repCodes).some((code) => filters.repCodes.includes(code))) &&
    (filters.validity === null || fitsValidity(row, filters.validity, context.now)) &&
    (filters.edits.length === 0 || isOneOf(filters.edits, context.markOf(recordKey('worker', row.id)))) &&
    (filters.account === null || (context.account !== null && looksAfter(row, context.account)))
  return rows.filter(fits)
}

/** Folds what a search compares, so that the first letter waits for nothing. */
export function foldAhead(rows: readonly Row[]): void {
  for (const row of rows) {
    nameWords(row)
    codeWords(row)
  }
}

/** By rep code, A_ID or mapping, whichever the worker's filter goes by. Who sees all accounts looks after none of them. */
export function looksAfter(worker: Row, account: Row): boolean {
  const keys = new Set(accountKeys(account))
  switch (worker.accountsQueryType) {
    case 'rep':
      return stringsOf(worker.repCodes).some((code) => keys.has(`rep:${normalRepCode(code)}`))
    case 'my-acct':
      return typeof worker.aId === 'string' && keys.has(`a:${worker.aId.trim()}`)
    case 'mapped':
      return stringsOf(worker.mappedAccounts).some((id) => keys.has(`account:${id}`))
    default:
      return false
  }
}

function wordsOf(row: Row, { accountWords }: FindContext): readonly (readonly string[])[] {
  return [nameWords(row), codeWords(row), ...stringsOf(row.mappedAccounts).map(accountWords)]
}

const codesByRow = new WeakMap<Row, readonly string[]>()

/** Rep codes and A_ID, each as a whole and by its words. */
function codeWords(row: Row): readonly string[] {
  const known = codesByRow.get(row)
  if (known !== undefined) return known
  const codes = [...stringsOf(row.repCodes), String(row.aId ?? '')].filter((code) => code !== '')
  const words = codes.flatMap((code) => [foldText(code), ...foldWords(code)])
  codesByRow.set(row, words)
  return words
}

function isOneOf(chosen: readonly string[], value: unknown): boolean {
  return chosen.length === 0 || chosen.includes(typeof value === 'string' ? value : nothingChosen)
}

function fitsValidity(row: Row, filter: ValidityFilter, now: number): boolean {
  const until = typeof row.validUntil === 'string' ? Date.parse(row.validUntil) : null
  switch (filter) {
    case 'ends-soon':
      return until !== null && until > now && until <= now + SOON_MS
    case 'ended':
      return until !== null && until <= now
    case 'not-begun':
      return typeof row.validFrom === 'string' && Date.parse(row.validFrom) > now
  }
}
