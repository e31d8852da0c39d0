/** Records as CSV, as far as a principal may see them, in an order and a spelling that never change by themselves (B10). */
import { compareForExport, csvHeader, csvRows, isExported } from '../../core/exchange/export-csv.ts'
import { type FileKind, recordKindOf } from '../../core/exchange/kinds.ts'
import { LIST_LIMIT_MAX } from '../../core/protocol/limits.ts'
import { type Kind, type Row, recordKey } from '../../core/records/kind-spec.ts'
import type { Policy } from '../gate/policy.ts'
import { allVisible } from '../http/visible-records.ts'
import type { ListPage, Storage } from '../storage/storage.ts'
import { namesFor, type Reader } from './names.ts'

export interface ExportContext {
  readonly storage: Storage
  readonly policy: Policy
}

/** Records written at once: what the export holds in memory beside the order. */
const chunk = 500

/** Whether the reader may export at all is the caller's to ask. Yields whole lines, the header first. */
export async function* exportRecords(
  { storage, policy }: ExportContext,
  { kind: file, principal: reader }: { readonly kind: FileKind; readonly principal: Reader },
): AsyncGenerator<string> {
  const kind = recordKindOf(file)
  yield csvHeader(file)
  // Keys only: the rows of a large organisation are read twice rather than held.
  const order: Row[] = []
  for await (const rows of pages(storage, reader, kind)) {
    for (const row of rows) if (isExported(row)) order.push(keyOnly(row))
  }
  order.sort((one, other) => compareForExport(kind, one, other))
  for (let from = 0; from < order.length; from += chunk) {
    const refs = order.slice(from, from + chunk).map(({ id }) => ({ kind, id }))
    const loaded = await storage.load(refs)
    const rows = refs.flatMap(({ id }) => loaded.get(recordKey(kind, id))?.row ?? [])
    const nameOf = await namesFor(storage, reader, kind, rows)
    yield csvRows(file, rows, nameOf, policy.directory.catalogue)
  }
}

const keyFields = ['username', 'code', 'aId', 'externalId'] as const

function keyOnly(row: Row): Row {
  const key: Record<string, unknown> = {}
  for (const field of keyFields) if (row[field] !== undefined) key[field] = row[field]
  return { ...key, id: row.id, kind: row.kind, seq: row.seq }
}

async function* pages(storage: Storage, reader: Reader, kind: Kind): AsyncGenerator<readonly Row[]> {
  if (reader !== 'operator') {
    yield* allVisible(storage, reader, kind)
    return
  }
  let cursor: string | null = null
  do {
    const page: ListPage = await storage.list({
      kind,
      reach: { type: 'everything' },
      words: [],
      limit: LIST_LIMIT_MAX,
      cursor,
    })
    yield page.rows
    cursor = page.cursor
  } while (cursor !== null)
}
