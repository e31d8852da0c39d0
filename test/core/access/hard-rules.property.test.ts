/** The rules that no change may break, by every route, against an oracle that knows none of the routes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkChange } from '../../../core/access/check-change.ts'
import { withGroup, withWorker } from '../../../core/access/directory.ts'
import { hasLastingAdministrator } from '../../../core/access/hard-rules/last-administrator.ts'
import { compile } from '../../../core/access/principal.ts'
import type { Directory, Group, Worker } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { aGroupId, anAccount, groups, now, organisation, worker } from './arbitraries.ts'
import { applySteps, changedBy, type Step, steps, stepsOfGroups, stepsOfTeams } from './change-arbitraries.ts'
import {
  anAuthor,
  organisationOfGroups,
  organisationOfTeams,
  soundOrganisation,
} from './changed-organisations.ts'
import { forbiddenGains } from './growth-oracle.ts'
import { aWorker, member } from './organisation.ts'
import { beginRuns, laws } from './runs.ts'

beginRuns('hard rules')

/** The accounts that can be mapped, each with codes and a place of its own. */
const mappable = fc
  .tuple(anAccount, anAccount, anAccount)
  .map((rows) => rows.map((row, at): Row => ({ ...row, id: `a${at}` })))

function decided(
  before: Directory,
  after: Directory,
  author: Worker,
  wanted: readonly Step[],
  accounts: readonly Row[],
) {
  return checkChange({
    before,
    after,
    author: compile(before, author.id, now),
    now,
    changed: changedBy(wanted),
    accountById: (id) => accounts.find((row) => row.id === id) ?? null,
  })
}

describe('hard rules', () => {
  const changes = [
    ['whatever is changed', soundOrganisation, steps, 20],
    ['teams', organisationOfTeams, stepsOfTeams, 5],
    ['a tree of groups', organisationOfGroups, stepsOfGroups, 5],
  ] as const

  it.each(changes)(
    '[P15] [GATE 30] %s: what is let through gives nobody, now or later, what its author lacks; its author nothing',
    (_, organisations, someSteps, routes) => {
      const admitted = new Set<string>()
      const refused = new Set<string>()
      fc.assert(
        fc.property(organisations, anAuthor, someSteps, mappable, (start, author, wanted, accounts) => {
          const before = withWorker(start, author, 1)
          fc.pre(!compile(before, author.id, now).fullAdministrator)
          const after = applySteps(before, wanted)
          const { outcome, reasons } = decided(before, after, author, wanted, accounts)
          const [reason] = reasons
          if (outcome === 'denied' && reason?.rule !== 'P15') return
          const gains = forbiddenGains(before, after, author.id, now, accounts)
          if (outcome === 'allowed') {
            expect(gains).toEqual([])
            for (const { route } of wanted) admitted.add(route)
          } else if (reason?.feature !== undefined) {
            // Of features the rule is exact: what it refuses is a gain. Of scope it may be more careful than need be.
            expect(gains.map(({ what }) => what)).toContain(reason.feature)
            refused.add('feature')
          } else if (gains.length > 0) refused.add('scope')
        }),
        laws(400),
      )
      // Every route was tried, and the rule had something to refuse.
      expect(admitted.size).toBeGreaterThanOrEqual(routes)
      expect(refused.size).toBeGreaterThan(0)
    },
  )

  it('[P26] [GATE 33] how a worker signs in is changed only by who holds, now and later, all that the worker holds', () => {
    const counts = { admitted: 0, refused: 0 }
    const field = fc.constantFrom('username', 'email', 'active')
    const target = fc.constantFrom('ada', 'max', 'rhea', 'rob', 'eve')
    fc.assert(
      fc.property(
        soundOrganisation,
        anAuthor,
        target,
        field,
        mappable,
        (start, author, id, written, accounts) => {
          const before = withWorker(start, author, 1)
          const principal = compile(before, author.id, now)
          fc.pre(!principal.fullAdministrator)
          const old = before.workers.get(id) as Worker
          const after = withWorker(before, written === 'active' ? { ...old, active: !old.active } : old, 2)
          const changed = [{ kind: 'worker' as const, id, fields: [written] }]
          const accountById = (wanted: string) => accounts.find((row) => row.id === wanted) ?? null
          const { outcome } = checkChange({ before, after, author: principal, now, changed, accountById })
          if (outcome === 'denied') return void counts.refused++
          counts.admitted++
          const as = (active: boolean) => withWorker(before, { ...old, active }, 1)
          const held = forbiddenGains(as(false), as(true), author.id, now, accounts)
          expect(held.filter(({ workerId }) => workerId === id)).toEqual([])
        },
      ),
      laws(200),
    )
    expect(counts.admitted).toBeGreaterThan(10)
    expect(counts.refused).toBeGreaterThan(10)
  })

  it('[P18] no change, by anybody, leaves an organisation without a lasting administrator', () => {
    let refused = 0
    fc.assert(
      fc.property(organisation, worker('boss'), groups, aGroupId, (start, next, all, groupId) => {
        const boss = aWorker('boss', { memberships: [member('administrators'), member('trial')] })
        const before = withWorker(start, boss, 1)
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
      laws(120),
    )
    expect(refused).toBeGreaterThan(0)
  })
})
