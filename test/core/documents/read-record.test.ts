import { expect, test } from 'vitest'
import { rowAfter, rowFromDoc, valueAt } from '../../../core/documents/read-record.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { docOf } from './devices.ts'

const identity = { id: 'x', seq: 4 }

test('an empty record has every declared field: null, empty sets, empty maps', () => {
  const row = rowFromDoc(kindSpecs.worker, docOf(1), identity)
  expect(Object.keys(row)).toEqual(['id', 'kind', 'seq', ...Object.keys(kindSpecs.worker.fields)])
  expect(row).toMatchObject({
    id: 'x',
    kind: 'worker',
    seq: 4,
    username: null,
    active: null,
    repCodes: [],
    groups: [],
  })
  expect(rowFromDoc(kindSpecs.group, docOf(1), identity).features).toEqual({})
  expect(rowFromDoc(kindSpecs.account, docOf(1), identity).notes).toBe(null)
})

test('sets are sorted arrays, groups a sorted list with their validity, other maps objects sorted by key', () => {
  const doc = docOf(1)
  const fields = doc.getMap('fields')
  fields.set('repCodes/9', true)
  fields.set('repCodes/275', true)
  fields.set('repCodes/a%20b', true)
  fields.set('groups/sales-rep', { until: null, from: '2026-01-01T00:00:00.000Z' })
  fields.set('groups/auditor', { from: null, until: null })
  fields.set('features/crm.export', 'deny')
  fields.set('features/crm.accounts.view', 'allow')
  const row = rowFromDoc(kindSpecs.worker, doc, identity)
  expect(row.repCodes).toEqual(['275', '9', 'a b'])
  expect(row.groups).toEqual([
    { id: 'auditor', from: null, until: null },
    { id: 'sales-rep', from: '2026-01-01T00:00:00.000Z', until: null },
  ])
  const { features } = rowFromDoc(kindSpecs.group, doc, identity)
  expect(JSON.stringify(features)).toBe('{"crm.accounts.view":"allow","crm.export":"deny"}')
})

test('[D17] what was cleared with null, or deleted, is absent', () => {
  const doc = docOf(1)
  const fields = doc.getMap('fields')
  for (const value of [true, null]) {
    fields.set('repCodes/275', value)
    fields.set('groups/auditor', value && { from: null, until: null })
    fields.set('phone', value && '1')
  }
  fields.set('jobTitle', 'Rep')
  fields.delete('jobTitle')
  expect(rowFromDoc(kindSpecs.worker, doc, identity)).toMatchObject({
    repCodes: [],
    groups: [],
    phone: null,
    jobTitle: null,
  })
  doc.getText('text:notes').insert(0, 'a')
  expect(rowFromDoc(kindSpecs.account, doc, identity).notes).toBe('a')
  doc.getText('text:notes').delete(0, 1)
  expect(rowFromDoc(kindSpecs.account, doc, identity).notes).toBe(null)
})

test('what the kind does not declare is not read, whatever it is called', () => {
  const doc = docOf(1)
  const fields = doc.getMap('fields')
  for (const key of [
    'salary',
    'id',
    'kind',
    'seq',
    '__proto__',
    'repCodes',
    'repCodes/__proto__',
    'phone/1',
  ]) {
    fields.set(key, 'forged')
  }
  const row = rowFromDoc(kindSpecs.account, doc, identity)
  expect(row).toMatchObject({ id: 'x', kind: 'account', seq: 4, repCodes: [], phone: null })
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
  expect('salary' in row).toBe(false)
})

test('13 an entry of a map may be called anything without changing the object', () => {
  const doc = docOf(1)
  doc.getMap('fields').set('views/__proto__', 'x')
  const { views } = rowFromDoc(kindSpecs.desk, doc, identity) as unknown as { views: object }
  expect(Object.getPrototypeOf(views)).toBe(null)
  expect(JSON.stringify(views)).toBe('{"__proto__":"x"}')
})

test('a value is read by its key; reading makes no roots', () => {
  const doc = docOf(1)
  expect(valueAt(doc, 'phone')).toBe(null)
  expect(valueAt(doc, 'text:notes')).toBe(null)
  expect([...doc.share.keys()]).toEqual([])
  doc.getMap('fields').set('phone', '1')
  doc.getText('text:notes').insert(0, 'b')
  doc.getText('text:notes').insert(0, 'a')
  expect(valueAt(doc, 'phone')).toBe('1')
  expect(valueAt(doc, 'text:notes')).toBe('ab')
  expect(valueAt(doc, 'toString')).toBe(null)
})

test('only what was touched is read again', () => {
  const doc = docOf(1)
  const fields = doc.getMap('fields')
  fields.set('phone', '1')
  fields.set('repCodes/275', true)
  const before = { ...rowFromDoc(kindSpecs.account, doc, identity), zip: 'as it was' }
  fields.set('phone', '2')
  fields.set('repCodes/9', true)
  doc.getText('text:notes').insert(0, 'a')
  expect(
    rowAfter(kindSpecs.account, doc, before, ['phone', 'repCodes/9', 'text:notes', 'salary'], 5),
  ).toEqual({
    ...before,
    seq: 5,
    phone: '2',
    repCodes: ['275', '9'],
    notes: 'a',
  })
})
