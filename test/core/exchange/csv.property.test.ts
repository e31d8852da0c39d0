/** CSV as text. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv, writeCsv } from '../../../core/exchange/csv.ts'

test('lines are numbered as an editor shows them, over quoted line ends and blank lines', () => {
  const lines = readCsv('a,b\r\n1,"x\r\ny"\r\n\r\n,\r\n2,z\r\n')
  expect(lines.map(({ line, cells }) => [line, ...cells])).toEqual([
    [1, 'a', 'b'],
    [2, '1', 'x\r\ny'],
    [6, '2', 'z'],
  ])
})

test('a byte order mark is no content; NUL is, for whoever reads the cells to refuse', () => {
  expect(readCsv('\uFEFFa\0,b\n')).toEqual([{ line: 1, cells: ['a\0', 'b'], broken: false }])
})

test('quotes that do not close are told', () => {
  expect(readCsv('a,b\n1,"cut').map(({ broken }) => broken)).toEqual([false, true])
  expect(readCsv('a,b\n1,"x"y\n')[1]?.broken).toBe(true)
})

const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('"', ',', '\n', '\r\n', "'", '=', ' ', 'x')).map((letters) => letters.join('')),
)

test('cells come back as they were written', () => {
  const written = cell.map((text) => text.replaceAll('\0', '').toWellFormed())
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constant('key'), written, written), { minLength: 1 }), (rows) => {
      // The header fixes which line end the file has.
      const back = readCsv(writeCsv([['a', 'b', 'c'], ...rows]))
      expect(back.slice(1).map(({ cells }) => cells)).toEqual(rows)
      expect(back.every(({ broken }) => !broken)).toBe(true)
    }),
  )
})
