/**
 * The records that one principal may see, as lists and one by one. HTTP, export and search all read through here.
 *
 * Keys answer by index. Restrictions are re-checked row by row, and only for principals that have any; so is the search
 * filter, and only where words are searched for (S11).
 */
import { decide } from '../../core/access/decide.ts'
import { readScope } from '../../core/access/read-scope.ts'
import { isFiltered, searchFilterOf } from '../../core/access/search-filter.ts'
import { accountOf } from '../../core/access/reach.ts'
import { isAllowed, type Principal, type Target } from '../../core/access/types.ts'
import { LIST_LIMIT_MAX } from '../../core/protocol/limits.ts'
import { type Kind, type Row, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { ListPage, ListQuery, Reach, RecordRef, Storage } from '../storage/storage.ts'

type Question = Pick<ListQuery, 'kind' | 'words' | 'limit' | 'cursor'>

const emptyPage: ListPage = { rows: [], total: 0, cursor: null }

/** What an index may answer for this principal; null when nothing of the kind is theirs. */
export function reachOf(principal: Principal, kind: Kind): Reach | null {
  const scope = readScope(principal, kind)
  if (scope.type === 'nothing') return null
  return scope.type === 'everything' ? scope : { type: 'keys', keys: [...scope.keys] }
}

export async function listVisible(
  storage: Storage,
  principal: Principal,
  question: Question,
): Promise<ListPage> {
  const reach = reachOf(principal, question.kind)
  if (reach === null) return emptyPage
  const filtered = question.words.length > 0 && isFiltered(principal.searchFilter, question.kind)
  if (!filtered && !isRestricted(principal, question.kind)) return storage.list({ ...question, reach })

  const isShown = filtered ? searchFilterOf(principal.searchFilter) : everyAccount
  const visible: Row[] = []
  for await (const rows of visiblePages(storage, principal, { ...question, reach }, isShown))
    visible.push(...rows)
  const from = Number(question.cursor ?? 0) || 0
  const next = from + question.limit
  return {
    rows: visible.slice(from, next),
    total: visible.length,
    cursor: next < visible.length ? String(next) : null,
  }
}

/** Every visible row of a kind, in pages, for an export. */
export async function* allVisible(
  storage: Storage,
  principal: Principal,
  kind: Kind,
): AsyncGenerator<readonly Row[]> {
  const reach = reachOf(principal, kind)
  if (reach === null) return
  yield* visiblePages(storage, principal, { kind, reach, words: [] })
}

/** The target with its account, or null for what the principal may not see: alike for what does not exist (S9). */
export async function visibleTarget(
  storage: Storage,
  principal: Principal,
  ref: RecordRef,
): Promise<Target | null> {
  const target = await loadTarget(storage, ref)
  return target.row !== null && isAllowed(decide(principal, 'view', target)) ? target : null
}

/** The record as decisions read it. Loads the account of a dependant, too. */
export async function loadTarget(storage: Storage, ref: RecordRef): Promise<Target> {
  const row = (await storage.load([ref])).get(recordKey(ref.kind, ref.id))?.row ?? null
  if (kindSpecs[ref.kind].scope !== 'account') return { ...ref, row }
  const [account] = await accountsOf(storage, row === null ? [] : [row])
  return { ...ref, row, account: account ?? null }
}

/** Many at once, in two questions. Of a dependant that is not there, the account is the one that it is to hang on. */
export async function loadTargets(
  storage: Storage,
  refs: readonly (RecordRef & { readonly accountId: string | null })[],
): Promise<readonly Target[]> {
  const loaded = await storage.load(refs)
  const rows = refs.map(({ kind, id }) => loaded.get(recordKey(kind, id))?.row ?? null)
  const accounts = await accountsOf(
    storage,
    refs.map(({ accountId }, index) => rows[index] ?? { accountId }),
  )
  return refs.map(({ kind, id }, index) => ({
    kind,
    id,
    row: rows[index] ?? null,
    ...(kindSpecs[kind].scope === 'account' && { account: accounts[index] ?? null }),
  }))
}

async function* visiblePages(
  storage: Storage,
  principal: Principal,
  query: Omit<ListQuery, 'limit' | 'cursor'>,
  isShown: (account: Row | null) => boolean = everyAccount,
): AsyncGenerator<readonly Row[]> {
  const dependant = kindSpecs[query.kind].scope === 'account'
  let cursor: string | null = null
  do {
    const page: ListPage = await storage.list({ ...query, limit: LIST_LIMIT_MAX, cursor })
    const accounts = dependant ? await accountsOf(storage, page.rows) : []
    yield page.rows.filter((row, index) => {
      const account = dependant ? { account: accounts[index] ?? null } : {}
      const target = { kind: query.kind, id: row.id, row, ...account }
      return isAllowed(decide(principal, 'view', target)) && isShown(accountOf(target))
    })
    cursor = page.cursor
  } while (cursor !== null)
}

const everyAccount = (): boolean => true

async function accountsOf(
  storage: Storage,
  rows: readonly (Row | Readonly<Record<'accountId', unknown>>)[],
): Promise<(Row | null)[]> {
  const refs = rows.map((row) => ({ kind: 'account' as const, id: String(row.accountId ?? '') }))
  const loaded = await storage.load(refs)
  return refs.map((ref) => loaded.get(recordKey(ref.kind, ref.id))?.row ?? null)
}

/** Whether records of the kind are hidden one by one, whatever their keys say. */
export function isRestricted({ restrictions }: Principal, kind: Kind): boolean {
  if (kindSpecs[kind].read.type !== 'scoped') return false
  return Object.values(restrictions).some((restriction) => restriction !== null)
}
