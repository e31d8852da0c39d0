/** Laws that hold in every organisation, whatever its rules say. Model: Cedar's theorems about its authorizer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkChange } from '../../../core/access/check-change.ts'
import { decideView } from '../../../core/access/decide.ts'
import { makeDirectory, withGroup, withWorker } from '../../../core/access/directory.ts'
import { explain } from '../../../core/access/explain.ts'
import { hasLastingAdministrator } from '../../../core/access/hard-rules/last-administrator.ts'
import { openWorkspaces } from '../../../core/access/open-workspaces.ts'
import {
  compile,
  compileTimeline,
  principalAt,
  principalFromJson,
  principalToJson,
  scopeHash,
} from '../../../core/access/principal.ts'
import type { Directory, Group, Principal, Worker } from '../../../core/access/types.ts'
import {
  accounts,
  aFeature,
  aGroupId,
  anEntry,
  anInstant,
  aWorkerId,
  catalogue,
  groups,
  instants,
  membership,
  now,
  organisation,
  worker,
  workers,
} from './arbitraries.ts'
import { aTarget, aWorker, heldBy, member } from './organisation.ts'
import { beginRuns, laws } from './runs.ts'

beginRuns('laws')
const runs = laws(120)

/** Everything about a principal that its directory's history must not show. */
function content(principal: Principal) {
  const { policyVersion: _, rights, scope, ...rest } = principal
  return { ...rest, rights: [...rights], scope: scope.everything ? 'everything' : [...scope.keys].sort() }
}

const workerOf = (directory: Directory, id: string): Worker => directory.workers.get(id) as Worker
const groupOf = (directory: Directory, id: string): Group => directory.groups.get(id) as Group

/** What `wide` holds and sees, `narrow` holds and sees too, or less. */
function expectNoMore(narrow: Principal, wide: Principal) {
  const held = heldBy(wide)
  expect(heldBy(narrow).filter((feature) => !held.includes(feature))).toEqual([])
}

describe('laws', () => {
  it('[P1] default deny: without groups, rights and base a worker holds nothing', () => {
    fc.assert(
      fc.property(workers, anInstant, (people, at) => {
        const bare = people.map((each) => ({ ...each, rights: [], memberships: [] }))
        const directory = makeDirectory(catalogue, bare, [], 1)
        for (const { id } of bare) {
          const beyond = heldBy(compile(directory, id, at)).filter(
            (feature) => !catalogue.featureById.get(feature)?.base,
          )
          expect(beyond).toEqual([])
        }
      }),
      runs,
    )
  })

  it('[P2] a deny beats every allow: who joins a group that denies a feature does not hold it', () => {
    fc.assert(
      fc.property(organisation, aWorkerId, aFeature, (directory, id, feature) => {
        const strict: Group = {
          ...groupOf(directory, 'organization'),
          id: 'strict',
          type: 'user',
          enabled: true,
          features: new Map([[feature, 'deny']]),
        }
        const joined = { ...workerOf(directory, id), rights: [feature] }
        const isAdmin = joined.memberships.some(({ groupId }) => groupId === 'administrators')
        fc.pre(!isAdmin)
        const after = withWorker(
          withGroup(directory, strict, 2),
          { ...joined, memberships: [...joined.memberships, member('strict')] },
          2,
        )
        expect(heldBy(compile(after, id, now))).not.toContain(feature)
      }),
      runs,
    )
  })

  it('[P4] order and duplicates of rules do not change what is compiled', () => {
    fc.assert(
      fc.property(organisation, anInstant, (directory, at) => {
        const turned = makeDirectory(
          catalogue,
          [...directory.workers.values()].reverse().map((each) => ({
            ...each,
            rights: [...each.rights, ...each.rights].reverse(),
            memberships: [...each.memberships, ...each.memberships].reverse(),
            mappedAccounts: [...each.mappedAccounts].reverse(),
            geographies: [...each.geographies, ...each.geographies].reverse(),
          })),
          [...directory.groups.values()].reverse().map((each) => ({
            ...each,
            features: new Map([...each.features].reverse()),
          })),
          1,
        )
        for (const id of directory.workers.keys()) {
          expect(content(compile(turned, id, at))).toEqual(content(compile(directory, id, at)))
          expect(scopeHash(compile(turned, id, at))).toBe(scopeHash(compile(directory, id, at)))
        }
      }),
      runs,
    )
  })

  it('[P1] a direct right more never takes anything away', () => {
    fc.assert(
      fc.property(organisation, aWorkerId, aFeature, anInstant, (directory, id, feature, at) => {
        const old = workerOf(directory, id)
        const after = withWorker(directory, { ...old, rights: [...old.rights, feature] }, 2)
        expectNoMore(compile(directory, id, at), compile(after, id, at))
      }),
      runs,
    )
  })

  it('[P9] an allow written where a group said nothing never takes anything away', () => {
    fc.assert(
      fc.property(organisation, aGroupId, anEntry, anInstant, (directory, groupId, entry, at) => {
        const group = groupOf(directory, groupId)
        // An entry for one feature narrows or widens its workspace's; saying nothing is saying neither.
        fc.pre(!group.features.has(entry))
        const after = withGroup(
          directory,
          { ...group, features: new Map([...group.features, [entry, 'allow']]) },
          2,
        )
        for (const id of directory.workers.keys()) {
          expectNoMore(compile(directory, id, at), compile(after, id, at))
        }
      }),
      runs,
    )
  })

  it('[P8] a deny more, by feature, never gives anything', () => {
    fc.assert(
      fc.property(organisation, aGroupId, aFeature, anInstant, (directory, groupId, entry, at) => {
        const group = groupOf(directory, groupId)
        // Denying a workspace right says the same of what its workspace's own entries leave open.
        const after = withGroup(
          directory,
          { ...group, features: new Map([...group.features, [entry, 'deny']]) },
          2,
        )
        for (const id of directory.workers.keys()) {
          expectNoMore(compile(after, id, at), compile(directory, id, at))
        }
      }),
      runs,
    )
  })

  it('[S7] [U-11] a restriction never enlarges what is seen', () => {
    const entries = fc.constantFrom(['US'], ['US/WA'], ['CA', 'US/WA/98'], ['none'])
    fc.assert(
      fc.property(organisation, accounts, aWorkerId, entries, (directory, rows, id, geographies) => {
        const old = workerOf(directory, id)
        const free = withWorker(directory, { ...old, geographies: [] }, 2)
        const bound = withWorker(directory, { ...old, geographies }, 2)
        for (const row of rows) {
          const seen = (from: Directory) => decideView(compile(from, id, now), aTarget(row)).outcome
          if (seen(bound) === 'allowed') expect(seen(free)).toBe('allowed')
        }
      }),
      runs,
    )
  })

  it('[P11] [W-18] a group disabled and enabled again leaves everything as it was', () => {
    fc.assert(
      fc.property(organisation, aGroupId, anInstant, (directory, groupId, at) => {
        const group = groupOf(directory, groupId)
        const off = withGroup(directory, { ...group, enabled: false }, 2)
        const on = withGroup(off, group, 3)
        for (const id of directory.workers.keys()) {
          expect(content(compile(on, id, at))).toEqual(content(compile(directory, id, at)))
        }
      }),
      runs,
    )
  })

  it('[P4] one change after another compiles to what a directory made afresh compiles to', () => {
    const changes = fc.array(fc.tuple(groups, aGroupId, worker('eve')), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(organisation, changes, (start, list) => {
        let directory = start
        for (const [all, groupId, eve] of list) {
          // Compiled in between, so that whatever is remembered is there to be wrong.
          for (const id of directory.workers.keys()) compile(directory, id, now)
          const group = all.find(({ id }) => id === groupId) as Group
          directory = withWorker(withGroup(directory, group, 2), eve, 2)
        }
        const fresh = makeDirectory(catalogue, directory.workers.values(), [...directory.groups.values()], 2)
        for (const id of directory.workers.keys()) {
          expect(content(compile(directory, id, now))).toEqual(content(compile(fresh, id, now)))
        }
      }),
      runs,
    )
  })

  it('[P5] [B7] the timeline says at each instant what compiling at it says', () => {
    fc.assert(
      fc.property(organisation, aWorkerId, (directory, id) => {
        const from = instants[0]
        const timeline = compileTimeline(directory, id, from)
        for (const at of [...instants, now + 100]) {
          expect(content(principalAt(timeline, at))).toEqual(content(compile(directory, id, at)))
        }
        for (const [index, { until }] of timeline.entries())
          expect(timeline[index + 1]?.from ?? null).toBe(until)
      }),
      runs,
    )
  })

  it('a principal comes back whole from JSON, and reads the same', () => {
    fc.assert(
      fc.property(organisation, aWorkerId, anInstant, (directory, id, at) => {
        const principal = compile(directory, id, at)
        const back = principalFromJson(JSON.parse(JSON.stringify(principalToJson(principal))))
        expect(back && content(back)).toEqual(content(principal))
        expect(back && scopeHash(back)).toBe(scopeHash(principal))
      }),
      runs,
    )
  })

  it('[P25] [P13] every decision has a reason and a sentence; open workspaces are those with a feature', () => {
    fc.assert(
      fc.property(organisation, aWorkerId, anInstant, (directory, id, at) => {
        const principal = compile(directory, id, at)
        for (const [feature, right] of principal.rights) {
          expect(right.reasons.length).toBeGreaterThan(0)
          const { sentence } = explain(right, { catalogue, action: 'view', kind: feature })
          expect(sentence).toMatch(/^You may (not )?see .+\.$/u)
        }
        const open = openWorkspaces(principal, catalogue)
        const held = heldBy(principal).map((feature) => catalogue.featureById.get(feature)?.workspace)
        expect([...open].sort()).toEqual([...new Set(held)].sort())
      }),
      runs,
    )
  })
})

describe('the growth rule', () => {
  const anyAuthor = fc.record({
    rights: fc.subarray([
      'settings.workers',
      'settings.groups',
      'crm.quotes.view',
      'product.edit',
      'X-CUSTOM',
    ]),
    accountsQueryType: fc.constantFrom('rep' as const, 'all' as const, 'mapped' as const),
    repCodes: fc.subarray(['DOE', '007', 'BOB']),
  })

  it('[P15] what is let through gives nobody, at any instant, what its author lacks; its author nothing', () => {
    let passed = 0
    const change = fc.oneof(
      aWorkerId.chain((id) => worker(id).map((to) => ({ type: 'worker' as const, id, to }))),
      fc.tuple(aGroupId, groups).map(([id, all]) => ({
        type: 'group' as const,
        id,
        to: all.find((group) => group.id === id) as Group,
      })),
      fc.tuple(aWorkerId, membership).map(([id, joins]) => ({ type: 'joins' as const, id, joins })),
    )
    fc.assert(
      fc.property(organisation, anyAuthor, change, accounts, (start, fields, wanted, rows) => {
        const before = withWorker(start, aWorker('author', fields), 1)
        const author = compile(before, 'author', now)
        const after =
          wanted.type === 'group'
            ? withGroup(before, wanted.to, 2)
            : withWorker(
                before,
                wanted.type === 'worker'
                  ? wanted.to
                  : {
                      ...workerOf(before, wanted.id),
                      memberships: [...workerOf(before, wanted.id).memberships, wanted.joins],
                    },
                2,
              )
        const kind = wanted.type === 'group' ? 'group' : 'worker'
        const decision = checkChange({ before, after, author, now, changed: [{ kind, id: wanted.id }] })
        if (decision.outcome === 'denied') return
        passed++
        const limit = heldBy(author)
        for (const id of after.workers.keys()) {
          for (const at of [now, now + 1, now + 2, now + 3]) {
            const old = compile(before, id, at)
            const next = compile(after, id, at)
            const had = heldBy(old)
            const gained = heldBy(next).filter((feature) => !had.includes(feature))
            expect(gained.filter((feature) => id === 'author' || !limit.includes(feature))).toEqual([])
            for (const row of rows) {
              const reaches = (principal: Principal) =>
                decideView({ ...principal, rights: everyRight }, aTarget(row)).outcome === 'allowed'
              if (next.live && reaches(next) && !(old.live && reaches(old)))
                expect(reaches(author)).toBe(true)
            }
          }
        }
      }),
      laws(400),
    )
    expect(passed).toBeGreaterThan(50)
  })

  const everyRight: Principal['rights'] = compile(
    makeDirectory(catalogue, [aWorker('all', { rights: ['crm.accounts.view'] })], [], 1),
    'all',
    now,
  ).rights

  it('[P18] no change, by anybody, leaves an organisation without a lasting administrator', () => {
    let refused = 0
    fc.assert(
      fc.property(organisation, worker('boss'), groups, aGroupId, (start, next, all, groupId) => {
        const before = withWorker(start, aWorker('boss', { in: ['administrators', 'trial'] }), 1)
        fc.pre(hasLastingAdministrator(before, now))
        const group = all.find(({ id }) => id === groupId) as Group
        for (const after of [withWorker(before, next, 2), withGroup(before, group, 2)]) {
          const kind = after.workers === before.workers ? 'group' : 'worker'
          const id = kind === 'group' ? groupId : 'boss'
          const decision = checkChange({ before, after, author: 'operator', now, changed: [{ kind, id }] })
          if (decision.outcome === 'allowed') expect(hasLastingAdministrator(after, now)).toBe(true)
          else if (decision.reasons[0]?.code === 'last-administrator') refused++
        }
      }),
      runs,
    )
    expect(refused).toBeGreaterThan(0)
  })
})
