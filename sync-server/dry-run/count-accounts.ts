/**
 * How many accounts come and go in each worker's sight by a change that is not made yet.
 *
 * By index where nobody is restricted: three counts for each pair of scopes, however many accounts there are. Else
 * account by account, of those that the asker sees.
 */
import { type AccountMoves, movedAccounts, withMoved } from '../../core/access/account-moves.ts'
import { decideView } from '../../core/access/decide.ts'
import type { Effect } from '../../core/access/dry-run.ts'
import { compile } from '../../core/access/principal.ts'
import { isRestricted } from '../../core/access/restrictions.ts'
import { type Directory, type Instant, isAllowed, type Principal } from '../../core/access/types.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import type { CommittedBatch } from '../gate/types.ts'
import { allVisible, reachOf } from '../http/visible-records.ts'
import type { Reach, Storage } from '../storage/storage.ts'
import type { Asker } from './dry-run.ts'

export type WorkerAccounts = ReadonlyMap<string, AccountMoves>

export interface CountQuestion {
  readonly before: Directory
  readonly after: Directory
  readonly effects: readonly Effect[]
  readonly batch: CommittedBatch
  readonly asker: Asker
  readonly at: Instant
}

export async function countAccounts(
  storage: Storage,
  { before, after, effects, batch, asker, at }: CountQuestion,
): Promise<WorkerAccounts> {
  const moved = movedAccounts(
    batch.changes
      .filter(({ record }) => record.kind === 'account')
      .map(({ rowBefore, row }) => ({ before: rowBefore, after: row }))
      .filter((move) => isSeen(asker, move.before) || isSeen(asker, move.after)),
  )
  const changed = effects.filter(({ seesOthers }) => seesOthers).map(({ workerId }) => workerId)
  // Accounts that change may come and go for everybody.
  const concerned = moved.size > 0 ? new Set([...changed, ...after.workers.keys()]) : changed
  const count = createCounter(storage, asker)
  const result = new Map<string, AccountMoves>()
  for (const id of concerned) {
    const [old, next] = [compile(before, id, at), compile(after, id, at)]
    const stored = changed.includes(id) ? await count(old, next) : { gained: 0, lost: 0 }
    result.set(id, moved.size > 0 ? withMoved(stored, old, next, moved) : stored)
  }
  return result
}

function isSeen(asker: Asker, row: Row | null): boolean {
  if (row === null) return false
  return asker === 'operator' || isAllowed(decideView(asker, { kind: 'account', id: row.id, row }))
}

type Counter = (before: Principal, after: Principal) => Promise<AccountMoves>

/** Many workers share a pair of scopes: each is counted once. */
function createCounter(storage: Storage, asker: Asker): Counter {
  const known = new Map<string, Promise<AccountMoves>>()
  const seesAll = asker === 'operator' || (isUnlimited(asker) && asker.scope.everything)
  let rows: Promise<readonly Row[]> | null = null
  return (before, after) => {
    const pair = JSON.stringify([before, after].map((one) => [reachOf(one, 'account'), one.restrictions]))
    let counted = known.get(pair)
    if (counted === undefined) {
      const byIndex = seesAll && isUnlimited(before) && isUnlimited(after)
      if (!byIndex) rows ??= seenRows(storage, asker)
      counted = byIndex ? countByIndex(storage, before, after) : countRows(rows, before, after)
      known.set(pair, counted)
    }
    return counted
  }
}

const isUnlimited = ({ restrictions }: Principal): boolean => !isRestricted(restrictions)

async function countByIndex(storage: Storage, before: Principal, after: Principal): Promise<AccountMoves> {
  const [old, next] = [reachOf(before, 'account'), reachOf(after, 'account')]
  const count = async (reach: Reach | null) => (reach === null ? 0 : storage.count('account', reach))
  const [had, has, either] = await Promise.all([count(old), count(next), count(union(old, next))])
  return { gained: either - had, lost: either - has }
}

function union(one: Reach | null, other: Reach | null): Reach | null {
  if (one === null || other === null) return one ?? other
  if (one.type === 'everything' || other.type === 'everything') return { type: 'everything' }
  return { type: 'keys', keys: [...new Set([...one.keys, ...other.keys])] }
}

async function countRows(
  rows: Promise<readonly Row[]> | null,
  before: Principal,
  after: Principal,
): Promise<AccountMoves> {
  let [gained, lost] = [0, 0]
  for (const row of (await rows) ?? []) {
    const target = { kind: 'account', id: row.id, row } as const
    const had = isAllowed(decideView(before, target))
    const has = isAllowed(decideView(after, target))
    if (has && !had) gained++
    if (had && !has) lost++
  }
  return { gained, lost }
}

async function seenRows(storage: Storage, asker: Asker): Promise<readonly Row[]> {
  if (asker === 'operator') return storage.allRows('account')
  const rows: Row[] = []
  for await (const page of allVisible(storage, asker, 'account')) rows.push(...page)
  return rows
}
