/**
 * A CSV file as rows of cells that belong to columns, with everything that is wrong in the file alone: its header, its
 * shape, its values. What it means for the records that exist is `diffRows`' part.
 */
import type { Catalogue } from '../catalogue/features.ts'
import { foldValue } from '../records/fold.ts'
import type { FieldSpec } from '../records/kind-spec.ts'
import { kindSpecs } from '../records/registry.ts'
import type { Column, ColumnMap } from './column.ts'
import { columnMaps } from './columns/all.ts'
import { type CsvLine, readCsv } from './csv.ts'
import type { ExchangeKind } from './kinds.ts'
import { type CellValue, readCell } from './read-cell.ts'

export interface ImportFault {
  /** Line of the file, the header being 1. */
  readonly row: number
  /** Null where it is the whole row. */
  readonly column: string | null
  /** A sentence. */
  readonly message: string
}

export interface ParsedRow {
  readonly row: number
  /** What it is matched on, as written and folded. */
  readonly key: string
  readonly foldedKey: string
  /** Columns that the file has and that say something, with the cell as it stands. */
  readonly cells: readonly { readonly column: Column; readonly text: string; readonly value: CellValue }[]
}

export interface ParsedFile {
  readonly kind: ExchangeKind
  readonly rows: readonly ParsedRow[]
  /** Lines with content, the header not counted. */
  readonly lines: number
  readonly errors: readonly ImportFault[]
}

export interface ParseOptions {
  readonly catalogue: Catalogue
  /** Columns to leave, although nothing is for them. */
  readonly ignore?: readonly string[]
}

export function parseCsv(
  text: string,
  kind: ExchangeKind,
  { catalogue, ignore = [] }: ParseOptions,
): ParsedFile {
  const map = columnMaps[kind]
  const [header, ...lines] = readCsv(text)
  if (header === undefined)
    return nothingOf(kind, 0, [{ row: 1, column: null, message: 'The file is empty.' }])

  const { columns, errors } = readHeader(map, header, ignore)
  if (errors.length > 0) return nothingOf(kind, lines.length, errors)

  const rows: ParsedRow[] = []
  const faults: ImportFault[] = []
  for (const line of lines) {
    const parsed = readLine(line, columns, map, catalogue)
    if ('faults' in parsed) faults.push(...parsed.faults)
    else rows.push(parsed)
  }
  faults.push(...repeatedKeys(rows, map))
  return { kind, rows, lines: lines.length, errors: faults.sort((one, other) => one.row - other.row) }
}

interface FileColumn {
  readonly column: Column
  readonly field: FieldSpec
}

function nothingOf(kind: ExchangeKind, lines: number, errors: readonly ImportFault[]): ParsedFile {
  return { kind, rows: [], lines, errors }
}

/** For each cell of a line its column; null for one that is left. */
function readHeader(
  map: ColumnMap,
  { line: row, cells }: CsvLine,
  ignore: readonly string[],
): { columns: readonly (FileColumn | null)[]; errors: readonly ImportFault[] } {
  const errors: ImportFault[] = []
  const left = new Set(ignore.map(foldHeader))
  const seen = new Set<string>()
  const columns = cells.map((cell): FileColumn | null => {
    const name = foldHeader(cell)
    const column = map.columns.find((known) => known.name === name)
    const field = column && kindSpecs[map.kind].fields[column.field]
    if (left.has(name)) return null
    if (column === undefined || field === undefined) {
      errors.push({ row, column: cell.trim(), message: unknownColumn(map, cell.trim(), name) })
      return null
    }
    if (seen.has(name)) errors.push({ row, column: name, message: `The column ${name} is there twice.` })
    seen.add(name)
    return { column, field }
  })
  if (!seen.has(map.key)) {
    const hint = cells.length === 1 && cells[0]?.includes(';') ? ' Columns are separated by commas.' : ''
    errors.push({ row, column: map.key, message: `Rows are matched on ${map.key}, which is missing.${hint}` })
  }
  return { columns, errors }
}

function unknownColumn(map: ColumnMap, shown: string, name: string): string {
  const homeless = map.homeless
  const why = homeless && Object.hasOwn(homeless, name) ? `: ${homeless[name]}` : ''
  return `Nothing is kept of the column ${shown || '(without a name)'}${why}. Ignore it, or take it out.`
}

function foldHeader(name: string): string {
  return name.trim().toLowerCase()
}

function readLine(
  { line: row, cells, broken }: CsvLine,
  columns: readonly (FileColumn | null)[],
  map: ColumnMap,
  catalogue: Catalogue,
): ParsedRow | { readonly faults: readonly ImportFault[] } {
  const whole = (message: string) => ({ faults: [{ row, column: null, message }] })
  if (broken) return whole('Its quotes are not closed where they should be; the file may be cut off.')
  if (cells.length !== columns.length) {
    const cutOff = cells.length < columns.length ? '; the file may be cut off' : ''
    return whole(`It has ${cells.length} cells, the header has ${columns.length}${cutOff}.`)
  }
  const faults: ImportFault[] = []
  const read: ParsedRow['cells'][number][] = []
  let key = ''
  for (const [index, of] of columns.entries()) {
    if (of === null) continue
    const text = cells[index] ?? ''
    if (of.column.name === map.key) key = text.trim().normalize('NFC')
    const value = readCell(of.column, of.field, text, catalogue)
    if (value.type === 'fault') faults.push({ row, column: of.column.name, message: value.message })
    else if (value.type !== 'nothing') read.push({ column: of.column, text, value })
  }
  if (key === '' && !faults.some(({ column }) => column === map.key)) {
    faults.push({ row, column: map.key, message: `${map.key} is empty.` })
  }
  return faults.length > 0 ? { faults } : { row, key, foldedKey: foldValue(key), cells: read }
}

/** Addresses may share an id; `diffRows` tells them apart. */
function repeatedKeys(rows: readonly ParsedRow[], map: ColumnMap): readonly ImportFault[] {
  if (map.kind === 'address') return []
  const firstByKey = new Map<string, ParsedRow>()
  return rows.flatMap((row): readonly ImportFault[] => {
    const first = firstByKey.get(row.foldedKey)
    if (first === undefined) {
      firstByKey.set(row.foldedKey, row)
      return []
    }
    return [{ row: row.row, column: map.key, message: `${row.key} is in row ${first.row} already.` }]
  })
}
