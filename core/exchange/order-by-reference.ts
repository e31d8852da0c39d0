/**
 * Rows in an order in which a manager, or a parent, comes before those who name it, wherever it stands in the file.
 * Rows that name each other in a circle are errors (P19).
 */
import { foldValue } from '../records/fold.ts'
import type { ImportFault, ParsedFile, ParsedRow } from './parse-csv.ts'

export interface OrderedRows {
  readonly rows: readonly ParsedRow[]
  readonly errors: readonly ImportFault[]
}

/** `idByKey` has the keys of the file's rows. Each kind names its own kind in one column at most. */
export function orderByReference(file: ParsedFile, idByKey: ReadonlyMap<string, unknown>): OrderedRows {
  const rowByKey = new Map(file.rows.map((row) => [row.foldedKey, row]))
  const above = (row: ParsedRow): ParsedRow | null => {
    const name = nameAbove(file, row)
    return name !== null && idByKey.has(name) ? (rowByKey.get(name) ?? null) : null
  }
  const placed = new Set<ParsedRow>()
  const errors: ImportFault[] = []
  for (const row of file.rows) {
    const chain = new Set<ParsedRow>()
    let next: ParsedRow | null = row
    while (next !== null && !placed.has(next) && !chain.has(next)) {
      chain.add(next)
      next = above(next)
    }
    if (next !== null && chain.has(next)) errors.push(circle(file, [...chain], next))
    for (const one of [...chain].reverse()) placed.add(one)
  }
  return { rows: [...placed], errors }
}

function selfReference(file: ParsedFile, row: ParsedRow): ParsedRow['cells'][number] | undefined {
  return row.cells.find(({ column: { type } }) => type.type === 'reference' && type.kind === file.kind)
}

function nameAbove(file: ParsedFile, row: ParsedRow): string | null {
  const cell = selfReference(file, row)
  return cell?.value.type === 'names' && cell.value.names[0] !== undefined
    ? foldValue(cell.value.names[0])
    : null
}

function circle(file: ParsedFile, chain: readonly ParsedRow[], again: ParsedRow): ImportFault {
  const round = [...chain.slice(chain.indexOf(again)), again].map(({ key }) => key)
  return {
    row: again.row,
    column: selfReference(file, again)?.column.name ?? null,
    message: `These name each other in a circle: ${round.join(' > ')}.`,
  }
}
