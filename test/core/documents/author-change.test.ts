import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { authorUpdate } from '../../../core/documents/author-change.ts'
import { changesOf, valuesAt } from '../../../core/documents/changes-of.ts'
import { checkStructure } from '../../../core/documents/check-structure.ts'
import { openDocument } from '../../../core/documents/open-document.ts'
import { rowFromDoc, valueAt } from '../../../core/documents/read-record.ts'
import { spliceBetween } from '../../../core/documents/splice-between.ts'
import { writesFor } from '../../../core/documents/writes-for.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { parsed, spec } from './devices.ts'

const rhea = 7

describe('authorUpdate', () => {
  test('is one transaction of the lease, whole and sound, and says what it changed', () => {
    const doc = openDocument()
    authorUpdate(doc, rhea, [{ field: 'name', value: 'Bikes' }])
    const base = Y.encodeStateAsUpdate(doc)
    const { update, changes } = authorUpdate(doc, rhea, [
      { field: 'name', value: 'Cars' },
      { field: 'text:notes', value: 'hello' },
      { field: 'phone', value: '1' },
    ])
    expect(changes).toEqual([
      { field: 'name', old: 'Bikes', new: 'Cars' },
      { field: 'text:notes', old: null, new: 'hello' },
      { field: 'phone', old: null, new: '1' },
    ])
    const server = openDocument([base])
    expect(checkStructure(server, spec, parsed(update), rhea)).toMatchObject({
      ok: true,
      touches: ['name', 'text:notes', 'phone'],
    })
    Y.applyUpdate(server, update)
    expect(Y.encodeStateAsUpdate(server)).toEqual(Y.encodeStateAsUpdate(doc))
  })
  test('leaves out what is so already; the last write of a field counts', () => {
    const doc = openDocument()
    authorUpdate(doc, rhea, [{ field: 'groups/a', value: { from: null, until: 'x' } }])
    const same = authorUpdate(doc, rhea, [
      { field: 'groups/a', value: { until: 'x', from: null } },
      { field: 'phone', value: null },
      { field: 'text:notes', value: '' },
    ])
    expect(same.changes).toEqual([])
    expect(parsed(same.update)).toEqual({ groups: [], deletes: [] })
    const twice = authorUpdate(doc, rhea, [
      { field: 'phone', value: '1' },
      { field: 'phone', value: '2' },
    ])
    expect(twice.changes).toEqual([{ field: 'phone', old: null, new: '2' }])
    expect(parsed(twice.update).groups[0]?.structs.length).toBe(1)
  })
  test('[D17] clearing writes null, it does not delete', () => {
    const doc = openDocument()
    authorUpdate(doc, rhea, [{ field: 'phone', value: '1' }])
    const { update } = authorUpdate(doc, rhea, [{ field: 'phone', value: null }])
    expect(parsed(update).groups[0]?.structs[0]).toMatchObject({ content: { type: 'any', values: [null] } })
  })
  test('writes what the wire can carry: whole characters, no NUL, no minus zero', () => {
    const doc = openDocument()
    const { update, changes } = authorUpdate(doc, rhea, [
      { field: 'name', value: 'a\0b\ud800' },
      { field: 'employees', value: -0 },
      { field: 'groups/a', value: { from: 'x\0', until: null } },
      { field: 'text:notes', value: 'c\0\udc00' },
    ])
    expect(changes.map((change) => change.new)).toEqual([
      'ab\ufffd',
      0,
      { from: 'x', until: null },
      'c\ufffd',
    ])
    expect(checkStructure(openDocument(), spec, parsed(update), rhea)).toMatchObject({ ok: true })
  })
  test('[L7] throws when Yjs has taken another id, so that nothing is sent under two', () => {
    const doc = openDocument()
    doc.on('afterTransaction', () => {
      doc.clientID = 8
    })
    expect(() => authorUpdate(doc, rhea, [{ field: 'phone', value: '1' }])).toThrow('lease')
  })
  test('[L7] a view carries the id of nobody: what is written on it is foreign to everybody', () => {
    const silent = vi.spyOn(console, 'log').mockImplementation(() => {})
    const doc = openDocument()
    doc.getMap('fields').set('phone', '1')
    const update = parsed(Y.encodeStateAsUpdate(doc))
    for (const lease of [0, rhea, null]) {
      expect(checkStructure(openDocument(), spec, update, lease)).toEqual({
        ok: false,
        fault: 'foreign-client',
      })
    }
    silent.mockRestore()
  })
  test('any text becomes any other, in a few pieces and without cutting a character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '👍🏽', 'é') })),
        (texts) => {
          const doc = openDocument()
          for (const text of texts) {
            const { update } = authorUpdate(doc, rhea, [{ field: 'text:notes', value: text }])
            expect(parsed(update).groups[0]?.structs.length ?? 0).toBeLessThanOrEqual(1)
            expect(valueAt(doc, 'text:notes')).toBe(text === '' ? null : text)
          }
        },
      ),
    )
  })
})

describe('spliceBetween', () => {
  test.each([
    ['hello', 'help', { at: 3, remove: 2, insert: 'p' }],
    ['price 100 EUR', 'price 250 EUR', { at: 6, remove: 2, insert: '25' }],
    ['aaa', 'aa', { at: 2, remove: 1, insert: '' }],
    ['', 'a', { at: 0, remove: 0, insert: 'a' }],
    ['x😀', 'x😁', { at: 1, remove: 2, insert: '😁' }],
    ['😀😀', '😀', { at: 2, remove: 2, insert: '' }],
  ])('"%s" to "%s"', (old, next, splice) => {
    expect(spliceBetween(old, next)).toEqual(splice)
  })
  test('two characters that share their second half are two characters', () => {
    // U+1F600 and U+2F600 end in the same unit.
    const [old, next] = ['\u{1f600}', '\u{2f600}']
    expect(old.charCodeAt(1)).toBe(next.charCodeAt(1))
    expect(spliceBetween(old, next)).toEqual({ at: 0, remove: 2, insert: next })
  })
  test('gives the other text, always', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '\u{2f600}') })
    fc.assert(
      fc.property(text, text, (old, next) => {
        const { at, remove, insert } = spliceBetween(old, next)
        expect(old.slice(0, at) + insert + old.slice(at + remove)).toBe(next)
        for (const part of [old.slice(0, at), old.slice(at + remove), insert])
          expect(part.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('writesFor', () => {
  const { account, worker, group, desk } = kindSpecs
  const write = (doc: Y.Doc, kind: keyof typeof kindSpecs, values: object, isNew = false) => {
    const old = isNew ? null : rowFromDoc(kindSpecs[kind], doc, { id: 'x', seq: 0 })
    authorUpdate(doc, rhea, writesFor(kindSpecs[kind], old, values as never))
    return rowFromDoc(kindSpecs[kind], doc, { id: 'x', seq: 0 })
  }
  test('a new record has its declared defaults, unless its author says otherwise', () => {
    expect(writesFor(account, null, { name: 'Bikes' })).toEqual([
      { field: 'name', value: 'Bikes' },
      { field: 'accountKind', value: 'company' },
      { field: 'active', value: true },
    ])
    expect(writesFor(account, null, { active: false, accountKind: 'individual' })).toEqual([
      { field: 'active', value: false },
      { field: 'accountKind', value: 'individual' },
    ])
  })
  test('an old record gets what differs, and its own id, kind and seq are no fields', () => {
    const doc = openDocument()
    const row = write(doc, 'account', { name: 'Bikes', repCodes: ['1', '2'], notes: 'x' }, true)
    expect(writesFor(account, row, { ...row })).toEqual([])
    expect(writesFor(account, row, { ...row, phone: '1', notes: '', name: ' ' })).toEqual([
      { field: 'name', value: null },
      { field: 'phone', value: '1' },
      { field: 'text:notes', value: null },
    ])
    expect(writesFor(account, row, { repCodes: ['2', '3 a'] })).toEqual([
      { field: 'repCodes/1', value: null },
      { field: 'repCodes/3%20a', value: true },
    ])
    expect(writesFor(account, row, { repCodes: undefined })).toEqual([])
    expect(writesFor(account, row, { repCodes: null })).toHaveLength(2)
  })
  test('maps come as a list with ids, or as an object', () => {
    const doc = openDocument()
    const groups = [
      { id: 'auditor', from: null, until: null },
      { id: 'sales-rep', from: null, until: '2026-12-31T00:00:00.000Z' },
    ]
    expect(write(doc, 'worker', { groups }, true).groups).toEqual(groups)
    expect(write(doc, 'worker', { groups: groups.slice(1) }).groups).toEqual(groups.slice(1))
    const row = write(doc, 'worker', { groups: [{ id: 'sales-rep', from: null, until: null }] })
    expect(row.groups).toEqual([{ id: 'sales-rep', from: null, until: null }])
    expect(writesFor(worker, row, { groups: row.groups })).toEqual([])

    const features = openDocument()
    write(features, 'group', { features: { 'crm.export': 'deny', 'crm.match': 'allow' } }, true)
    expect(write(features, 'group', { features: { 'crm.export': 'allow' } }).features).toEqual({
      'crm.export': 'allow',
    })
    expect(
      writesFor(group, null, { features: { 'crm.export': null } }).map((one) => one.field),
    ).not.toContain('features/crm.export')
    expect(writesFor(desk, null, { favourites: ['account/1'] })).toEqual([
      { field: 'favourites/account%2F1', value: true },
    ])
  })
  test('a field that the kind does not have is a mistake of the caller', () => {
    expect(() => writesFor(account, null, { salary: 1 })).toThrow('salary')
    expect(() => writesFor(account, null, { toString: 1 })).toThrow('toString')
  })
})

test('[D9] changes are told by value, in the order asked', () => {
  const doc = openDocument()
  const keys = ['phone', 'name', 'groups/a', 'text:notes']
  authorUpdate(doc, rhea, [
    { field: 'name', value: 'Bikes' },
    { field: 'groups/a', value: { from: null, until: null } },
  ])
  const before = valuesAt(doc, keys)
  authorUpdate(doc, rhea, [
    { field: 'text:notes', value: 'x' },
    { field: 'phone', value: '1' },
  ])
  doc.getMap('fields').set('groups/a', { until: null, from: null })
  expect(changesOf(before, valuesAt(doc, keys))).toEqual([
    { field: 'phone', old: null, new: '1' },
    { field: 'text:notes', old: null, new: 'x' },
  ])
})
