/**
 * Cells that a spreadsheet would run as formulas get one `'`, taken off again on import (GATE 36).
 *
 * A value that itself begins with `'` and then a formula gets one more, so that what goes out comes back as it was.
 */

/** `=`, `@`, tab or CR; `+` or `-` unless only digits and phone punctuation follow. */
const formula = /^'*(?:[=@\t\r]|[+-](?![\d ().\-/]*$))/

export function guardFormula(value: string): string {
  return formula.test(value) ? `'${value}` : value
}

export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}
