/** Records as CSV text: always the same for the same records (B10), never with a secret in it (R-h). */
import type { Catalogue } from '../catalogue/features.ts'
import { foldValue } from '../records/fold.ts'
import type { Row } from '../records/kind-spec.ts'
import { columnMaps, fileMaps } from './columns/all.ts'
import { writeCsv } from './csv.ts'
import type { ExchangeKind, FileKind } from './kinds.ts'
import { memberships, type NameOf, writeCell } from './write-cell.ts'

/** What a row does is for whoever imports it to say; an export says what is. */
export function csvHeader(file: FileKind): string {
  const columns = fileMaps[file].columns.filter(({ type }) => type.type !== 'mode')
  return writeCsv([columns.map(({ name }) => name)])
}

/** `rows` are records of the kind that the file is about. */
export function csvRows(file: FileKind, rows: readonly Row[], nameOf: NameOf, catalogue: Catalogue): string {
  if (file === 'membership') return writeCsv(rows.flatMap((row) => membershipLines(row, nameOf)))
  const { columns, key } = columnMaps[file]
  return writeCsv(
    rows.map((row) =>
      columns.map((column) =>
        column.name === key ? keyOf(file, row) : writeCell(column, row, nameOf, catalogue),
      ),
    ),
  )
}

/** All of them, those that are over too: the import of an export changes nothing. */
function membershipLines(worker: Row, nameOf: NameOf): readonly (readonly string[])[] {
  const username = keyOf('worker', worker)
  return memberships(worker.groups)
    .map(({ id, from, until }) => [username, nameOf('group', id), from ?? '', until ?? ''])
    .sort(([, one = ''], [, other = '']) => (one < other ? -1 : 1))
}

/** What a row is called in files: its key, or where it has none its id, which `matchRows` finds again. */
export function keyOf(kind: ExchangeKind, row: Row): string {
  const map = columnMaps[kind]
  const field = map.columns.find(({ name }) => name === map.key)?.field ?? ''
  const value = row[field]
  return typeof value === 'string' && value.trim() !== '' ? value : row.id
}

/** The order of an export. */
export function compareForExport(kind: ExchangeKind, one: Row, other: Row): number {
  const [a, b] = [foldValue(keyOf(kind, one)), foldValue(keyOf(kind, other))]
  if (a !== b) return a < b ? -1 : 1
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}

/** House Contacts come with their accounts (I-11). */
export function isExported(row: Row): boolean {
  return row.house !== true
}
