/** The first line of a file: for each of its cells the column of ours that it names. */
import type { FieldSpec } from '../records/kind-spec.ts'
import { kindSpecs } from '../records/registry.ts'
import type { Column, ColumnMap } from './column.ts'
import type { CsvLine } from './csv.ts'
import type { ImportFault } from './parse-csv.ts'

export type FileColumn =
  | { readonly type: 'field'; readonly column: Column; readonly field: FieldSpec }
  /** What is no field: a password, or whether it is to be set (R-h). */
  | { readonly type: 'password'; readonly name: string }
  | { readonly type: 'change-password'; readonly name: string }

export interface Header {
  /** For each cell of a line its column; null for one that is left. */
  readonly columns: readonly (FileColumn | null)[]
  readonly errors: readonly ImportFault[]
}

export function readHeader(map: ColumnMap, { line: row, cells }: CsvLine, ignore: readonly string[]): Header {
  const errors: ImportFault[] = []
  const left = new Set(ignore.map(foldHeader))
  const seen = new Set<string>()
  const columns = cells.map((cell): FileColumn | null => {
    const name = foldHeader(cell)
    if (left.has(name)) return null
    const column = columnNamed(map, name)
    if (column === null) {
      errors.push({ row, column: cell.trim(), message: unknownColumn(map, cell.trim(), name) })
      return null
    }
    if (seen.has(name)) errors.push({ row, column: name, message: `The column ${name} is there twice.` })
    seen.add(name)
    return column
  })
  if (!seen.has(map.key)) {
    const hint = cells.length === 1 && cells[0]?.includes(';') ? ' Columns are separated by commas.' : ''
    errors.push({ row, column: map.key, message: `Rows are matched on ${map.key}, which is missing.${hint}` })
  }
  const { login } = map
  if (login !== undefined && seen.has(login.password) && !seen.has(login.change))
    errors.push({ row, column: login.password, message: onlyWith(login) })
  return { columns, errors }
}

/** R-h: a password that merely stands in a file is no wish to change it. */
export function onlyWith({ password, change }: NonNullable<ColumnMap['login']>): string {
  return `A password in ${password} is taken only with ${change}=True beside it.`
}

export function foldHeader(name: string): string {
  return name.trim().toLowerCase()
}

function columnNamed(map: ColumnMap, name: string): FileColumn | null {
  if (name === map.login?.password) return { type: 'password', name }
  if (name === map.login?.change) return { type: 'change-password', name }
  const column = map.columns.find((known) => known.name === name)
  const field = column && kindSpecs[map.kind].fields[column.field]
  return column === undefined || field === undefined ? null : { type: 'field', column, field }
}

function unknownColumn(map: ColumnMap, shown: string, name: string): string {
  const homeless = map.homeless
  const why = homeless && Object.hasOwn(homeless, name) ? `: ${homeless[name]}` : ''
  return `Nothing is kept of the column ${shown || '(without a name)'}${why}. Ignore it, or take it out.`
}
