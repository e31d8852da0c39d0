/** A file whose columns are renamed is the same file below its header. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv, writeCsv } from '../../../core/exchange/csv.ts'
import { splitHeader, writeHeader } from '../../../core/exchange/file-header.ts'

const renamed = (text: string, names: readonly string[]) => {
  const split = splitHeader(text)
  return split === null ? null : writeHeader(names, split) + split.below
}

test('the header is read and replaced; what is below stays as it was, broken quotes and all', () => {
  for (const end of ['\n', '\r\n']) {
    const below = `1,"x, y"${end}2,"cut`
    expect(splitHeader(`\uFEFFFirst name,"Last, name"${end}${below}`)).toEqual({
      header: ['First name', 'Last, name'],
      above: '',
      ends: end,
      below,
    })
    expect(renamed(`First name,"Last, name"${end}${below}`, ['c_f_nm', 'c_l_nm'])).toBe(
      `c_f_nm,c_l_nm${end}${below}`,
    )
  }
  expect(renamed('a,b', ['x', 'y'])).toBe('x,y')
  expect(renamed('a,b\n', ['x', 'y'])).toBe('x,y\n')
  expect([splitHeader(''), splitHeader('\n \n')]).toEqual([null, null])
})

test('rows keep their numbers, whatever stands in or above the header', () => {
  const text = '\n,\n"First\nname",b\n1,2\n'
  expect(splitHeader(text)?.header).toEqual(['First\nname', 'b'])
  const before = readCsv(text).at(-1)
  expect(readCsv(renamed(text, ['x', 'y']) ?? '').at(-1)).toEqual(before)
})

test('any rows come back under other names', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('"', ',', '\n', ' ', 'x')).map((all) => all.join('')),
  )
  const rows = fc.array(fc.tuple(fc.constant('key'), cell), { minLength: 1 })
  fc.assert(
    fc.property(fc.tuple(fc.constant('k'), cell), rows, (header, lines) => {
      const text = writeCsv([header, ...lines])
      expect(splitHeader(text)?.header).toEqual(header)
      const back = readCsv(renamed(text, ['x', 'y']) ?? '')
      const was = readCsv(text)
      expect(back[0]?.cells).toEqual(['x', 'y'])
      expect(back.slice(1)).toEqual(was.slice(1))
    }),
  )
})
