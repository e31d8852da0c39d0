/**
 * Random organisations: few people, groups and features, so that rules meet each other often; trees up to six levels
 * deep, up to five memberships a worker, every filter, restriction, reduction and cap.
 */
import fc from 'fast-check'
import { makeDirectory } from '../../../core/access/directory.ts'
import type { Directory, Group, Membership, Worker } from '../../../core/access/types.ts'
import { catalogueWith, workspaceFeatureIds } from '../../../core/catalogue/features.ts'
import type { Row } from '../../../core/records/kind-spec.ts'

export const now = 1_000
/** Instants around `now`, equal to it too: that is where mistakes live. */
export const instants = [now - 2, now - 1, now, now + 1, now + 2] as const

export const catalogue = catalogueWith([{ id: 'X-CUSTOM', workspace: 'settings', label: 'Custom' }])
/** Sixty features in every counterexample would hide what it is about. */
Object.defineProperty(catalogue, fc.toStringMethod, { value: () => 'catalogue' })
export const featureIds: readonly string[] = catalogue.features.map(({ id }) => id)
export const entryIds: readonly string[] = [
  ...new Set([...featureIds, ...Object.values(workspaceFeatureIds)]),
]

const workerIds = ['ada', 'max', 'rhea', 'rob', 'eve'] as const
const groupIds = [
  'administrators',
  'organization',
  'west',
  'east',
  'reps',
  'trial',
  'night',
  'depot',
] as const

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
  'SU-ALLOW-ACCOUNT-EDITS',
  'settings.groups',
)
const entry = fc.oneof(feature, fc.constantFrom(...Object.values(workspaceFeatureIds)))
/** What lets somebody write records at all; given often, or hardly anybody could. */
export const writeFeatures = [
  'SU-ALLOW-ACCOUNT-ADDS',
  'SU-ALLOW-ACCOUNT-EDITS',
  'SU-ALLOW-CUSTOMER-ADD-EDITS',
  'SU-ALLOW-ADDRESS-ADDS-EDITS',
  'settings.workers',
  'settings.groups',
  'settings.import',
  'crm.export',
] as const
const writeFeature = fc.constantFrom(...writeFeatures)
const code = fc.constantFrom('DOE', ' doe', '007', '7', '', 'bob')
const tag = fc.constantFrom<readonly string[]>([], [], [], ['A'], ['A', 'B'], ['none'])

export const membership: fc.Arbitrary<Membership> = fc.record({
  groupId: fc.constantFrom(...groupIds, 'gone'),
  from: instant,
  until: instant,
})

const features = fc
  .array(fc.tuple(entry, fc.constantFrom('allow', 'allow', 'deny')), { maxLength: 4 })
  .map((entries) => new Map(entries) as ReadonlyMap<string, 'allow' | 'deny'>)

function group(id: string, index: number): fc.Arbitrary<Group> {
  const isAdmin = id === 'administrators'
  return fc.record({
    id: fc.constant(id),
    code: fc.constant(id),
    name: fc.constant(id),
    type: isAdmin
      ? fc.constant('admin' as const)
      : fc.oneof(
          { weight: 6, arbitrary: fc.constant('user' as const) },
          fc.constantFrom('affiliate' as const, 'client' as const),
        ),
    parentId: isAdmin || index < 2 ? fc.constant(null) : parent(index),
    enabled: isAdmin ? fc.constant(true) : fc.constantFrom(true, true, true, true, true, false),
    features,
  })
}

/** A parent stands before its child in the list: no cycle. Often right before it, so that trees get deep. */
function parent(index: number): fc.Arbitrary<string | null> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(groupIds[index - 1] ?? null) },
    { weight: 2, arbitrary: fc.constantFrom(...groupIds.slice(1, index)) },
    { weight: 1, arbitrary: fc.constant(null) },
  )
}

/** What a worker may be made of, field by field. */
export const workerFields = {
  active: fc.constantFrom(true, true, true, true, false),
  userType: fc.constantFrom(
    null,
    'administrator',
    'global_user',
    'organization',
    'account_manager',
    'partner',
    'partner_rep',
  ),
  managerId: fc.option(fc.constantFrom(...workerIds), { nil: null }),
  aId: fc.constantFrom(null, '', 'A1', ' A1'),
  accountsQueryType: fc.constantFrom(null, 'my-acct', 'rep', 'rep', 'all', 'mapped'),
  repCodes: fc.array(code, { maxLength: 3 }),
  mappedAccounts: fc.subarray(['a0', 'a1', 'a2']),
  rights: fc.array(fc.oneof(feature, writeFeature, fc.constant('unknown')), { maxLength: 4 }),
  memberships: fc.array(membership, { maxLength: 5 }),
  reductions: fc.array(fc.oneof(feature, writeFeature), { maxLength: 2 }),
  campaigns: tag,
  geographies: fc.constantFrom<readonly string[]>(
    [],
    [],
    [],
    ['US'],
    ['US/WA'],
    ['US/WA/98', 'CA'],
    ['US/WA/981'],
    ['US/WA/'],
    ['US', 'none'],
    ['none'],
  ),
  partners: tag,
  searchFilter: fc.constantFrom<readonly string[]>(
    [],
    [],
    ['state=WA'],
    ['zip=98', 'rep=275'],
    ['unreadable'],
  ),
  enforceMatchSecurity: fc.constantFrom(true, true, false),
  validFrom: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, instant),
  validUntil: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, instant),
} as const satisfies { readonly [Field in keyof Worker]?: fc.Arbitrary<Worker[Field]> }

export function worker(id: string): fc.Arbitrary<Worker> {
  return fc.record({
    id: fc.constant(id),
    username: fc.constant(id),
    name: fc.constant(id),
    ...workerFields,
  })
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
  zip: fc.constantFrom(null, '98101', '98501', '10001'),
})

export const anAccount = account
export const accounts = fc.array(account, { minLength: 1, maxLength: 6 })
export const anInstant = fc.constantFrom(...instants)
export const aWorkerId = fc.constantFrom(...workerIds)
export const aGroupId = fc.constantFrom(...groupIds)
export const aFeature = feature
export const anEntry = entry
export const someFeatures = features
