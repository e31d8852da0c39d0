/** P19: nothing stands above itself: no cycle in groups, managers or accounts. */
import type { Reason } from '../types.ts'
import { changedIds, type HardRule } from './change.ts'

export const noCycle: HardRule = (change) => {
  const { workers, groups } = change.after
  for (const id of changedIds(change, 'group')) {
    if (isBelowItself(id, (group) => groups.get(group)?.parentId ?? null)) return refusal('parentId', id)
  }
  for (const id of changedIds(change, 'worker')) {
    if (isBelowItself(id, (worker) => workers.get(worker)?.managerId ?? null)) return refusal('managerId', id)
  }
  return null
}

/**
 * The same for an account that would get this parent. `parentOf` answers with the parent of an account that exists,
 * as it is without the change; null for none.
 */
export function checkAccountParent(
  accountId: string,
  parentId: string | null,
  parentOf: (accountId: string) => string | null,
): Reason | null {
  const next = (id: string): string | null => (id === accountId ? parentId : parentOf(id))
  return isBelowItself(accountId, next) ? refusal('parentId', accountId) : null
}

function isBelowItself(id: string, parentOf: (id: string) => string | null): boolean {
  const seen = new Set<string>()
  for (let next = parentOf(id); next !== null && !seen.has(next); next = parentOf(next)) {
    if (next === id) return true
    seen.add(next)
  }
  return false
}

function refusal(field: string, id: string): Reason {
  return { code: 'cycle', rule: 'P19', field, detail: id, changedBy: null }
}
