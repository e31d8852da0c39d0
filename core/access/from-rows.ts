/**
 * Rows read as workers, groups and custom rights.
 *
 * Fail-closed: rows were validated when they were committed, so an odd value here means damage, and damage never
 * opens anything. What grants and cannot be read grants nothing; a worker whose limits cannot be read is not
 * active; a group whose type or switch cannot be read keeps its denies and loses its allows.
 */
import { type AccountFilter, accountFilters } from '../catalogue/account-filters.ts'
import {
  type Catalogue,
  catalogueWith,
  type FeatureSpec,
  shippedCatalogue,
  type Workspace,
  workspaceFeatureIds,
  workspaces,
} from '../catalogue/features.ts'
import { type GroupType, groupTypes } from '../catalogue/group-types.ts'
import { type UserType, userTypes } from '../catalogue/user-types.ts'
import type { Row } from '../records/kind-spec.ts'
import type { Group, Instant, Membership, Worker } from './types.ts'

export function workerFromRow(row: Row): Worker {
  const limits = {
    reductions: strings(row.reductions),
    campaigns: strings(row.campaigns),
    geographies: strings(row.geographies),
    partners: strings(row.partners),
    userType: oneOf<UserType>(userTypes, row.userType),
    validFrom: instant(row.validFrom),
    validUntil: instant(row.validUntil),
    memberships: memberships(row.groups),
  }
  const readable = Object.values(limits).every((limit) => limit !== undefined)
  const username = text(row.username) ?? ''
  return {
    id: row.id,
    username,
    name: [text(row.firstName), text(row.lastName)].filter(Boolean).join(' ') || username,
    active: row.active === true && readable,
    userType: limits.userType ?? null,
    managerId: text(row.managerId),
    aId: text(row.aId),
    accountsQueryType: oneOf<AccountFilter>(accountFilters, row.accountsQueryType) ?? null,
    repCodes: strings(row.repCodes) ?? [],
    mappedAccounts: strings(row.mappedAccounts) ?? [],
    rights: strings(row.rights) ?? [],
    memberships: limits.memberships ?? [],
    reductions: limits.reductions ?? [],
    campaigns: limits.campaigns ?? [],
    geographies: limits.geographies ?? [],
    partners: limits.partners ?? [],
    // What cannot be read is a criterion that nothing meets.
    searchFilter: strings(row.searchFilter) ?? [''],
    enforceMatchSecurity: row.enforceMatchSecurity !== false,
    validFrom: limits.validFrom ?? null,
    validUntil: limits.validUntil ?? null,
  }
}

export function groupFromRow(row: Row): Group {
  const type = oneOf<GroupType>(groupTypes, row.type) ?? null
  const whole = type !== null && typeof row.enabled === 'boolean'
  const features = new Map<string, 'allow' | 'deny'>()
  for (const [feature, state] of entriesOf(row.features)) {
    if (state !== 'allow') features.set(feature, 'deny')
    else if (whole) features.set(feature, 'allow')
  }
  return {
    id: row.id,
    code: text(row.code) ?? row.id,
    name: text(row.name) ?? text(row.code) ?? row.id,
    // The tightest cap there is, for a type that cannot be read.
    type: type ?? 'affiliate',
    parentId: text(row.parentId),
    enabled: whole ? row.enabled === true : true,
    features,
  }
}

/**
 * The catalogue with the custom rights of the settings row: `customRights: {<id>: {label, workspace}}`.
 * A custom right cannot take the id of a shipped feature or of a workspace.
 */
export function catalogueFromSettings(row: Row | null): Catalogue {
  const taken = new Set<string>(Object.values(workspaceFeatureIds))
  const customRights = entriesOf(row?.customRights).flatMap(([id, value]): FeatureSpec[] => {
    const fields = new Map(entriesOf(value))
    const workspace = oneOf<Workspace>(workspaces, fields.get('workspace'))
    if (!workspace || taken.has(id) || shippedCatalogue.featureById.has(id)) return []
    return [{ id, workspace, label: text(fields.get('label')) ?? id, right: true }]
  })
  return customRights.length === 0 ? shippedCatalogue : catalogueWith(customRights)
}

// Each reader answers `undefined` for what cannot be read, and null or nothing for what is not set.

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | null | undefined {
  if (value === null || value === undefined) return null
  return values.find((known) => known === value)
}

function strings(value: unknown): readonly string[] | undefined {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) return undefined
  return value.every((entry): entry is string => typeof entry === 'string') ? value : undefined
}

function instant(value: unknown): Instant | null | undefined {
  if (value === null || value === undefined) return null
  if (typeof value !== 'string') return undefined
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? undefined : ms
}

function memberships(value: unknown): readonly Membership[] | undefined {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) return undefined
  const read: Membership[] = []
  for (const entry of value) {
    const fields = new Map(entriesOf(entry))
    const groupId = text(fields.get('id'))
    const from = instant(fields.get('from'))
    const until = instant(fields.get('until'))
    if (groupId === null || from === undefined || until === undefined) return undefined
    read.push({ groupId, from, until })
  }
  return read
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}
