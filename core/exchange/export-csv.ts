/** Records as CSV text: always the same for the same records (B10), never with a secret in it (R-h). */
import type { Catalogue } from '../catalogue/features.ts'
import { foldValue } from '../records/fold.ts'
import type { Row } from '../records/kind-spec.ts'
import { columnMaps } from './columns/all.ts'
import { writeCsv } from './csv.ts'
import type { ExchangeKind } from './kinds.ts'
import { type NameOf, writeCell } from './write-cell.ts'

export function csvHeader(kind: ExchangeKind): string {
  return writeCsv([columnMaps[kind].columns.map(({ name }) => name)])
}

export function csvRows(
  kind: ExchangeKind,
  rows: readonly Row[],
  nameOf: NameOf,
  catalogue: Catalogue,
): string {
  const { columns, key } = columnMaps[kind]
  return writeCsv(
    rows.map((row) =>
      columns.map((column) =>
        column.name === key ? keyOf(kind, row) : writeCell(column, row, nameOf, catalogue),
      ),
    ),
  )
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
