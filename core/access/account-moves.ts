/**
 * How many accounts come into a worker's sight, and leave it, when their access changes, or the accounts do, or both
 * (P28). What did not change is counted by index, by whoever has one; what did is looked at here.
 */
import type { Row } from '../records/kind-spec.ts'
import { decideView } from './decide.ts'
import { readScope } from './read-scope.ts'
import { accountKeys } from './scope.ts'
import { isAllowed, type Principal } from './types.ts'

/** An account that the change makes or changes; `before` is null for a new one. */
export interface MovedAccount {
  readonly before: Row | null
  readonly after: Row
}

export interface AccountMoves {
  readonly gained: number
  readonly lost: number
}

export interface MovedAccounts {
  readonly size: number
  /** Those that this principal may have to do with: by key, so that a rep among thousands looks at few. */
  near(principal: Principal): readonly MovedAccount[]
}

export function movedAccounts(moves: readonly MovedAccount[]): MovedAccounts {
  const byKey = new Map<string, Set<MovedAccount>>()
  for (const move of moves) {
    for (const row of [move.before, move.after]) {
      for (const key of row === null ? [] : accountKeys(row)) {
        const known = byKey.get(key)
        if (known === undefined) byKey.set(key, new Set([move]))
        else known.add(move)
      }
    }
  }
  return {
    size: moves.length,
    near(principal) {
      const scope = readScope(principal, 'account')
      if (scope.type === 'nothing') return []
      if (scope.type === 'everything') return moves
      return [...new Set([...scope.keys].flatMap((key) => [...(byKey.get(key) ?? [])]))]
    },
  }
}

/**
 * `stored` counts what the change of access alone does to the accounts as they are stored. For those that change
 * themselves, what it says of their old rows is taken back and said of their new ones.
 */
export function withMoved(
  stored: AccountMoves,
  before: Principal,
  after: Principal,
  moved: MovedAccounts,
): AccountMoves {
  let { gained, lost } = stored
  for (const move of new Set([...moved.near(before), ...moved.near(after)])) {
    const had = sees(before, move.before)
    const wouldHave = sees(after, move.before)
    const has = sees(after, move.after)
    gained += count(!had && has) - count(!had && wouldHave)
    lost += count(had && !has) - count(had && !wouldHave)
  }
  return { gained, lost }
}

const count = (is: boolean): number => (is ? 1 : 0)

function sees(principal: Principal, row: Row | null): boolean {
  return row !== null && isAllowed(decideView(principal, { kind: 'account', id: row.id, row }))
}
