/** Addresses within Settings. */

export type WorkerTab = 'profile' | 'access' | 'devices' | 'history'
export type GroupTab = 'general' | 'features' | 'members' | 'history'

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
