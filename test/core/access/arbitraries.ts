/** Random organisations: small, so that rules meet each other often. */
import fc from 'fast-check'
import { makeDirectory } from '../../../core/access/directory.ts'
import type { Directory, Group, Membership, Worker } from '../../../core/access/types.ts'
import { catalogueWith, workspaceFeatureIds } from '../../../core/catalogue/features.ts'
import type { Row } from '../../../core/records/kind-spec.ts'

export const now = 1_000
/** Instants around `now`, equal to it too: that is where mistakes live. */
export const instants = [now - 2, now - 1, now, now + 1, now + 2] as const

export const catalogue = catalogueWith([{ id: 'X-CUSTOM', workspace: 'settings', label: 'Custom' }])
export const featureIds: readonly string[] = catalogue.features.map(({ id }) => id)
export const entryIds: readonly string[] = [
  ...new Set([...featureIds, ...Object.values(workspaceFeatureIds)]),
]

const workerIds = ['ada', 'max', 'rhea', 'rob', 'eve'] as const
const groupIds = ['administrators', 'organization', 'west', 'east', 'reps', 'trial'] as const

const instant = fc.option(fc.constantFrom(...instants), { nil: null, freq: 2 })
/** A few features only, those that imply each other among them, or two rules would hardly ever meet. */
const feature = fc.constantFrom(
  'crm.accounts.view',
  'crm.quotes.view',
  'QUOTES-WITH-CONV-LOGS',
  'crm.price.override',
  'crm.leads.edit',
  'crm.leads.view',
  'settings.workers',
  'settings.workers.view',
  'SU-ACCESS-SETTINGS-WORKSPACE',
  'SU-ACCESS-PIM-WORKSPACE',
  'product.edit',
  'X-CUSTOM',
)
const entry = fc.oneof(feature, fc.constantFrom(...Object.values(workspaceFeatureIds)))
const code = fc.constantFrom('DOE', ' doe', '007', '7', '', 'bob')

export const membership: fc.Arbitrary<Membership> = fc.record({
  groupId: fc.constantFrom(...groupIds, 'gone'),
  from: instant,
  until: instant,
})

const features = fc
  .array(fc.tuple(entry, fc.constantFrom('allow', 'deny')), { maxLength: 4 })
  .map((entries) => new Map(entries) as ReadonlyMap<string, 'allow' | 'deny'>)

function group(id: string, index: number): fc.Arbitrary<Group> {
  const isAdmin = id === 'administrators'
  return fc.record({
    id: fc.constant(id),
    code: fc.constant(id),
    name: fc.constant(id),
    type: isAdmin
      ? fc.constant('admin' as const)
      : fc.constantFrom(
          'user' as const,
          'user' as const,
          'user' as const,
          'affiliate' as const,
          'client' as const,
        ),
    // A parent stands before its child in the list: no cycle.
    parentId:
      isAdmin || index < 2
        ? fc.constant(null)
        : fc.option(fc.constantFrom(...groupIds.slice(1, index)), { nil: null, freq: 3 }),
    enabled: isAdmin ? fc.constant(true) : fc.constantFrom(true, true, true, false),
    features,
  })
}

export function worker(id: string): fc.Arbitrary<Worker> {
  return fc.record({
    id: fc.constant(id),
    username: fc.constant(id),
    name: fc.constant(id),
    active: fc.constantFrom(true, true, true, false),
    userType: fc.constantFrom(
      null,
      'organization',
      'partner',
      'partner_rep',
      'account_manager',
      'global_user',
    ),
    managerId: fc.option(fc.constantFrom(...workerIds), { nil: null }),
    aId: fc.constantFrom(null, '', 'A1', ' A1'),
    accountsQueryType: fc.constantFrom(null, 'my-acct', 'rep', 'rep', 'all', 'mapped'),
    repCodes: fc.array(code, { maxLength: 3 }),
    mappedAccounts: fc.subarray(['a0', 'a1', 'a2']),
    rights: fc.array(fc.oneof(feature, fc.constant('unknown')), { maxLength: 3 }),
    memberships: fc.array(membership, { maxLength: 3 }),
    reductions: fc.array(feature, { maxLength: 1 }),
    campaigns: fc.constantFrom([], [], ['none']),
    geographies: fc.constantFrom([], [], [], ['US'], ['US/WA'], ['US/WA/98', 'CA'], ['none']),
    partners: fc.constant([]),
    searchFilter: fc.constantFrom([], [], ['state=WA'], ['zip=98', 'rep=275'], ['unreadable']),
    enforceMatchSecurity: fc.constantFrom(true, true, false),
    validFrom: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, instant),
    validUntil: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, instant),
  }) as fc.Arbitrary<Worker>
}

export const groups: fc.Arbitrary<readonly Group[]> = fc.tuple(...groupIds.map(group))
export const workers: fc.Arbitrary<readonly Worker[]> = fc.tuple(...workerIds.map(worker))

export const organisation: fc.Arbitrary<Directory> = fc
  .tuple(workers, groups)
  .map(([people, all]) => makeDirectory(catalogue, people, all, 1))

const account: fc.Arbitrary<Row> = fc.record({
  id: fc.constantFrom('a0', 'a1', 'a2', 'a3'),
  kind: fc.constant('account' as const),
  seq: fc.constant(1),
  aId: fc.constantFrom(null, '', 'A1', 'A2 '),
  repCodes: fc.array(code, { maxLength: 2 }),
  ownerId: fc.constantFrom(null, ...workerIds),
  country: fc.constantFrom(null, 'US', 'CA'),
  state: fc.constantFrom(null, 'WA', 'OR'),
  zip: fc.constantFrom(null, '98101', '10001'),
})

export const accounts = fc.array(account, { minLength: 1, maxLength: 6 })
export const anInstant = fc.constantFrom(...instants)
export const aWorkerId = fc.constantFrom(...workerIds)
export const aGroupId = fc.constantFrom(...groupIds)
export const aFeature = feature
export const anEntry = entry
