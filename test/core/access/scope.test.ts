import { describe, expect, it } from 'vitest'
import { compile } from '../../../core/access/principal.ts'
import { restrictedBy, restrictionsOf } from '../../../core/access/restrictions.ts'
import { accountKeys, recordKeys } from '../../../core/access/scope.ts'
import type { Worker } from '../../../core/access/types.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { aWorker, anAccount, directoryOf, now } from './organisation.ts'

const keysOf = (worker: Worker, others: readonly Worker[] = []) => {
  const { scope } = compile(directoryOf([worker, ...others]), worker.id, now)
  return scope.everything ? 'everything' : [...scope.keys.keys()].sort()
}

describe('keys of an account', () => {
  it('[S1] each rep code trimmed and upper-cased, leading zeros kept; a_id, id and owner', () => {
    const row = anAccount('a1', { repCodes: [' doe ', '007', 'DOE'], aId: ' AW1 ', ownerId: 'rhea' })
    expect(accountKeys(row)).toEqual(['rep:DOE', 'rep:007', 'a:AW1', 'account:a1', 'owner:rhea'])
  })

  it('[S1] an empty code or a_id makes no key', () => {
    expect(accountKeys(anAccount('a1', { repCodes: ['', '  '], aId: ' ' }))).toEqual(['account:a1'])
  })

  it('[S5] what hangs on an account has its keys, and none without it', () => {
    const account = anAccount('a1', { repCodes: ['DOE'] })
    const contact = { id: 'c1', kind: 'contact', seq: 1, accountId: 'a1' } as const
    expect(recordKeys(kindSpecs.contact, contact, account)).toEqual(accountKeys(account))
    expect(recordKeys(kindSpecs.contact, contact, null)).toEqual([])
    expect(recordKeys(kindSpecs.desk, { id: 'rhea', kind: 'desk', seq: 1 }, null)).toEqual(['desk:rhea'])
  })
})

describe('the account filter', () => {
  const codes = { repCodes: ['doe', ' 147'], aId: 'HOUSE', mappedAccounts: ['a9'] }

  it.each([
    [null, []],
    ['my-acct', ['a:HOUSE']],
    ['rep', ['rep:147', 'rep:DOE']],
    ['mapped', ['account:a9']],
    ['all', 'everything'],
  ] as const)('[S2] [R-12] filter %s alone decides', (accountsQueryType, keys) => {
    expect(keysOf(aWorker('rhea', { ...codes, accountsQueryType }))).toEqual(keys)
  })

  it('[S2] [R-b] an empty a_id reaches nothing, also not accounts without one', () => {
    expect(keysOf(aWorker('rhea', { accountsQueryType: 'my-acct', aId: '  ' }))).toEqual([])
  })

  const reports = [
    aWorker('rob', { managerId: 'max', repCodes: ['R1'], active: false }),
    aWorker('sue', { managerId: 'rob', repCodes: ['R2'] }),
    aWorker('tom', { repCodes: ['R3'] }),
  ]

  it.each(['organization', 'partner'] as const)(
    '[S3] [U-e] user type %s widens rep to everyone below, inactive ones too',
    (userType) => {
      const max = aWorker('max', { userType, accountsQueryType: 'rep', repCodes: ['M'] })
      expect(keysOf(max, reports)).toEqual(['rep:M', 'rep:R1', 'rep:R2'])
      expect(keysOf({ ...max, accountsQueryType: 'mapped' }, reports)).toEqual([])
    },
  )

  it('[S3] no other user type is widened', () => {
    const max = aWorker('max', { userType: 'account_manager', accountsQueryType: 'rep', repCodes: ['M'] })
    expect(keysOf(max, reports)).toEqual(['rep:M'])
  })

  it('[S3] a circle of managers ends', () => {
    const a = aWorker('a', {
      managerId: 'b',
      userType: 'organization',
      accountsQueryType: 'rep',
      repCodes: ['A'],
    })
    expect(keysOf(a, [aWorker('b', { managerId: 'a', repCodes: ['B'] })])).toEqual(['rep:A', 'rep:B'])
  })

  it('[S3] the cause names whose code it is', () => {
    const max = aWorker('max', { userType: 'organization', accountsQueryType: 'rep' })
    const { scope } = compile(directoryOf([max, ...reports]), 'max', now)
    expect(scope.everything ? null : scope.keys.get('rep:R2')).toEqual({
      type: 'team-rep-code',
      code: 'R2',
      workerId: 'sue',
      workerName: 'Sue',
    })
  })
})

describe('restrictions', () => {
  const taken = (geographies: readonly string[], fields: Readonly<Record<string, unknown>>) =>
    restrictedBy(restrictionsOf(aWorker('ada', { geographies })), anAccount('a1', fields))?.code ?? 'passes'

  it.each([
    [[], {}, 'passes'],
    [['US'], { country: 'US' }, 'passes'],
    [['us'], { country: ' US ' }, 'passes'],
    [['US'], { country: 'CA' }, 'restricted-geography'],
    [['US'], {}, 'restricted-geography'],
    [['US/WA'], { country: 'US', state: 'WA' }, 'passes'],
    [['US/WA'], { country: 'US', state: 'OR' }, 'restricted-geography'],
    [['US/WA'], { country: 'US' }, 'restricted-geography'],
    [['US/WA/981'], { country: 'US', state: 'WA', zip: '98101' }, 'passes'],
    [['US/WA/981'], { country: 'US', state: 'WA', zip: '99101' }, 'restricted-geography'],
    [['CA', 'US/WA'], { country: 'US', state: 'WA' }, 'passes'],
    [['none'], { country: 'US' }, 'restricted-geography'],
    [['US/'], { country: 'US' }, 'restricted-geography'],
    [['/'], { country: '' }, 'restricted-geography'],
  ] as const)('[S7] geography %j on %j: %s', (geographies, fields, outcome) => {
    expect(taken(geographies, fields)).toBe(outcome)
  })

  it('[S7] [U-i] unset restricts nothing; none alone lets nothing pass; none beside others is nothing', () => {
    expect(restrictionsOf(aWorker('ada'))).toEqual({ campaigns: null, geographies: null, partners: null })
    expect(restrictionsOf(aWorker('ada', { campaigns: ['none'] })).campaigns).toEqual([])
    expect(restrictionsOf(aWorker('ada', { campaigns: ['Google Ads', 'none'] })).campaigns).toEqual([
      'GOOGLE ADS',
    ])
  })

  it('[S7] accounts have no campaign and no partner: these restrictions do not touch them', () => {
    const worker = aWorker('ada', { campaigns: ['none'], partners: ['none'] })
    expect(restrictedBy(restrictionsOf(worker), anAccount('a1'))).toBeNull()
  })
})
