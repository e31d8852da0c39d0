/** What a denial tells beside its rule: what nearly allowed it, who may change it, and what would make it allowed. */
import { describe, expect, it } from 'vitest'
import { changersFromJson, changersOf, changersToJson } from '../../../core/access/changers.ts'
import { decide } from '../../../core/access/decide.ts'
import { decideUnseen } from '../../../core/access/decide-unseen.ts'
import { makeDirectory } from '../../../core/access/directory.ts'
import { type ExplainContext, explain, explainUnseen } from '../../../core/access/explain.ts'
import { compile } from '../../../core/access/principal.ts'
import { whyOutOfReach } from '../../../core/access/reach.ts'
import type { Worker } from '../../../core/access/types.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import {
  aGroup,
  anAccount,
  aTarget,
  aWorker,
  day,
  member,
  now,
  principalOf,
  shippedGroups,
} from './organisation.ts'

const context: ExplainContext = {
  catalogue: shippedCatalogue,
  action: 'edit',
  kind: 'Account',
  title: 'Alpine',
  worker: 'Rhea',
}
const mine = aTarget(anAccount('a1', { repCodes: ['275'] }))
const scope = { accountsQueryType: 'rep', repCodes: ['275'] } as const
const toldOf = (worker: Worker, groups = shippedGroups) =>
  explain(decide(principalOf(worker, groups), 'edit', mine), context)

describe('what nearly allowed it', () => {
  it('[P25] [P5] a membership that is over is named with its day', () => {
    const rhea = aWorker('rhea', {
      ...scope,
      memberships: [member('sales-rep', null, Date.UTC(1970, 0, 1) - day)],
    })
    expect(toldOf(rhea)).toMatchObject({
      sentence:
        'Rhea may not change the account Alpine: the membership in Sales Rep, which allows “Allow Account Edits”, ' +
        'ended on 1969-12-31.',
      remedy: 'It takes a later end of the membership in Sales Rep.',
    })
  })

  it('[P25] [P5] one that has not begun is named with its day; one that has begun allows', () => {
    const from = now + 3 * day
    const rhea = aWorker('rhea', { ...scope, memberships: [member('sales-rep', from, null)] })
    expect(toldOf(rhea).sentence).toMatch(/begins on \d{4}-\d\d-\d\d/)
    const begun = aWorker('rhea', { ...scope, memberships: [member('sales-rep', now, null)] })
    expect(toldOf(begun).sentence).toMatch(/^Rhea may change/)
  })

  it('[P25] [P11] a disabled group is named, and the one above it that is disabled', () => {
    const groups = [
      aGroup('field', { name: 'Field', enabled: false }),
      aGroup('north', {
        name: 'North',
        parentId: 'field',
        features: { 'SU-ALLOW-ACCOUNT-EDITS': 'allow' },
      }),
    ]
    const told = toldOf(aWorker('rhea', { ...scope, in: ['north'] }), groups)
    expect(told.sentence).toContain(
      'the group North allows “Allow Account Edits”, but Field above it is disabled',
    )
    expect(told.remedy).toBe('It takes enabling the group Field again.')
    expect(told.chain).toHaveLength(2)
    const own = [
      aGroup('off', { name: 'Off', enabled: false, features: { 'SU-ALLOW-ACCOUNT-EDITS': 'allow' } }),
    ]
    expect(toldOf(aWorker('rhea', { ...scope, in: ['off'] }), own).sentence).toContain(
      'the group Off allows “Allow Account Edits”, but is disabled',
    )
  })

  it('[P2] a denial of another group is told before what nearly allowed it', () => {
    const groups = [
      aGroup('off', { enabled: false, features: { 'SU-ALLOW-ACCOUNT-EDITS': 'allow' } }),
      aGroup('strict', { name: 'Strict', features: { 'SU-ALLOW-ACCOUNT-EDITS': 'deny' } }),
    ]
    expect(toldOf(aWorker('rhea', { ...scope, in: ['off', 'strict'] }), groups).sentence).toContain(
      'Strict denies',
    )
  })

  it('[P25] several denials have each to be lifted', () => {
    const groups = ['a', 'b'].map((id) =>
      aGroup(id, { name: id.toUpperCase(), features: { 'SU-ALLOW-ACCOUNT-EDITS': 'deny' } }),
    )
    expect(toldOf(aWorker('rhea', { ...scope, in: ['a', 'b'] }), groups).remedy).toBe(
      'It takes lifting the denial in A, or leaving that group. It takes lifting the denial in B, or leaving that group.',
    )
  })
})

describe('who may change it', () => {
  const people = (...ids: readonly string[]) =>
    ids.map((id) => aWorker(id, { rights: ['settings.workers'], name: id.toUpperCase() }))
  const changeFor = (workers: readonly Worker[], asker = 'rhea') => {
    const all = [aWorker('rhea', scope), ...workers]
    const directory = makeDirectory(shippedCatalogue, all, shippedGroups, 1)
    const changers = changersFromJson(
      JSON.parse(JSON.stringify(changersToJson(changersOf(directory, now)))) as never,
    )
    const decision = decide(compile(directory, 'rhea', now), 'edit', mine)
    return explain(decision, { ...context, changers, workerId: asker }).change
  }

  it('[P25] is told by name, few of them', () => {
    expect(changeFor(people('ada'))).toBe('ADA can change this.')
    expect(changeFor(people('ada', 'bea'))).toBe('ADA or BEA can change this.')
    expect(changeFor(people('cy', 'bea', 'ada'))).toBe('ADA, BEA or one other can change this.')
    expect(changeFor(people('ada', 'bea', 'cy', 'dee', 'eli'))).toBe('ADA, BEA or 3 others can change this.')
  })

  it('[P14] [P25] nobody is told to ask themself', () => {
    expect(changeFor(people('ada', 'bea'), 'ada')).toBe('BEA can change this.')
    expect(changeFor(people('ada', 'bea', 'cy'), 'ada')).toBe('BEA or CY can change this.')
  })

  it('[P25] without names the feature is told; where nobody may, that', () => {
    expect(changeFor([])).toBe('Someone with “Manage workers” can change this.')
    const house = {
      kind: 'contact',
      id: 'house-a1',
      row: { id: 'house-a1', kind: 'contact', seq: 1 },
    } as const
    const decision = decide(principalOf(aWorker('rhea', { in: ['sales-rep'], ...scope })), 'edit', {
      ...house,
      row: { ...house.row, house: true },
      account: mine.row,
    })
    expect(explain(decision, context).change).toBe('Nobody can change this.')
  })
})

describe('why it cannot be seen', () => {
  it('[S4] who may see both is told what the login reaches and what the account has', () => {
    const rhea = principalOf(aWorker('rhea', { in: ['sales-rep'], ...scope }))
    const reason = whyOutOfReach(rhea, aTarget(anAccount('a2', { repCodes: ['276'] })))
    expect(explain({ outcome: 'denied', reasons: reason === null ? [] : [reason] }, context).sentence).toBe(
      'Rhea may not change the account Alpine: this login reaches the accounts with rep code 275, and this account is ' +
        'not among them (its rep code is 276).',
    )
    expect(whyOutOfReach(rhea, mine)).toBeNull()
  })

  it('[S7] and which areas the login is restricted to', () => {
    const lim = principalOf(aWorker('lim', { in: ['sales-rep'], ...scope, geographies: ['US/WA'] }))
    const account = aTarget(anAccount('a1', { repCodes: ['275'], country: 'CA', state: 'ON' }))
    const reason = whyOutOfReach(lim, account)
    expect(
      explain({ outcome: 'denied', reasons: reason === null ? [] : [reason] }, context).sentence,
    ).toContain('restricted to certain areas (US/WA), and this account is in none of them (CA/ON)')
  })

  it('[P27] [S9] a name typed by hand is answered from the asker alone', () => {
    const rhea = principalOf(aWorker('rhea', { in: ['sales-rep'], ...scope }))
    const decision = decideUnseen(rhea, 'account')
    expect(explainUnseen(decision, 'Bike World', { ...context, action: 'view' }).sentence).toBe(
      'Rhea may not see any account called “Bike World”: there is none, or it lies outside what this login reaches ' +
        '(the accounts with rep code 275).',
    )
  })

  it('[P27] whoever may see no account at all hears that; whoever sees all hears that there is none', () => {
    const barred = principalOf(aWorker('eve', { in: ['none'] }), [
      aGroup('none', { features: { 'crm.accounts.view': 'deny' } }),
    ])
    expect(decideUnseen(barred, 'account').reasons[0]?.code).toBe('denied-by-group')
    const all = principalOf(aWorker('ada', { accountsQueryType: 'all' }))
    expect(decideUnseen(all, 'account').reasons[0]?.code).toBe('not-found-or-out-of-scope')
  })
})
