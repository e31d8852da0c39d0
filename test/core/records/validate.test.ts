/** D8: what fits a field and what does not. */
import { describe, expect, test } from 'vitest'
import { catalogueWith, shippedCatalogue } from '../../../core/catalogue/features.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { validateRow, validateValue } from '../../../core/records/validate.ts'

function check(kind: Kind, field: string, value: unknown) {
  const spec = kindSpecs[kind].fields[field]
  if (spec === undefined) throw new Error(`no field ${field}`)
  return validateValue(spec, value, shippedCatalogue)
}

const fits: readonly [Kind, string, unknown][] = [
  ['account', 'name', 'Ä'],
  ['account', 'name', 'x'.repeat(200)],
  ['account', 'phone', 'call the porter, then 12#'],
  ['account', 'phone', 'x'.repeat(60)],
  ['account', 'phone', null],
  ['account', 'phone', ''],
  ['account', 'accountKind', 'individual'],
  ['account', 'annualSales', 0.5],
  ['account', 'yearOpened', 1999],
  ['account', 'repCodes', []],
  ['account', 'repCodes', ['007', 'DOE']],
  ['account', 'ownerId', '3f6b1d2e-0000-4000-8000-000000000000'],
  ['account', 'notes', 'x'.repeat(100_000)],
  ['contact', 'email', 'a@b'],
  ['contact', 'email', '用户@例え.jp'],
  ['worker', 'username', 'Zoë Ω'],
  ['worker', 'active', false],
  ['worker', 'validFrom', '2026-01-31T00:00:00.000Z'],
  ['worker', 'rights', ['SU-ALLOW-ACCOUNT-EDITS', 'crm.impersonate']],
  ['worker', 'groups', [{ id: 'sales-rep', from: null, until: '2026-01-31T00:00:00.000Z' }]],
  ['worker', 'groups', [{ id: 'sales-rep' }]],
  ['group', 'features', { 'workspace.crm': 'deny', 'crm.match': 'allow' }],
  ['settings', 'customRights', { 'x.y': { label: 'X', workspace: 'crm' } }],
  ['settings', 'passwordLengthMin', 16],
  ['label-set', 'labels', { 'account.phone': 'x'.repeat(60) }],
  ['board', 'notices', { n1: { title: 'T', body: '', at: '2026-01-31T00:00:00.000Z' } }],
]

const invalid: readonly [Kind, string, unknown, string][] = [
  ['account', 'name', 'x'.repeat(201), '200'],
  ['account', 'name', 7, 'text'],
  ['account', 'phone', 'x'.repeat(61), '60'],
  ['account', 'accountKind', 'club', 'company, individual'],
  ['account', 'annualSales', Number.NaN, 'number'],
  ['account', 'annualSales', '12', 'number'],
  ['account', 'annualSales', -1, 'between'],
  ['account', 'employees', 1.5, 'whole'],
  ['account', 'repCodes', '275', 'list'],
  ['account', 'repCodes', [''], 'empty'],
  ['account', 'repCodes', ['x'.repeat(33)], '32'],
  ['account', 'repCodes', Array.from({ length: 51 }, (_, index) => `c${index}`), '50'],
  ['account', 'ownerId', 'a/b', 'worker'],
  ['account', 'ownerId', {}, 'worker'],
  ['account', 'notes', 'x'.repeat(100_001), '100000'],
  ['contact', 'email', 'ab', '@'],
  ['contact', 'email', 'a@b@c', '@'],
  ['contact', 'email', 'a @b', 'blanks'],
  ['contact', 'email', '@b', '@'],
  ['worker', 'active', 'yes', 'on or off'],
  ['worker', 'validFrom', '2026-01-31', 'UTC'],
  ['worker', 'validFrom', '2026-02-31T00:00:00.000Z', 'UTC'],
  ['worker', 'validFrom', 1_700_000_000_000, 'UTC'],
  ['worker', 'rights', ['SU-ALLOW-ACCOUNT-EDIT'], 'SU-ALLOW-ACCOUNT-EDIT'],
  ['worker', 'rights', ['workspace.crm'], 'workspace.crm'],
  ['worker', 'groups', [{ id: 'sales rep', from: null, until: null }], 'group'],
  ['worker', 'groups', [{ id: 'sales-rep', from: 'soon', until: null }], 'sales-rep'],
  ['worker', 'groups', [{ id: 'sales-rep', from: null, until: null, more: 1 }], 'nothing but'],
  ['worker', 'groups', [null], 'empty'],
  ['worker', 'groups', {}, 'list'],
  ['group', 'features', { 'crm.match': 'maybe' }, 'allow or deny'],
  ['group', 'features', { 'crm.mach': 'allow' }, 'crm.mach'],
  ['group', 'features', ['crm.match'], 'list of entries'],
  ['settings', 'customRights', { 'x.y': { label: { deep: true } } }, 'a label and a workspace for x.y'],
  ['settings', 'customRights', { 'x.y': { label: 'X', workspace: 'moon' } }, 'crm, product'],
  ['settings', 'customRights', { 'x.y': { label: 'X', workspace: 'crm', more: 1 } }, 'nothing else'],
  ['settings', 'customRights', { 'x y;': { label: 'X', workspace: 'crm' } }, 'x y;'],
  ['settings', 'customRights', { 'crm.match': { label: 'X', workspace: 'crm' } }, 'already'],
  ['settings', 'customRights', { 'workspace.crm': { label: 'X', workspace: 'crm' } }, 'already'],
  ['settings', 'passwordLengthMin', 11, 'between 12'],
  ['label-set', 'labels', { 'account.phone': 'x'.repeat(61) }, '60'],
  ['label-set', 'labels', { 'account.phone': ' ' }, 'say something'],
  ['board', 'notices', { n1: { title: ' ', body: '', at: '2026-01-31T00:00:00.000Z' } }, 'title'],
  [
    'board',
    'notices',
    { n1: { title: 'T', body: 'x'.repeat(2_001), at: '2026-01-31T00:00:00.000Z' } },
    '2000',
  ],
  ['board', 'notices', { n1: { title: 'T', body: '', at: 'today' } }, 'nothing but'],
  [
    'board',
    'notices',
    { n1: { title: 'T', body: '', at: '2026-01-31T00:00:00.000Z', by: 'x' } },
    'nothing but',
  ],
]

describe('values', () => {
  test.each(fits)('[D8] %s.%s may be %j', (kind, field, value) => {
    expect(check(kind, field, value)).toEqual({ ok: true })
  })

  test.each(invalid)('[D8] %s.%s may not be %j', (kind, field, value, hint) => {
    expect(check(kind, field, value)).toEqual({
      ok: false,
      code: 'value-invalid',
      message: expect.stringContaining(hint),
    })
  })

  test.each([
    ['account', 'name', null],
    ['account', 'name', undefined],
    ['account', 'name', '   '],
    ['contact', 'accountId', null],
    ['worker', 'active', null],
  ] as const)('[D8] %s.%s is required, and %j is nothing', (kind, field, value) => {
    expect(check(kind, field, value)).toMatchObject({ ok: false, code: 'value-required' })
  })

  test('[R-08] a custom right is a right like any other where it is registered, and nowhere else', () => {
    const { rights } = kindSpecs.worker.fields
    const custom = catalogueWith([{ id: 'SU-OURS', workspace: 'crm', label: 'Ours', right: true }])
    expect(rights && validateValue(rights, ['SU-OURS'], custom).ok).toBe(true)
    expect(rights && validateValue(rights, ['SU-OURS'], shippedCatalogue).ok).toBe(false)
  })

  test('a long value is not repeated in its message', () => {
    const check = validateValue(
      { label: 'Rights', type: { type: 'set', entry: { type: 'feature' }, max: 9 } },
      ['x'.repeat(9_999)],
      shippedCatalogue,
    )
    expect(check.ok ? '' : check.message.length).toBeLessThan(200)
  })
})

describe('rows', () => {
  const row = { id: 'a1', kind: 'account', seq: 0, name: '', accountKind: 'club', active: true } as const

  test('[D8] every field that does not fit is told, with its name', () => {
    const reasons = validateRow(kindSpecs.account, row, shippedCatalogue)
    expect(reasons.map(({ code, rule, field }) => [code, rule, field])).toEqual([
      ['value-required', 'D8', 'name'],
      ['value-invalid', 'D8', 'accountKind'],
    ])
    expect(reasons[0]?.detail).toBe('Name is required.')
  })

  test('[D8] asked for touched fields it looks at these alone', () => {
    const touched = (...names: string[]) =>
      validateRow(kindSpecs.account, row, shippedCatalogue, new Set(names))
    expect(touched('accountKind', 'phone')).toHaveLength(1)
    expect(touched('phone')).toEqual([])
  })
})
