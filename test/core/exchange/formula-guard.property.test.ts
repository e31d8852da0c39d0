/** GATE 36: cells that a spreadsheet would run. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardFormula, unguardFormula } from '../../../core/exchange/formula-guard.ts'

test.each(['=1+1', '@SUM(A1)', '\t=1', '\r=1', '+cmd', '-2+3', '-cmd|x', '+1 e', "'=1", "''@x"])(
  '[GATE 36] %j goes out with one more apostrophe, which comes off again',
  (value) => {
    expect(guardFormula(value)).toBe(`'${value}`)
    expect(unguardFormula(`'${value}`)).toBe(value)
  },
)

test.each(['+49 (0)89 123-45', '-89.79', '- 5', 'a=b', "'", "O'Neil", "'tis", '', '1 (11) 500 555-0131'])(
  '[GATE 36] %j goes out and comes in as it is',
  (value) => {
    expect(guardFormula(value)).toBe(value)
    expect(unguardFormula(value)).toBe(value)
  },
)

const anyValue = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom("'", '=', '+', '-', '@', '1', ' ', '\t', '\r', 'x'))
    .map((letters) => letters.join('')),
)

test('what goes out comes back as it was', () => {
  fc.assert(fc.property(anyValue, (value) => unguardFormula(guardFormula(value)) === value))
})

test('nothing that goes out begins like a formula', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(guardFormula(value)).not.toMatch(/^[=@\t\r]|^[+-](?=.*[^\d ().\-/])/s)
    }),
  )
})
