/** P14: nobody changes their own access, in either direction; administrators neither. */
import type { Worker } from '../types.ts'
import type { HardRule } from './change.ts'

/** All that decides what a worker may see and do; not how they sign in, nor their name. */
export const accessFields = [
  'active',
  'userType',
  'managerId',
  'aId',
  'accountsQueryType',
  'repCodes',
  'mappedAccounts',
  'rights',
  'memberships',
  'reductions',
  'campaigns',
  'geographies',
  'partners',
  'searchFilter',
  'enforceMatchSecurity',
  'validFrom',
  'validUntil',
] as const satisfies readonly (keyof Worker)[]

export const ownAccess: HardRule = ({ before, after, author, changed }) => {
  if (author === 'operator') return null
  if (!changed.some(({ kind, id }) => kind === 'worker' && id === author.workerId)) return null
  const field = changedAccessField(before.workers.get(author.workerId), after.workers.get(author.workerId))
  if (field === null) return null
  return { code: 'own-access', rule: 'P14', field: field === 'memberships' ? 'groups' : field }
}

/** The first access field in which two versions of a worker differ; null for none. Sets have no order (P4). */
export function changedAccessField(
  old: Worker | undefined,
  next: Worker | undefined,
): (typeof accessFields)[number] | null {
  return accessFields.find((field) => canonical(old?.[field]) !== canonical(next?.[field])) ?? null
}

function canonical(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value ?? null)
  return JSON.stringify([...new Set(value.map((entry) => JSON.stringify(entry)))].sort())
}
