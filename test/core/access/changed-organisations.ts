/** Random organisations that are about to change, and those who would change them. */
import fc from 'fast-check'
import { makeDirectory } from '../../../core/access/directory.ts'
import type { Directory, Group, Membership, Worker } from '../../../core/access/types.ts'
import { catalogue, membership, organisation, workerFields } from './arbitraries.ts'
import { aWorker, member } from './organisation.ts'

/** Groups that exist. */
const known = (all: readonly Membership[]) => all.filter(({ groupId }) => groupId !== 'gone')

/** An organisation as the other hard rules would have kept it: references exist, no circles, trees of one type. */
export const soundOrganisation: fc.Arbitrary<Directory> = organisation.map(({ workers, groups, ...rest }) => {
  const ids = [...workers.keys()]
  const rootOf = (group: Group): Group => {
    const parent = group.parentId === null ? undefined : groups.get(group.parentId)
    return parent === undefined ? group : rootOf(parent)
  }
  const people = [...workers.values()].map((each, at) => ({
    ...each,
    managerId: each.managerId !== null && ids.indexOf(each.managerId) < at ? each.managerId : null,
    memberships: each.memberships.filter(({ groupId }) => groups.has(groupId)),
  }))
  const typeOf = ({ id, type }: Group) => (id === 'organization' ? 'user' : type)
  const trees = [...groups.values()].map((group) => ({ ...group, type: typeOf(rootOf(group)) }))
  return makeDirectory(rest.catalogue, people, trees, 1)
})

/** Everybody leads the next: what one of them brings reaches those above. */
export const organisationOfTeams = soundOrganisation.map(({ workers, groups }) => {
  const ids = [...workers.keys()]
  const people = [...workers.values()].map(
    (each, at): Worker => ({
      ...each,
      managerId: each.managerId ?? ids[at - 1] ?? null,
      userType: at % 2 === 0 ? 'organization' : each.userType,
      accountsQueryType: at % 2 === 0 ? 'rep' : each.accountsQueryType,
    }),
  )
  return makeDirectory(catalogue, people, groups.values(), 1)
})

/** One tall tree, with most people in its lower half. */
export const organisationOfGroups = soundOrganisation.map(({ workers, groups }) => {
  const ids = [...groups.keys()]
  const tree = [...groups.values()].map(
    (each, at): Group => (at < 2 ? each : { ...each, type: 'user', parentId: ids[at - 1] ?? null }),
  )
  const people = [...workers.values()].map((each, at) => ({
    ...each,
    memberships: [...each.memberships.slice(0, 1), member(ids[4 + (at % 4)] ?? '', null, null)],
  }))
  return makeDirectory(catalogue, people, tree, 1)
})

/** From those who hold next to nothing to those who hold nearly all: full administrators are another matter. */
export const anAuthor: fc.Arbitrary<Worker> = fc
  .record({
    rights: fc.subarray([
      'settings.workers',
      'settings.groups',
      'crm.quotes.view',
      'product.edit',
      'X-CUSTOM',
      'SU-ACCESS-SETTINGS-WORKSPACE',
      'SU-ALLOW-ACCOUNT-EDITS',
    ]),
    accountsQueryType: fc.constantFrom('rep' as const, 'all' as const, 'mapped' as const, 'my-acct' as const),
    repCodes: fc.subarray(['DOE', '007', 'BOB']),
    userType: fc.constantFrom(null, 'organization' as const, 'global_user' as const),
    aId: workerFields.aId,
    mappedAccounts: workerFields.mappedAccounts,
    memberships: fc.array(membership, { maxLength: 2 }).map(known),
    geographies: workerFields.geographies,
    campaigns: workerFields.campaigns,
    enforceMatchSecurity: workerFields.enforceMatchSecurity,
    reductions: fc.constantFrom<readonly string[]>([], ['crm.export'], ['product.edit']),
    administrator: fc.constantFrom(false, true),
  })
  .map(({ administrator, memberships, ...fields }) =>
    aWorker('author', {
      ...fields,
      memberships: administrator
        ? [...memberships, { groupId: 'administrators', from: null, until: null }]
        : memberships,
    }),
  )
