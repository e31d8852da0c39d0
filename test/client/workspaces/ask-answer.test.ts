/** Asking about somebody else on an admin's device: the decision of core, with what both of them may know. */
import { describe, expect, test } from 'vitest'
import { makeDirectory } from '../../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../../core/access/from-rows.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { emptyRow } from '../../../core/documents/row-after-writes.ts'
import type { Kind, Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { answerOf } from '../../../client/workspaces/settings/explain/answer.ts'

const row = (kind: Kind, id: string, values: object): Row => ({ ...emptyRow(kindSpecs[kind], id), ...values })
const member = (id: string) => [{ id, from: null, until: null }]
const directory = makeDirectory(
  shippedCatalogue,
  [
    row('worker', 'rhea', {
      username: 'rhea',
      firstName: 'Rhea',
      active: true,
      accountsQueryType: 'rep',
      repCodes: ['275'],
      groups: member('north'),
    }),
  ].map(workerFromRow),
  [
    row('group', 'north', {
      code: 'north',
      name: 'North',
      type: 'user',
      enabled: true,
      features: { 'SU-ALLOW-ACCOUNT-EDITS': 'allow', 'SU-ALLOW-CUSTOMER-ADD-EDITS': 'deny' },
    }),
  ].map(groupFromRow),
  1,
)
const mine = row('account', 'a1', { name: 'Oak', repCodes: ['275'] })
const foreign = row('account', 'a2', { name: 'Elm', repCodes: ['276'] })
const ask = (asked: Parameters<typeof answerOf>[0]) => answerOf(asked, directory, 0, 'Ada')

describe('may they?', () => {
  test('[B2] of an account that is theirs, allowed; of another, what they reach and what it has', () => {
    expect(ask({ type: 'edit', workerId: 'rhea', row: mine })).toMatchObject({ outcome: 'allowed' })
    const told = ask({ type: 'edit', workerId: 'rhea', row: foreign })
    expect(told.outcome).toBe('denied')
    expect(told.explanation.sentence).toBe(
      'Rhea may not change the account Elm: this login reaches the accounts with rep code 275, and this account is not among them (its rep code is 276).',
    )
  })

  test('[P25] of a contact to add: the group that denies it, and out of reach the account', () => {
    const denied = ask({ type: 'add-contact', workerId: 'rhea', row: mine })
    expect(denied.outcome).toBe('denied')
    expect(denied.explanation.chain?.at(-1)).toMatchObject({ text: 'North', decides: true })
    expect(ask({ type: 'add-address', workerId: 'rhea', row: mine }).outcome).toBe('denied')
  })

  test('[P3] of a feature: what everybody holds, and what nothing gives', () => {
    const held = ask({ type: 'feature', workerId: 'rhea', featureId: 'crm.match' })
    expect(held).toMatchObject({ outcome: 'allowed' })
    expect(ask({ type: 'feature', workerId: 'rhea', featureId: 'settings.workers' })).toMatchObject({
      outcome: 'denied',
    })
  })

  test('[P1] of a worker who is not there: nothing is allowed', () => {
    expect(ask({ type: 'view', workerId: 'nobody', row: mine }).outcome).toBe('denied')
  })
})
