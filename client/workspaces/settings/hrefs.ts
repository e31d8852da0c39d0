/** Addresses within Settings. */

export type WorkerTab = 'profile' | 'access'
export type GroupTab = 'general' | 'features' | 'members'

export const workersHref = '/settings/workers'
export const groupsHref = '/settings/groups'

export function workerHref(id: string, tab: WorkerTab = 'profile'): string {
  const base = `${workersHref}/${encodeURIComponent(id)}`
  return tab === 'profile' ? base : `${base}/${tab}`
}

export function groupHref(id: string, tab: GroupTab = 'features'): string {
  const base = `${groupsHref}/${encodeURIComponent(id)}`
  return tab === 'features' ? base : `${base}/${tab}`
}
