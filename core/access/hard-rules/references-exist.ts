/** P21, within the directory: a manager, a parent and the groups of memberships exist when the change commits. */
import type { Reason } from '../types.ts'
import { changedIds, type HardRule } from './change.ts'

export const referencesExist: HardRule = (change) => {
  const { before, after } = change
  for (const id of changedIds(change, 'group')) {
    const parentId = after.groups.get(id)?.parentId ?? null
    if (parentId !== null && !after.groups.has(parentId)) return refusal('parentId', parentId)
  }
  for (const id of changedIds(change, 'worker')) {
    const worker = after.workers.get(id)
    if (worker === undefined) continue
    const old = before.workers.get(id)
    const { managerId } = worker
    if (managerId !== null && managerId !== old?.managerId && !after.workers.has(managerId)) {
      return refusal('managerId', managerId)
    }
    const missing = worker.memberships.find(({ groupId }) => !after.groups.has(groupId))
    if (missing !== undefined) return refusal(`groups/${missing.groupId}`, missing.groupId)
  }
  return null
}

function refusal(field: string, id: string): Reason {
  return { code: 'parent-not-found', rule: 'P21', field, detail: id }
}
