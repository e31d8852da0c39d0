/** Small organisations for tests: every field has a quiet default, a test says only what it is about. */
import { makeDirectory } from '../../../core/access/directory.ts'
import { compile } from '../../../core/access/principal.ts'
import type {
  Decision,
  Directory,
  Group,
  Membership,
  Principal,
  Target,
  Worker,
} from '../../../core/access/types.ts'
import { type Catalogue, shippedCatalogue } from '../../../core/catalogue/features.ts'
import { preconfiguredGroups } from '../../../core/catalogue/preconfigured-groups.ts'
import type { Kind, Row } from '../../../core/records/kind-spec.ts'

export const now = Date.UTC(2026, 2, 3)
export const day = 24 * 60 * 60 * 1_000

export function aWorker(id: string, given: Partial<Worker> & { in?: readonly string[] } = {}): Worker {
  const { in: groupIds = [], ...fields } = given
  return {
    id,
    username: id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    active: true,
    userType: null,
    managerId: null,
    aId: null,
    accountsQueryType: null,
    repCodes: [],
    mappedAccounts: [],
    rights: [],
    memberships: groupIds.map((groupId) => member(groupId)),
    reductions: [],
    campaigns: [],
    geographies: [],
    partners: [],
    searchFilter: [],
    enforceMatchSecurity: true,
    validFrom: null,
    validUntil: null,
    ...fields,
  }
}

export function member(groupId: string, from: number | null = null, until: number | null = null): Membership {
  return { groupId, from, until }
}

type States = Readonly<Record<string, 'allow' | 'deny'>>

export function aGroup(
  id: string,
  given: Partial<Omit<Group, 'features'>> & { features?: States } = {},
): Group {
  const { features = {}, ...fields } = given
  return {
    id,
    code: id,
    name: id,
    type: 'user',
    parentId: null,
    enabled: true,
    ...fields,
    features: new Map(Object.entries(features)),
  }
}

export const shippedGroups: readonly Group[] = preconfiguredGroups.map(
  ({ code, name, type, parentId, allow }) =>
    aGroup(code, { name, type, parentId, features: Object.fromEntries(allow.map((id) => [id, 'allow'])) }),
)

export function directoryOf(
  workers: readonly Worker[],
  groups: readonly Group[] = shippedGroups,
  catalogue: Catalogue = shippedCatalogue,
): Directory {
  return makeDirectory(catalogue, workers, groups, 1)
}

/** One worker, compiled alone. */
export function principalOf(worker: Worker, groups: readonly Group[] = shippedGroups, at = now): Principal {
  return compile(directoryOf([worker], groups), worker.id, at)
}

export function heldBy(principal: Principal): readonly string[] {
  return [...principal.rights].filter(([, right]) => right.outcome === 'allowed').map(([feature]) => feature)
}

/** Outcome and first reason's code, for tests that are about these. */
export function said(decision: Decision | undefined): string {
  return `${decision?.outcome} ${decision?.reasons[0]?.code}`
}

export function anAccount(id: string, fields: Readonly<Record<string, unknown>> = {}): Row {
  return { id, kind: 'account', seq: 1, name: id, aId: null, repCodes: [], ownerId: null, ...fields }
}

export function aTarget(row: Row): Target {
  return { kind: row.kind, id: row.id, row }
}

/** A record that hangs on an account. */
export function hangingOn(account: Row | null, kind: Kind = 'contact', id = 'c1'): Target {
  return { kind, id, row: { id, kind, seq: 1, accountId: account?.id ?? 'gone' }, account }
}
