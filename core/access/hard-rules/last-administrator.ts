/**
 * P18: at least one active, unreduced, unrestricted administrator without an end date remains, after any change by
 * anybody, so that time alone can never lock everyone out (B14).
 */
import { administratorsId } from '../../catalogue/preconfigured-groups.ts'
import { isFullAdministrator } from '../principal.ts'
import type { Directory, Instant } from '../types.ts'
import type { HardRule } from './change.ts'

export const lastAdministrator: HardRule = ({ before, after, now }) => {
  // A directory that has none yet is being set up, or waits for one to be recovered.
  if (hasLastingAdministrator(after, now) || !hasLastingAdministrator(before, now)) return null
  return { code: 'last-administrator', rule: 'P18', changedBy: null }
}

export function hasLastingAdministrator(directory: Directory, now: Instant): boolean {
  return (directory.membersByGroup.get(administratorsId) ?? []).some((id) => {
    const worker = directory.workers.get(id)
    if (worker === undefined || worker.validUntil !== null) return false
    const lasts = worker.memberships.some(
      ({ groupId, from, until }) =>
        groupId === administratorsId && until === null && (from === null || from <= now),
    )
    return lasts && isFullAdministrator(directory, worker, now)
  })
}
