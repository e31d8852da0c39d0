import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fieldKey,
  fieldSpecOf,
  isPossibleKey,
  splitFieldKey,
  textKey,
} from '../../../core/documents/field-key.ts'
import { kindSpecs } from '../../../core/records/registry.ts'

const { account, worker } = kindSpecs

test('[D6] an entry is percent-encoded into its key, and read back', () => {
  expect(fieldKey('repCodes', '275')).toBe('repCodes/275')
  expect(fieldKey('favourites', 'account/a 1')).toBe('favourites/account%2Fa%201')
  expect(splitFieldKey('favourites/account%2Fa%201')).toEqual({ field: 'favourites', entry: 'account/a 1' })
  expect(splitFieldKey('phone')).toEqual({ field: 'phone', entry: null })
  expect(splitFieldKey(textKey('notes'))).toEqual({ field: 'notes', entry: null })
})

test('[D6] every entry has one key, and every key one entry', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), (entry) => {
      expect(splitFieldKey(fieldKey('repCodes', entry))).toEqual({
        field: 'repCodes',
        entry: entry.toWellFormed(),
      })
    }),
  )
})

test.each(['repCodes/a b', 'repCodes/%61', 'repCodes/%', 'repCodes/', 'repCodes/a/b', 'repCodes/%2f'])(
  '[D4] "%s" is no key of a set: another spelling would be another entry',
  (key) => {
    expect(splitFieldKey(key)).toEqual({ field: key, entry: null })
    expect(isPossibleKey(account, key)).toBe(false)
    expect(fieldSpecOf(account, key)).toBe(null)
  },
)

test('a key falls under the declaration of its field, in the shape that the field has', () => {
  expect(fieldSpecOf(account, 'phone')?.label).toBe('Phone')
  expect(fieldSpecOf(account, 'repCodes/275')?.label).toBe('Rep codes')
  expect(fieldSpecOf(account, 'text:notes')?.label).toBe('Notes')
  expect(fieldSpecOf(worker, 'groups/sales-rep')?.label).toBe('Worker groups')
  for (const key of [
    'repCodes',
    'phone/1',
    'notes',
    'text:phone',
    'text:repCodes',
    'salary',
    'toString',
    '__proto__',
  ]) {
    expect(fieldSpecOf(account, key)).toBe(null)
  }
})
