/**
 * Who belongs below whom (S14, U-28): an Account Manager below an Organization, a Partner Rep below a Partner. Forms
 * advise; nothing is refused, because people and their managers come from files that do not know our types.
 */
import type { UserType } from '../catalogue/user-types.ts'
import type { Directory, Worker } from './types.ts'

const typeAbove: Readonly<Partial<Record<UserType, UserType>>> = {
  account_manager: 'organization',
  partner_rep: 'partner',
}

/** The user type that nobody above this worker has, and somebody should; null where all is as it should be. */
export function missingAbove({ id, userType, managerId }: Worker, directory: Directory): UserType | null {
  const wanted = userType === null ? undefined : typeAbove[userType]
  if (wanted === undefined) return null
  const seen = new Set([id])
  for (let next = managerId; next !== null && !seen.has(next); ) {
    seen.add(next)
    const manager = directory.workers.get(next)
    if (manager?.userType === wanted) return null
    next = manager?.managerId ?? null
  }
  return wanted
}
