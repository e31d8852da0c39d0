import { describe, expect, it } from 'vitest'
import { decideCreate } from '../../../core/access/decide-create.ts'
import { decideMove } from '../../../core/access/decide-move.ts'
import { decide, decideKind } from '../../../core/access/decide.ts'
import { whyOutOfReach } from '../../../core/access/reach.ts'
import type { Principal, Target } from '../../../core/access/types.ts'
import { kinds, type Row } from '../../../core/records/kind-spec.ts'
import { aTarget, aWorker, anAccount, hangingOn, principalOf, said } from './organisation.ts'

const rhea = principalOf(
  aWorker('rhea', { in: ['sales-rep'], accountsQueryType: 'rep', repCodes: ['doe', 'bob'] }),
)
const ada = principalOf(aWorker('ada', { in: ['administrators'] }))
const boss = principalOf(
  aWorker('boss', { rights: ['SU-ACCESS-SETTINGS-WORKSPACE'], accountsQueryType: 'all' }),
)
const eve = principalOf(aWorker('eve', { in: ['clients'] }))

const mine = anAccount('a1', { repCodes: ['DOE'], country: 'US' })
const foreign = anAccount('a2', { repCodes: ['OTHER'] })
const worker = (id: string): Target => ({ kind: 'worker', id, row: { id, kind: 'worker', seq: 1 } })
const none = (kind: Target['kind'], id = 'gone'): Target => ({ kind, id, row: null })

describe('viewing', () => {
  it('[S4] [R-06] an account in scope, for its rep code, and none beside it', () => {
    const decision = decide(rhea, 'view', aTarget(mine))
    expect(decision.outcome).toBe('allowed')
    expect(decision.reasons.at(-1)).toEqual({
      code: 'in-scope',
      rule: 'S2',
      detailKey: 'rep-code',
      detail: 'DOE',
    })
    expect(said(decide(rhea, 'view', aTarget(foreign)))).toBe('denied not-found-or-out-of-scope')
  })

  it.each(['view', 'edit', 'export', 'import'] as const)(
    '[S9] out of scope, restricted and not existing are answered alike: %s',
    (action) => {
      const limited = principalOf(
        aWorker('lim', {
          in: ['sales-manager'],
          rights: ['settings.import'],
          accountsQueryType: 'rep',
          repCodes: ['DOE'],
          geographies: ['CA'],
        }),
      )
      const answers = [
        decide(limited, action, aTarget(foreign), 'phone'),
        decide(limited, action, aTarget(mine), 'phone'),
        ...(action === 'import' ? [] : [decide(limited, action, none('account'), 'phone')]),
      ]
      for (const answer of answers) {
        expect(answer).toEqual({
          outcome: 'denied',
          reasons: [{ code: 'not-found-or-out-of-scope', rule: 'S9', changedBy: 'settings.workers' }],
        })
      }
    },
  )

  it('[S5] [W-12] what hangs on an account is reached with it, and not without', () => {
    for (const kind of ['contact', 'address'] as const) {
      expect(decide(rhea, 'view', hangingOn(mine, kind)).outcome).toBe('allowed')
      expect(said(decide(rhea, 'view', hangingOn(foreign, kind)))).toBe('denied not-found-or-out-of-scope')
      expect(said(decide(ada, 'view', hangingOn(null, kind)))).toBe('denied not-found-or-out-of-scope')
    }
  })

  it('[P12] a right that is missing is named before the record is looked at', () => {
    const affiliate = principalOf(aWorker('aff', { in: ['affiliates'], accountsQueryType: 'all' }))
    const answers = [aTarget(mine), none('account')].map((target) => decide(affiliate, 'view', target))
    expect(answers[0]).toEqual(answers[1])
    expect(said(answers[0])).toBe('denied type-cap')
  })

  it('[S7] [U-11] a restriction narrows even an administrator', () => {
    const regional = principalOf(aWorker('reg', { in: ['administrators'], geographies: ['CA'] }))
    expect(said(decide(regional, 'view', aTarget(mine)))).toBe('denied not-found-or-out-of-scope')
    expect(decide(regional, 'view', aTarget({ ...mine, country: 'CA' })).outcome).toBe('allowed')
    expect(whyOutOfReach(regional, aTarget(mine))?.code).toBe('restricted-geography')
    expect(whyOutOfReach(rhea, aTarget(foreign))?.rule).toBe('S4')
    expect(whyOutOfReach(rhea, aTarget(mine))).toBeNull()
  })

  it('[S8] oneself, one’s groups and those above, one’s desk; nobody else’s', () => {
    const group = (id: string): Target => ({ kind: 'group', id, row: { id, kind: 'group', seq: 1 } })
    expect(said(decide(rhea, 'view', worker('rhea')))).toBe('allowed own-record')
    expect(said(decide(rhea, 'view', worker('max')))).toBe('denied not-held')
    expect(said(decide(rhea, 'view', group('organization')))).toBe('allowed own-record')
    expect(said(decide(rhea, 'view', group('auditor')))).toBe('denied not-held')
    expect(said(decide(rhea, 'view', none('desk', 'rhea')))).toBe('allowed own-record')
    expect(said(decide(ada, 'view', none('desk', 'rhea')))).toBe('denied not-found-or-out-of-scope')
    expect(said(decide(boss, 'view', worker('rhea')))).toBe('allowed implied-by')
  })

  it('[S9] eve cannot learn whether a worker or a group exists', () => {
    for (const kind of ['worker', 'group'] as const) {
      const there: Target = { kind, id: 'x', row: { id: 'x', kind, seq: 1 } }
      expect(decide(eve, 'view', there)).toEqual(decide(eve, 'view', none(kind, 'x')))
    }
  })

  it('[S8] settings and colleagues are for every live worker', () => {
    for (const kind of ['settings', 'colleague'] as const) {
      const target: Target = { kind, id: 'x', row: { id: 'x', kind, seq: 1 } }
      expect(said(decide(eve, 'view', target))).toBe('allowed everyone')
      expect(said(decide(principalOf(aWorker('off', { active: false })), 'view', target))).toBe(
        'denied worker-inactive',
      )
    }
  })

  it.each(kinds)('[P5] a worker who is not live sees no %s, not even their own', (kind) => {
    const off = principalOf(aWorker('off', { active: false, in: ['administrators'] }))
    const row = { id: 'off', kind, seq: 1 }
    expect(said(decide(off, 'view', { kind, id: 'off', row, account: mine }))).toBe('denied worker-inactive')
    expect(said(decide(off, 'edit', { kind, id: 'off', row, account: mine }))).toBe('denied worker-inactive')
  })
})

describe('editing', () => {
  it('[R-14] the right, and the record, and the field', () => {
    expect(decide(rhea, 'edit', aTarget(mine), 'phone').outcome).toBe('allowed')
    expect(decide(rhea, 'edit', aTarget(mine), 'text:notes').outcome).toBe('allowed')
    const noRight = principalOf(aWorker('x', { accountsQueryType: 'all' }))
    expect(said(decide(noRight, 'edit', aTarget(mine), 'phone'))).toBe('denied not-held')
  })

  it('[S9] out of scope is said before a right that is missing', () => {
    const noRight = principalOf(aWorker('x', { accountsQueryType: 'rep', repCodes: ['DOE'] }))
    expect(said(decide(noRight, 'edit', aTarget(foreign), 'phone'))).toBe('denied not-found-or-out-of-scope')
    expect(said(decide(noRight, 'edit', aTarget(mine), 'phone'))).toBe('denied not-held')
  })

  it.each(['nothing', '__proto__', 'constructor', 'phone/x', 'text:phone', 'repCodes/', 'text:notes/x', ''])(
    '[D8] %j is no field of an account',
    (field) => {
      expect(said(decide(ada, 'edit', aTarget(mine), field))).toBe('denied unknown-field')
    },
  )

  it.each(['aId', 'repCodes', 'repCodes/275'])(
    '[P24] [R-28] %s is written by imports and full administrators',
    (field) => {
      expect(said(decide(rhea, 'edit', aTarget(mine), field))).toBe('denied import-owned')
      expect(decide(ada, 'edit', aTarget(mine), field).outcome).toBe('allowed')
      const importer = principalOf(
        aWorker('imp', { rights: ['settings.import', 'SU-ALLOW-ACCOUNT-EDITS'], accountsQueryType: 'all' }),
      )
      expect(said(decide(importer, 'edit', aTarget(mine), field))).toBe('denied import-owned')
      expect(decide(importer, 'import', aTarget(mine), field).outcome).toBe('allowed')
    },
  )

  it('[P24] an administrator who is reduced writes no import-owned field', () => {
    const reduced = principalOf(aWorker('red', { in: ['administrators'], reductions: ['settings.tax'] }))
    expect(said(decide(reduced, 'edit', aTarget(mine), 'aId'))).toBe('denied import-owned')
  })

  it('[P22] nobody writes a House Contact, nor whether it is one', () => {
    const house: Target = { ...hangingOn(mine), id: 'house-a1' }
    expect(said(decide(ada, 'edit', house, 'phone'))).toBe('denied house-contact')
    expect(said(decide(ada, 'edit', hangingOn(mine), 'house'))).toBe('denied server-made')
    expect(decide(ada, 'edit', hangingOn(mine), 'phone').outcome).toBe('allowed')
    expect(said(decide(ada, 'create', { ...house, row: null }))).toBe('denied house-contact')
  })

  it.each([
    'active',
    'rights/crm.export',
    'groups/sales-rep',
    'accountsQueryType',
    'reductions/x',
    'managerId',
  ])('[P14] nobody writes %s of their own worker record, administrators neither', (field) => {
    expect(said(decide(ada, 'edit', worker('ada'), field))).toBe('denied own-access')
    expect(said(decide(boss, 'edit', worker('boss'), field))).toBe('denied own-access')
    expect(decide(ada, 'edit', worker('rhea'), field).outcome).toBe('allowed')
  })

  it.each(['username', 'email', 'phone'])('[P14] one’s own %s is no access', (field) => {
    expect(decide(boss, 'edit', worker('boss'), field).outcome).toBe('allowed')
  })

  it('[S8] the desk is for its own worker; colleagues are nobody’s to write', () => {
    expect(decide(rhea, 'edit', none('desk', 'rhea'), 'views/a').outcome).toBe('allowed')
    expect(said(decide(ada, 'edit', none('desk', 'rhea'), 'views/a'))).toBe(
      'denied not-found-or-out-of-scope',
    )
    const colleague: Target = { kind: 'colleague', id: 'x', row: { id: 'x', kind: 'colleague', seq: 1 } }
    expect(said(decide(ada, 'edit', colleague, 'name'))).toBe('denied not-writable')
  })
})

describe('creating', () => {
  const maker = principalOf(
    aWorker('mak', { rights: ['SU-ALLOW-ACCOUNT-ADDS'], accountsQueryType: 'rep', repCodes: ['doe', 'bob'] }),
  )
  const create = (principal: Principal, row: Row, fields: readonly string[]) =>
    said(decideCreate(principal, aTarget(row), fields))

  it('[R-13] needs the right to add', () => {
    expect(decide(maker, 'create', none('account')).outcome).toBe('allowed')
    expect(said(decide(rhea, 'create', none('account')))).toBe('denied not-held')
  })

  it('[P24] rep codes at creation are a non-empty subset of the author’s own', () => {
    const fields = ['name', 'repCodes/DOE']
    expect(create(maker, anAccount('n', { repCodes: ['DOE'] }), fields)).toMatch(/^allowed/u)
    expect(create(maker, anAccount('n', { repCodes: [' doe', 'BOB'] }), fields)).toMatch(/^allowed/u)
    expect(create(maker, anAccount('n', { repCodes: ['DOE', 'ZED'] }), fields)).toBe(
      'denied rep-codes-not-own',
    )
    expect(create(maker, anAccount('n', { repCodes: [] }), fields)).toBe('denied rep-codes-not-own')
    expect(create(ada, anAccount('n', { repCodes: ['ZED'] }), fields)).toMatch(/^allowed/u)
  })

  it('[P24] a_id at creation is not the author’s to give', () => {
    const row = anAccount('n', { repCodes: ['DOE'], aId: 'A' })
    expect(create(maker, row, ['repCodes/DOE', 'aId'])).toBe('denied import-owned')
  })

  it('[S4] what its author could not see afterwards is refused', () => {
    expect(create(maker, anAccount('n'), ['name'])).toBe('denied moves-out-of-scope')
    const everywhere = principalOf(
      aWorker('all', { rights: ['SU-ALLOW-ACCOUNT-ADDS'], accountsQueryType: 'all' }),
    )
    expect(create(everywhere, anAccount('n'), ['name'])).toMatch(/^allowed/u)
  })

  it('[S5] a contact is made at an account in scope only', () => {
    expect(decideCreate(rhea, hangingOn(mine), ['firstName', 'accountId']).outcome).toBe('allowed')
    expect(said(decideCreate(rhea, hangingOn(foreign), ['firstName']))).toBe(
      'denied not-found-or-out-of-scope',
    )
    expect(said(decideCreate(rhea, hangingOn(null), ['firstName']))).toBe('denied not-found-or-out-of-scope')
    expect(said(decideCreate(rhea, hangingOn(mine), ['house']))).toBe('denied server-made')
  })

  it('[S8] nobody makes somebody else’s desk', () => {
    expect(decide(rhea, 'create', none('desk', 'rhea')).outcome).toBe('allowed')
    expect(said(decide(ada, 'create', none('desk', 'rhea')))).toBe('denied not-found-or-out-of-scope')
  })
})

describe('moving', () => {
  const move = (principal: Principal, before: Row, after: Row) =>
    said(decideMove(principal, aTarget(before), aTarget(after)))

  it('[S4] neither out of one’s scope, nor into it; within it, yes', () => {
    expect(move(rhea, mine, { ...mine, repCodes: ['OTHER'] })).toBe('denied moves-out-of-scope')
    expect(move(rhea, foreign, { ...foreign, repCodes: ['DOE'] })).toBe('denied not-found-or-out-of-scope')
    expect(move(rhea, mine, { ...mine, repCodes: ['BOB'] })).toMatch(/^allowed/u)
    expect(move(ada, mine, { ...mine, repCodes: ['OTHER'] })).toMatch(/^allowed/u)
  })

  it('[S4] a contact does not leave for an account that its author cannot see', () => {
    expect(said(decideMove(rhea, hangingOn(mine), hangingOn(foreign)))).toBe('denied moves-out-of-scope')
    expect(decideMove(rhea, hangingOn(mine), hangingOn({ ...mine, id: 'a3' })).outcome).toBe('allowed')
  })
})

describe('kinds', () => {
  it('[W-24] exporting accounts needs its own right, beside seeing them', () => {
    expect(said(decideKind(rhea, 'export', 'account'))).toBe('denied not-held')
    const manager = principalOf(aWorker('max', { in: ['sales-manager'], accountsQueryType: 'all' }))
    expect(decideKind(manager, 'export', 'account').outcome).toBe('allowed')
    expect(said(decideKind(rhea, 'export', 'worker'))).toBe('denied not-held')
  })

  it('[P24] importing needs its own right, and the right to write', () => {
    expect(decideKind(boss, 'import', 'worker').outcome).toBe('allowed')
    expect(said(decideKind(boss, 'import', 'account'))).toBe('denied not-held')
    expect(said(decideKind(rhea, 'import', 'account'))).toBe('denied not-held')
  })
})
