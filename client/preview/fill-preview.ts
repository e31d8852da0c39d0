/**
 * The records of this device that another worker would see, copied into a database of their own: every screen then
 * shows what it would show them, and nothing else is there to be shown (U-19, B1).
 *
 * Judged record by record by the function that the server asks. What this device does not hold cannot be in it.
 */
import { decide } from '../../core/access/decide.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { type Kind, kinds, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { listKeys } from '../reactive/list-keys.ts'
import type { Replica } from '../replica/database.ts'
import type { StoredRecord } from '../replica/stored.ts'

/** Records copied at a time: short enough that the screen goes on moving. */
const PAGE = 1_000

/** Accounts first: whether what hangs on one is seen depends on it. */
const order: readonly Kind[] = [...kinds].sort(
  (one, other) => Number(kindSpecs[one].scope === 'account') - Number(kindSpecs[other].scope === 'account'),
)

export async function fillPreview(
  source: Replica,
  preview: Replica,
  principal: Principal,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const total = await source.records.count()
  const accounts = new Map<string, Row>()
  let done = 0
  for (const kind of order) {
    const keys = await listKeys(source, { kind })
    for (let from = 0; from < keys.length; from += PAGE) {
      const page = await source.records.bulkGet(keys.slice(from, from + PAGE))
      const seen = page.filter((record) => record !== undefined && isSeen(principal, record.row, accounts))
      if (kind === 'account') for (const record of seen) if (record) accounts.set(record.id, record.row)
      await preview.records.bulkPut(
        seen.flatMap((record) => (record === undefined ? [] : [asSettled(record)])),
      )
      onProgress((done += page.length), total)
    }
  }
}

/** An account that is not seen takes along what hangs on it: they are reached by its keys (S5). */
function isSeen(principal: Principal, row: Row, accounts: ReadonlyMap<string, Row>): boolean {
  const { kind, id } = row
  if (kindSpecs[kind].scope !== 'account') return isAllowed(decide(principal, 'view', { kind, id, row }))
  const account = accounts.get(String(row.accountId ?? ''))
  return account !== undefined && isAllowed(decide(principal, 'view', { kind, id, row, account }))
}

/** Nothing waits in a preview, and no bytes are needed where nothing is written. */
function asSettled({ kind, id, sort, terms, row, run }: StoredRecord): StoredRecord {
  return { key: recordKey(kind, id), kind, id, sort, terms, row, pending: 0, run }
}
