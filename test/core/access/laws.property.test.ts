/** Laws that hold in every organisation, whatever its rules say. Model: Cedar's theorems about its authorizer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, decideKind, decideView } from '../../../core/access/decide.ts'
import { makeDirectory, withGroup, withWorker } from '../../../core/access/directory.ts'
import { explain } from '../../../core/access/explain.ts'
import { openWorkspaces } from '../../../core/access/open-workspaces.ts'
import {
  compile,
  compileTimeline,
  principalAt,
  principalFromJson,
  principalToJson,
  scopeHash,
} from '../../../core/access/principal.ts'
import {
  type Action,
  type Directory,
  type Group,
  isAllowed,
  type Principal,
  type Worker,
} from '../../../core/access/types.ts'
import { catalogueWith, shippedFeatures } from '../../../core/catalogue/features.ts'
import { kinds, type Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import {
  accounts,
  anAccount,
  aFeature,
  aGroupId,
  anEntry,
  anInstant,
  aWorkerId,
  catalogue,
  instants,
  now,
  organisation,
  workers,
} from './arbitraries.ts'
import { applySteps, step } from './change-arbitraries.ts'
import { soundOrganisation } from './changed-organisations.ts'
import { aTarget, hangingOn, heldBy, member } from './organisation.ts'
import { beginRuns, laws } from './runs.ts'

beginRuns('laws')
const runs = laws(120)
const shipped = shippedFeatures.length

/** Everything about a principal that its directory's history must not show. */
function content(principal: Principal) {
  const { policyVersion: _, rights, scope, ...rest } = principal
  const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
    one < other ? -1 : 1
  return {
    ...rest,
    rights: [...rights],
    scope: scope.everything ? 'everything' : [...scope.keys].sort(byKey),
  }
}

const workerOf = (directory: Directory, id: string): Worker => directory.workers.get(id) as Worker
const groupOf = (directory: Directory, id: string): Group => directory.groups.get(id) as Group

/** What `narrow` holds, sees and may write, `wide` does too. */
function expectNoMore(narrow: Principal, wide: Principal, rows: readonly Row[] = []) {
  const held = heldBy(wide)
  expect(heldBy(narrow).filter((feature) => !held.includes(feature))).toEqual([])
  for (const row of rows) {
    for (const field of ['phone', 'repCodes/DOE']) {
      for (const action of ['view', 'edit'] as const) {
        const may = (principal: Principal) => isAllowed(decide(principal, action, aTarget(row), field))
        if (may(narrow)) expect(may(wide), `${action} ${row.id}`).toBe(true)
      }
    }
  }
}

/** Neither it nor anything above it denies, and it caps nobody. */
function deniesNothing({ groups: all }: Directory, groupId: string): boolean {
  for (let group = all.get(groupId); group !== undefined; group = all.get(group.parentId ?? '')) {
    if (group.type !== 'user' || [...group.features.values()].includes('deny')) return false
  }
  return true
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

  it('[P8] a deny more, of a feature or a workspace, never gives anything', () => {
    fc.assert(
      fc.property(organisation, aGroupId, anEntry, anInstant, (directory, groupId, entry, at) => {
        const group = groupOf(directory, groupId)
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

  it('[P9] joining a group that denies nothing never takes anything away', () => {
    let joined = 0
    fc.assert(
      fc.property(
        organisation,
        aWorkerId,
        aGroupId,
        anInstant,
        accounts,
        (directory, id, groupId, at, rows) => {
          fc.pre(deniesNothing(directory, groupId))
          const old = workerOf(directory, id)
          const after = withWorker(
            directory,
            { ...old, memberships: [...old.memberships, member(groupId)] },
            2,
          )
          const [narrow, wide] = [compile(directory, id, at), compile(after, id, at)]
          expectNoMore(narrow, wide, rows)
          if (heldBy(narrow).length < heldBy(wide).length) joined++
        },
      ),
      runs,
    )
    expect(joined).toBeGreaterThan(0)
  })

  it('[P6] a reduction more never gives anything', () => {
    fc.assert(
      fc.property(
        organisation,
        aWorkerId,
        aFeature,
        anInstant,
        accounts,
        (directory, id, feature, at, rows) => {
          const old = workerOf(directory, id)
          const memberships = [...old.memberships, member('administrators')]
          const before = withWorker(directory, { ...old, memberships }, 2)
          const after = withWorker(
            before,
            { ...old, memberships, reductions: [...old.reductions, feature] },
            3,
          )
          expectNoMore(compile(after, id, at), compile(before, id, at), rows)
        },
      ),
      runs,
    )
  })

  it('[S7] [U-11] a restriction, of whatever sort, never enlarges what is held, seen or written', () => {
    let taken = 0
    const sorts = fc.constantFrom('geographies', 'campaigns', 'partners')
    const entries = fc.constantFrom(['US'], ['US/WA'], ['CA', 'US/WA/98'], ['none'])
    fc.assert(
      fc.property(organisation, accounts, aWorkerId, sorts, entries, (directory, rows, id, sort, given) => {
        const old = workerOf(directory, id)
        const free = withWorker(directory, { ...old, [sort]: [] }, 2)
        const bound = withWorker(directory, { ...old, [sort]: given }, 2)
        expectNoMore(compile(bound, id, now), compile(free, id, now), rows)
        const seen = (from: Directory) =>
          rows.filter((row) => isAllowed(decideView(compile(from, id, now), aTarget(row)))).length
        if (seen(bound) < seen(free)) taken++
      }),
      runs,
    )
    expect(taken).toBeGreaterThan(0)
  })

  it('[P5] a beginning or an end of validity never gives anything, at any instant', () => {
    fc.assert(
      fc.property(
        organisation,
        aWorkerId,
        anInstant,
        anInstant,
        accounts,
        (directory, id, from, until, rows) => {
          const old = { ...workerOf(directory, id), validFrom: null, validUntil: null }
          const free = withWorker(directory, old, 2)
          for (const dates of [
            { validFrom: from },
            { validUntil: until },
            { validFrom: from, validUntil: until },
          ]) {
            const bound = withWorker(directory, { ...old, ...dates }, 2)
            for (const at of instants) expectNoMore(compile(bound, id, at), compile(free, id, at), rows)
          }
        },
      ),
      runs,
    )
  })

  it('[P5] an end of a membership that denies nothing never gives anything, at any instant', () => {
    fc.assert(
      fc.property(
        organisation,
        aWorkerId,
        aGroupId,
        anInstant,
        accounts,
        (directory, id, groupId, until, rows) => {
          const old = workerOf(directory, id)
          // A reduction is a denial that ends with the membership it reduces.
          fc.pre(
            groupId === 'administrators' ? old.reductions.length === 0 : deniesNothing(directory, groupId),
          )
          const joins = (end: number | null) =>
            withWorker(
              directory,
              { ...old, memberships: [...old.memberships, member(groupId, null, end)] },
              2,
            )
          const [free, bound] = [joins(null), joins(until)]
          for (const at of instants) expectNoMore(compile(bound, id, at), compile(free, id, at), rows)
        },
      ),
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

  it('[P4] one change after another, of every sort, compiles to what a directory made afresh compiles to', () => {
    const changes = fc.array(step, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(soundOrganisation, changes, anInstant, (start, list, at) => {
        let directory = start
        for (const change of list) {
          // Compiled in between, so that whatever is remembered is there to be wrong.
          for (const id of directory.workers.keys()) compile(directory, id, at)
          directory = applySteps(directory, [change])
        }
        const { catalogue: last, workers: people, groups: all } = directory
        const fresh = makeDirectory(
          catalogueWith(last.features.slice(shipped)),
          people.values(),
          all.values(),
          2,
        )
        for (const id of directory.workers.keys()) {
          expect(content(compile(directory, id, at))).toEqual(content(compile(fresh, id, at)))
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

  it('[B1] client and server agree: what came over the wire decides alike, with the same reasons', () => {
    const actions: readonly Action[] = ['view', 'create', 'edit', 'export', 'import']
    fc.assert(
      fc.property(organisation, aWorkerId, anInstant, anAccount, (directory, id, at, row) => {
        const server = compile(directory, id, at)
        const client = principalFromJson(JSON.parse(JSON.stringify(principalToJson(server))))
        for (const kind of kinds) {
          const target = kind === 'account' ? aTarget(row) : { ...hangingOn(row, kind), id }
          const fields = [undefined, ...Object.keys(kindSpecs[kind].fields), 'repCodes/DOE', 'unknown']
          for (const action of actions) {
            expect(client && decideKind(client, action, kind)).toEqual(decideKind(server, action, kind))
            for (const field of fields) {
              expect(client && decide(client, action, target, field)).toEqual(
                decide(server, action, target, field),
              )
            }
          }
        }
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
