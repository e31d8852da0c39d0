/** One record as a screen shows it, following merges, refusals and other people's edits without a reload. */
import type { Accessor } from 'solid-js'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import { type Kind, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Replica } from '../replica/database.ts'
import { createLiveQuery } from './create-live-query.ts'

export interface RecordView {
  /** With everything typed here laid over the server's row (L9). */
  readonly row: Row
  /** The account that it hangs on; null where there is none here, or the kind hangs on none. */
  readonly account: Row | null
  /** Names of fields with an edit that is saved here and not answered. */
  readonly pendingFields: ReadonlySet<string>
  /** Entries of the outbox. */
  readonly pending: number
  /** Whether the server has it. */
  readonly isNew: boolean
}

/** Undefined while it is read, null where the record is not on this device. */
export function createRecordView(
  db: () => Replica,
  which: () => { readonly kind: Kind; readonly id: string } | null,
): Accessor<RecordView | null | undefined> {
  return createLiveQuery(() => {
    const wanted = which()
    const from = db()
    return wanted === null ? null : () => readView(from, wanted.kind, wanted.id)
  })
}

export async function readView(db: Replica, kind: Kind, id: string): Promise<RecordView | null> {
  const key = recordKey(kind, id)
  const [record, entries] = await Promise.all([
    db.records.get(key),
    db.outbox.where('record').equals(key).toArray(),
  ])
  if (record === undefined) return null
  const { row } = record
  const hangs = kindSpecs[kind].scope === 'account' && typeof row.accountId === 'string'
  const account = hangs ? await db.records.get(recordKey('account', row.accountId as string)) : undefined
  return {
    row,
    account: account?.row ?? null,
    pendingFields: new Set(
      entries.flatMap(({ changes }) => changes.map(({ field }) => splitFieldKey(field).field)),
    ),
    pending: entries.length,
    isNew: record.base === null,
  }
}
