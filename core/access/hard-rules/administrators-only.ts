/**
 * P17: only an unreduced member of the Administrative group changes its features, its members or their access.
 *
 * Their access as a whole, not only reductions: a restriction, an end date or a capping group would reduce an
 * administrator just as well (G-11, R-f).
 */
import { administratorsId } from '../../catalogue/preconfigured-groups.ts'
import type { Group, Reason, Worker } from '../types.ts'
import { changedIds, hasFullRights, type HardRule } from './change.ts'
import { changedAccessField } from './own-access.ts'

export const administratorsOnly: HardRule = (change) => {
  if (hasFullRights(change)) return null
  const { before, after } = change
  if (changedIds(change, 'group').includes(administratorsId)) {
    const old = before.groups.get(administratorsId)
    const next = after.groups.get(administratorsId)
    if (entries(old) !== entries(next)) return refusal('features')
  }
  for (const id of changedIds(change, 'worker')) {
    const old = before.workers.get(id)
    const next = after.workers.get(id)
    if (!isMember(old) && !isMember(next)) continue
    const field = changedAccessField(old, next)
    if (field !== null) return refusal(field === 'memberships' ? 'groups' : field)
  }
  return null
}

/** By any stored membership, live or not. */
function isMember(worker: Worker | undefined): boolean {
  return worker?.memberships.some(({ groupId }) => groupId === administratorsId) ?? false
}

function entries(group: Group | undefined): string {
  return JSON.stringify([...(group?.features ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function refusal(field: string): Reason {
  return { code: 'administrative-group', rule: 'P17', field }
}
