/** Chosen workers as a CSV file, written on this device from the rows it holds: works without a network. */
import { compareForExport, csvHeader, csvRows, keyOf } from '../../../../../core/exchange/export-csv.ts'
import type { ExchangeKind } from '../../../../../core/exchange/kinds.ts'
import type { Catalogue } from '../../../../../core/catalogue/features.ts'
import { type RecordKey, recordKey, type Row } from '../../../../../core/records/kind-spec.ts'
import type { Replica } from '../../../../replica/database.ts'
import { stringsOf } from '../worker-words.ts'

/** The whole text, in the order and the spelling of every export (B10). */
export async function workersAsCsv(
  db: Replica,
  rows: readonly Row[],
  rowByKey: ReadonlyMap<RecordKey, Row>,
  catalogue: Catalogue,
): Promise<string> {
  const accountIds = [...new Set(rows.flatMap((row) => stringsOf(row.mappedAccounts)))]
  const accounts = await db.records.bulkGet(accountIds.map((id) => recordKey('account', id)))
  const accountById = new Map(
    accounts.flatMap((record) => (record ? [[record.id, record.row] as const] : [])),
  )
  const nameOf = (kind: ExchangeKind, id: string) => {
    const row = kind === 'account' ? accountById.get(id) : rowByKey.get(recordKey(kind, id))
    return row === undefined ? id : keyOf(kind, row)
  }
  const ordered = [...rows].sort((a, b) => compareForExport('worker', a, b))
  return csvHeader('worker') + csvRows('worker', ordered, nameOf, catalogue)
}

export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}
