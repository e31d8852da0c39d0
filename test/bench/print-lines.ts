/** Lines as a table that fits a terminal. */
import type { Line, Unit } from './bench.ts'
import type { Spread } from './measure.ts'

const header = ['what', 'ours', 'peer', 'ratio', 'budget', ''] as const

export function printLines(lines: readonly Line[]): void {
  const rows = lines.map(cellsOf)
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((cells) => (cells[column] ?? '').length)),
  )
  const print = (cells: readonly string[]) =>
    console.log(`  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd())
  print(header)
  for (const cells of rows) print(cells)
}

function cellsOf({ what, unit, ours, peer, budgets }: Line): readonly string[] {
  const verdicts = budgets.map((budget) => (budget.isMet(ours, peer?.figures ?? null) ? 'met' : 'MISSED'))
  return [
    what,
    describe(ours, unit),
    peer === null ? '' : `${describe(peer.figures, unit)} ${peer.name}`,
    peer === null ? '' : ratioText(ours.median / peer.figures.median, unit),
    budgets.map(({ text }) => text).join(', '),
    verdicts.includes('MISSED') ? verdicts.join(', ') : (verdicts[0] ?? ''),
  ]
}

function describe({ median, min, max }: Spread, unit: Unit): string {
  return min === max
    ? `${digits(median)} ${unit}`
    : `${digits(median)} ${unit} (${digits(min)} - ${digits(max)})`
}

/** Ours to the peer's: of rates and sizes the quotient, of times which of the two is faster. */
function ratioText(ratio: number, unit: Unit): string {
  if (unit === 'B' || unit === 'MB') return `${digits(ratio)} x as much`
  if (unit === '/s') return `${digits(ratio)} x its rate`
  return ratio < 1 ? `${digits(1 / ratio)} x faster` : `${digits(ratio)} x its time`
}

/** Three digits that mean something. */
function digits(figure: number): string {
  if (figure >= 100) return Math.round(figure).toLocaleString('en-GB')
  return String(Number(figure.toPrecision(3)))
}
