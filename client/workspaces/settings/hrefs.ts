/** Addresses within Settings. */

export type WorkerTab = 'profile' | 'access' | 'internal' | 'devices' | 'history'
export type GroupTab = 'general' | 'features' | 'members' | 'history'

/** In the order in which they are offered. */
export const organisationParts = ['general', 'rights', 'labels', 'boards', 'campaigns'] as const
export type OrganisationPart = (typeof organisationParts)[number]

export const workersHref = '/settings/workers'
export const groupsHref = '/settings/groups'
export const exchangeHref = '/settings/exchange'
export const auditHref = '/settings/audit'

export function workerHref(id: string, tab: WorkerTab = 'profile'): string {
  const base = `${workersHref}/${encodeURIComponent(id)}`
  return tab === 'profile' ? base : `${base}/${tab}`
}

/** The worker with the sheet that says how they sign in: the next step after one was made. */
export function workerLoginHref(id: string): string {
  return `${workerHref(id)}?login=1`
}

export function groupHref(id: string, tab: GroupTab = 'features'): string {
  const base = `${groupsHref}/${encodeURIComponent(id)}`
  return tab === 'features' ? base : `${base}/${tab}`
}

export function changeSetHref(id: string): string {
  return `${auditHref}/${encodeURIComponent(id)}`
}

const organisationBase = '/settings/organisation'

/** `id` is the label set or board that is open within its part. */
export function organisationHref(part?: OrganisationPart, id?: string): string {
  return [organisationBase, part, id === undefined ? undefined : encodeURIComponent(id)]
    .filter((step) => step !== undefined)
    .join('/')
}
