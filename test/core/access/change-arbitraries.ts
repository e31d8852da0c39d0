/** Random changes of an organisation, by every route there is. */
import fc from 'fast-check'
import { withCatalogue, withGroup, withWorker } from '../../../core/access/directory.ts'
import type { ChangedRecord } from '../../../core/access/check-change.ts'
import type { Directory, Group, Membership, Worker } from '../../../core/access/types.ts'
import { type Catalogue, catalogueWith } from '../../../core/catalogue/features.ts'
import {
  aGroupId,
  anEntry,
  anInstant,
  aWorkerId,
  catalogue,
  membership,
  someFeatures,
  workerFields,
} from './arbitraries.ts'
import { aGroup, aWorker } from './organisation.ts'

/** One field of one record, or one membership, or the settings. */
export type Step =
  | { readonly route: keyof typeof workerFields; readonly id: string; readonly value: unknown }
  | { readonly route: 'joins'; readonly id: string; readonly joins: Membership }
  | { readonly route: 'leaves' | 'dates'; readonly id: string; readonly at: number; readonly dates: Dates }
  | { readonly route: 'entry'; readonly id: string; readonly entry: string; readonly state: State | null }
  | { readonly route: 'features'; readonly id: string; readonly features: Group['features'] }
  | { readonly route: 'enabled'; readonly id: string; readonly enabled: boolean }
  | { readonly route: 'parentId'; readonly id: string; readonly parentId: string | null }
  | { readonly route: 'type'; readonly id: string; readonly type: Group['type'] }
  | { readonly route: 'custom-rights'; readonly catalogue: Catalogue }

export type Route = Step['route']
type State = 'allow' | 'deny'
type Dates = Pick<Membership, 'from' | 'until'>

/** One that stands in no arbitrary organisation, so that records are made as well as changed. */
const someWorker = fc.oneof({ weight: 8, arbitrary: aWorkerId }, fc.constantFrom('author', 'newcomer'))
const someGroup = fc.oneof({ weight: 8, arbitrary: aGroupId }, fc.constant('newgroup'))
const date = fc.option(anInstant, { nil: null, freq: 2 })

const fieldSteps = Object.entries({
  ...workerFields,
  managerId: fc.option(fc.oneof(aWorkerId, fc.constantFrom('author', 'gone')), { nil: null }),
}).map(([route, value]) => ({
  route,
  step: fc.record({ route: fc.constant(route), id: someWorker, value }) as fc.Arbitrary<Step>,
}))

const named = (id: string, custom: Catalogue): Catalogue =>
  Object.defineProperty(custom, fc.toStringMethod, { value: () => id })

const catalogues: readonly Catalogue[] = [
  catalogue,
  named('none', catalogueWith([])),
  named('X-CUSTOM in crm', catalogueWith([{ id: 'X-CUSTOM', workspace: 'crm', label: 'Custom' }])),
  named(
    'X-OTHER too',
    catalogueWith([
      { id: 'X-OTHER', workspace: 'product', label: 'Other' },
      { id: 'X-CUSTOM', workspace: 'settings', label: 'Custom' },
    ]),
  ),
]

/** Group by group: what it says, where it hangs, whether it counts. */
const groupSteps = [
  fc.record({
    route: fc.constant('entry' as const),
    id: someGroup,
    entry: anEntry,
    state: fc.constantFrom('allow' as const, 'deny' as const, null),
  }),
  fc.record({ route: fc.constant('features' as const), id: someGroup, features: someFeatures }),
  fc.record({ route: fc.constant('enabled' as const), id: someGroup, enabled: fc.boolean() }),
  fc.record({
    route: fc.constant('parentId' as const),
    id: someGroup,
    parentId: fc.option(fc.oneof({ weight: 9, arbitrary: aGroupId }, fc.constant('gone')), { nil: null }),
  }),
  fc.record({
    route: fc.constant('type' as const),
    id: someGroup,
    type: fc.constantFrom('user' as const, 'affiliate' as const, 'client' as const, 'admin' as const),
  }),
] as const satisfies readonly fc.Arbitrary<Step>[]

export const step: fc.Arbitrary<Step> = fc.oneof(
  ...fieldSteps.map((field) => field.step),
  fc.record({ route: fc.constant('joins' as const), id: someWorker, joins: membership }),
  fc.record({
    route: fc.constantFrom('leaves' as const, 'dates' as const),
    id: someWorker,
    at: fc.nat(4),
    dates: fc.record({ from: date, until: date }),
  }),
  ...groupSteps,
  fc.record({ route: fc.constant('custom-rights' as const), catalogue: fc.constantFrom(...catalogues) }),
)

/** Who leads whom, and what a team brings to those above it. */
const teamFields = ['managerId', 'repCodes', 'userType', 'accountsQueryType', 'active']
const teamSteps = fieldSteps.filter(({ route }) => teamFields.includes(route)).map((field) => field.step)

/** Mostly one record, as a form saves it; sometimes several in one commit, as an import does. */
export const steps = oneOrMore(step)
export const stepsOfGroups = oneOrMore(fc.oneof(...groupSteps))
export const stepsOfTeams = oneOrMore(fc.oneof(...teamSteps))

function oneOrMore(one: fc.Arbitrary<Step>): fc.Arbitrary<readonly Step[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(one) },
    { weight: 1, arbitrary: fc.array(one, { minLength: 2, maxLength: 4 }) },
  )
}

export function applySteps(before: Directory, all: readonly Step[]): Directory {
  return all.reduce(applyStep, before)
}

export function changedBy(all: readonly Step[]): readonly ChangedRecord[] {
  return all.map((one) => {
    if (one.route === 'custom-rights') return { kind: 'settings', id: 'organization' }
    return { kind: isOfGroup(one.route) ? 'group' : 'worker', id: one.id }
  })
}

const isOfGroup = (route: Route): boolean =>
  ['entry', 'features', 'enabled', 'parentId', 'type'].includes(route)

function applyStep(directory: Directory, one: Step): Directory {
  if (one.route === 'custom-rights') return withCatalogue(directory, one.catalogue, 2)
  if (isOfGroup(one.route)) {
    const group = directory.groups.get(one.id) ?? aGroup(one.id)
    return withGroup(directory, { ...group, ...groupPart(group, one) }, 2)
  }
  const worker = directory.workers.get(one.id) ?? aWorker(one.id)
  return withWorker(directory, { ...worker, ...workerPart(worker, one) }, 2)
}

function groupPart({ features }: Group, one: Step): Partial<Group> {
  switch (one.route) {
    case 'features':
      return { features: one.features }
    case 'enabled':
      return { enabled: one.enabled }
    case 'parentId':
      return { parentId: one.parentId }
    case 'type':
      return { type: one.type }
    case 'entry': {
      const rest = [...features].filter(([entry]) => entry !== one.entry)
      return { features: new Map(one.state === null ? rest : [...rest, [one.entry, one.state]]) }
    }
    default:
      return {}
  }
}

function workerPart({ memberships }: Worker, one: Step): Partial<Worker> {
  switch (one.route) {
    case 'joins':
      return {
        memberships: [...memberships.filter(({ groupId }) => groupId !== one.joins.groupId), one.joins],
      }
    case 'leaves':
      return { memberships: memberships.filter((_, at) => at !== one.at) }
    case 'dates':
      return {
        memberships: memberships.map((each, at) => (at === one.at ? { ...each, ...one.dates } : each)),
      }
    default:
      return 'value' in one ? { [one.route]: one.value } : {}
  }
}
