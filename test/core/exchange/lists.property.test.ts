/** Several values in one cell. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readList, writeList } from '../../../core/exchange/lists.ts'

test('[R-23] values are separated by semicolons, trimmed, empty ones and duplicates left out', () => {
  expect(readList(' A ;B;;A; C,D ')).toEqual(['A', 'B', 'C,D'])
  expect(readList('')).toEqual([])
})

test('rep codes may be separated by commas, but not where there is a semicolon', () => {
  expect(readList('DOE, BOB,147', true)).toEqual(['DOE', 'BOB', '147'])
  expect(readList('DOE;BOB,147', true)).toEqual(['DOE', 'BOB,147'])
})

test('one code with a comma does not come back as two', () => {
  expect(readList(writeList(['A,B'], true), true)).toEqual(['A,B'])
})

const entry = fc
  .array(fc.constantFrom('a', 'b', ';', ',', '\\', ' ', 'ä'), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join('').trim())
  .filter((text) => text !== '')

test('what is written is read back, whatever is in it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { maxLength: 5 }), fc.boolean(), (entries, commas) => {
      expect(readList(writeList(entries, commas), commas)).toEqual(entries)
    }),
  )
})
