/** Workers and groups of the size that the budgets name, made without a server. */
import { preconfiguredGroups } from '../../core/catalogue/preconfigured-groups.ts'
import type { Group, Worker } from '../../core/access/types.ts'

export interface WorkerParts extends Partial<Pick<Worker, 'accountsQueryType' | 'repCodes' | 'rights'>> {
  readonly groups: readonly string[]
}

export function makeWorker(id: string, { groups, ...parts }: WorkerParts): Worker {
  return {
    id,
    username: id,
    name: id,
    active: true,
    userType: 'account_manager',
    managerId: null,
    aId: null,
    accountsQueryType: 'rep',
    repCodes: [],
    mappedAccounts: [],
    rights: [],
    memberships: groups.map((groupId) => ({ groupId, from: null, until: null })),
    reductions: [],
    campaigns: [],
    geographies: [],
    partners: [],
    searchFilter: [],
    enforceMatchSecurity: true,
    validFrom: null,
    validUntil: null,
    ...parts,
  }
}

export function shippedGroups(): readonly Group[] {
  return preconfiguredGroups.map(({ code, name, type, parentId, allow, deny = [] }) => ({
    id: code,
    code,
    name,
    type,
    parentId,
    enabled: true,
    features: new Map([
      ...allow.map((feature) => [feature, 'allow'] as const),
      ...deny.map((feature) => [feature, 'deny'] as const),
    ]),
  }))
}

/** Numbers below `below` that look random and are the same in every run. */
export function makeRandom(seed = 1): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
