import { describe, expect, it } from 'vitest'
import { decide } from '../../../core/access/decide.ts'
import { type ExplainContext, explain, inOneText } from '../../../core/access/explain.ts'
import { explainedCodes, reasonTexts } from '../../../core/access/explain-texts.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { aGroup, aTarget, aWorker, anAccount, principalOf } from './organisation.ts'

const context: ExplainContext = {
  catalogue: shippedCatalogue,
  action: 'edit',
  kind: 'Account',
  title: 'Alpine',
  field: 'Phone',
}
const account = aTarget(anAccount('a1', { repCodes: ['DOE'] }))
const scope = { accountsQueryType: 'rep', repCodes: ['DOE'] } as const

describe('sentences', () => {
  it('[P25] a deny from above names who denies, to whom, and who can change it', () => {
    const groups = [
      aGroup('organization', { name: 'Organization', features: { 'SU-ALLOW-ACCOUNT-EDITS': 'deny' } }),
      aGroup('west', { name: 'West', parentId: 'organization' }),
    ]
    const decision = decide(
      principalOf(aWorker('rhea', { in: ['west'], ...scope }), groups),
      'edit',
      account,
      'phone',
    )
    const { sentence, change, remedy, chain } = explain(decision, context)
    expect(sentence).toBe(
      'You may not change Phone of the account Alpine: the group Organization denies “Allow Account Edits” to all ' +
        'groups below it, West among them.',
    )
    expect(change).toBe('Someone with “Manage worker groups” can change this.')
    expect(remedy).toBe('It takes lifting the denial in Organization, or leaving West.')
    expect(chain).toEqual([
      'The group Organization denies “Allow Account Edits” to all groups below it, West among them ' +
        '(Organization > West) [P8]',
    ])
  })

  it('[P25] an allowed edit says through what', () => {
    const decision = decide(
      principalOf(aWorker('rhea', { in: ['sales-rep'], ...scope })),
      'edit',
      account,
      'phone',
    )
    const { sentence, chain } = explain(decision, { ...context, worker: 'Rhea' })
    expect(sentence).toBe(
      'Rhea may change Phone of the account Alpine: the group Sales Rep allows “Allow Account Edits”.',
    )
    expect(chain).toHaveLength(2)
    expect(chain[1]).toContain('rep code DOE')
  })

  it('[S9] of what one cannot see it says no name', () => {
    const hidden = aTarget(anAccount('a2', { repCodes: ['ZED'], name: 'Secret' }))
    const decision = decide(principalOf(aWorker('rhea', { in: ['sales-rep'], ...scope })), 'view', hidden)
    const { title: _, field: __, ...unknown } = context
    const { sentence } = explain(decision, { ...unknown, action: 'view' })
    expect(sentence).toBe(
      'You may not see this account: there is no such record among those that this login may see.',
    )
  })

  it('names that look like placeholders stay names', () => {
    const decision = decide(principalOf(aWorker('rhea')), 'create', { kind: 'account', id: 'n', row: null })
    expect(explain(decision, { ...context, title: '{worker}', worker: '{title}' }).sentence).toContain(
      '{title} may not change Phone of the account {worker}',
    )
  })

  it.each(explainedCodes)('[P25] %s fills into a whole sentence', (code) => {
    const groups = [{ id: 'a', name: 'West' }]
    const reason = { code, rule: 'P1', feature: 'crm.export', groups, detail: 'something', changedBy: null }
    const sentence = inOneText(explain({ outcome: 'denied', reasons: [reason] }, context))
    expect(reasonTexts[code].length).toBeGreaterThan(10)
    expect(sentence).not.toMatch(/[{}]|undefined|null|\(\)|: \./u)
    expect(sentence).toMatch(
      /^You may not change Phone of the account Alpine: .+\. Nobody can change this\.$/u,
    )
  })

  it('[P25] details that are absent leave no empty brackets', () => {
    const { sentence } = explain({ outcome: 'denied', reasons: [{ code: 'cycle', rule: 'P19' }] }, context)
    expect(sentence).not.toContain('()')
  })
})
