/**
 * A CSV file as rows of cells that belong to columns, with everything that is wrong in the file alone: its header, its
 * shape, its values. What it means for the records that exist is `diffRows`' part.
 */
import type { Catalogue } from '../catalogue/features.ts'
import { foldValue } from '../records/fold.ts'
import type { Column, ColumnMap } from './column.ts'
import { fileMaps } from './columns/all.ts'
import { type CsvLine, readCsv } from './csv.ts'
import { type ExchangeKind, type FileKind, recordKindOf } from './kinds.ts'
import { type CellValue, readCell, switchWord } from './read-cell.ts'
import { type FileColumn, onlyWith, readHeader } from './read-header.ts'
import { inOneGo, ROWS_A_STEP, type Steps } from './steps.ts'

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
  /** To be set for this worker, in plain text (R-h); null for none. */
  readonly password: string | null
}

export interface ParsedFile {
  readonly file: FileKind
  /** Of the records that rows are about. */
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

export function parseCsv(text: string, file: FileKind, options: ParseOptions): ParsedFile {
  return inOneGo(parseSteps(text, file, options))
}

export function* parseSteps(
  text: string,
  file: FileKind,
  { catalogue, ignore = [] }: ParseOptions,
): Steps<ParsedFile> {
  const map = fileMaps[file]
  const kind = recordKindOf(file)
  const nothing = (lines: number, errors: readonly ImportFault[]) => ({ file, kind, rows: [], lines, errors })
  const [header, ...lines] = readCsv(text)
  if (header === undefined) return nothing(0, [{ row: 1, column: null, message: 'The file is empty.' }])
  yield
  const { columns, errors } = readHeader(map, header, ignore)
  if (errors.length > 0) return nothing(lines.length, errors)

  const rows: ParsedRow[] = []
  const faults: ImportFault[] = []
  for (const [index, line] of lines.entries()) {
    if (index % ROWS_A_STEP === 0) yield
    const parsed = readLine(line, columns, map, catalogue)
    if ('faults' in parsed) faults.push(...parsed.faults)
    else rows.push(parsed)
  }
  if (map.repeats === undefined) faults.push(...repeatedKeys(rows, map))
  faults.sort((one, other) => one.row - other.row)
  return { file, kind, rows, lines: lines.length, errors: faults }
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
  const login = { password: '', change: '' }
  for (const [index, of] of columns.entries()) {
    if (of === null) continue
    const text = cells[index] ?? ''
    if (of.type === 'password') login.password = text
    else if (of.type === 'change-password') login.change = text
    else {
      const { name } = of.column
      if (name === map.key) key = text.trim().normalize('NFC')
      // What a text field would silently lose, and what a file of another encoding is full of.
      const value: CellValue = text.includes('\0')
        ? { type: 'fault', message: `${name} holds a NUL character; the file may not be UTF-8.` }
        : readCell(of.column, of.field, text, catalogue)
      if (value.type === 'fault') faults.push({ row, column: name, message: value.message })
      else if (value.type !== 'nothing') read.push({ column: of.column, text, value })
    }
  }
  if (key === '' && !faults.some(({ column }) => column === map.key)) {
    faults.push({ row, column: map.key, message: `${map.key} is empty.` })
  }
  const wish = passwordOf(login, map)
  if ('message' in wish) faults.push({ row, ...wish })
  if (faults.length > 0) return { faults }
  return {
    row,
    key,
    foldedKey: foldValue(key),
    cells: read,
    password: 'message' in wish ? null : wish.password,
  }
}

/** A password is set where both columns say so, and neither is dropped in silence (R-h). */
function passwordOf(
  { password, change }: { readonly password: string; readonly change: string },
  { login }: ColumnMap,
): { readonly password: string | null } | { readonly column: string; readonly message: string } {
  if (login === undefined) return { password: null }
  const wanted = change.trim() === '' ? false : switchWord(change)
  if (wanted === null) return { column: login.change, message: `${login.change} must be True or False.` }
  if (wanted && password === '')
    return { column: login.password, message: `${login.change} is True, and ${login.password} is empty.` }
  if (!wanted && password !== '') return { column: login.password, message: onlyWith(login) }
  return { password: wanted ? password : null }
}

/** Where rows may share a key, what else they say tells them apart, and is compared later. */
function repeatedKeys(rows: readonly ParsedRow[], map: ColumnMap): readonly ImportFault[] {
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
