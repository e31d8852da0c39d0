/** CSV as text: comma-delimited, UTF-8, RFC 4180; read with either line end and a byte order mark, written with LF. */
import papa from './papaparse.js'
import { guardFormula, unguardFormula } from './formula-guard.ts'

export interface CsvLine {
  /** Where it begins in the file, from 1: what an editor shows. */
  readonly line: number
  readonly cells: readonly string[]
  /** Its quotes are not closed, or closed in the middle of a cell. */
  readonly broken: boolean
}

/** Lines without any content are left out. */
export function readCsv(text: string): CsvLine[] {
  const clean = text.replace(/^\uFEFF/, '').toWellFormed()
  const { data, errors } = papa.parse(clean, { delimiter: ',', header: false, skipEmptyLines: false })
  const broken = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row))
  const lines: CsvLine[] = []
  let line = 1
  for (const [index, cells] of data.entries()) {
    if (cells.some((cell) => cell.trim() !== '')) {
      lines.push({ line, cells: cells.map(unguardFormula), broken: broken.has(index) })
    }
    line += 1
    for (const cell of cells) line += lineEndsIn(cell)
  }
  return lines
}

/** Each row on its line, the last one ended too. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  return `${papa.unparse(
    rows.map((cells) => cells.map(guardFormula)),
    { header: false, newline: '\n' },
  )}\n`
}

function lineEndsIn(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\n|\r/g)?.length ?? 0) : 0
}
