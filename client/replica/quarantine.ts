/** Refused edits on this device: kept whole, with their reasons, until a person deals with them (D18). */
import { explain, inOneText } from '../../core/access/explain.ts'
import type { Reason } from '../../core/access/types.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Replica } from './database.ts'
import { splitRecordKey } from './rebuild-record.ts'
import type { OutboxEntry, QuarantineEntry } from './stored.ts'

export interface Refusal {
  readonly by: 'server' | 'device'
  readonly at: number
  readonly reasons: readonly Reason[]
  readonly sentence: string
  readonly serverId: string | null
}

/** Inside a transaction over `recordTables`; the record is still there, for its name. */
export async function quarantineEntries(
  db: Replica,
  entries: readonly OutboxEntry[],
  refusal: Refusal,
): Promise<void> {
  if (entries.length === 0) return
  const kept: QuarantineEntry[] = []
  for (const entry of entries) {
    const { edit, record, update, changes, creates, writtenAt, policyVersion } = entry
    const title = await titleOf(db, entry)
    kept.push({
      edit,
      record,
      title,
      update,
      changes,
      creates,
      writtenAt,
      policyVersion,
      ...refusal,
      settled: null,
    })
  }
  await db.quarantine.bulkPut(kept)
  await db.outbox.bulkDelete(entries.map(({ n }) => n))
}

async function titleOf(db: Replica, { record }: OutboxEntry): Promise<string> {
  const stored = await db.records.get(record)
  const { kind, id } = splitRecordKey(record)
  return stored === undefined ? id : kindSpecs[kind].title(stored.row) || id
}

/** A refusal that this device makes itself, because the server can no longer be asked. */
export function deviceRefusal(entry: OutboxEntry, reason: Reason, at: number): Refusal {
  const { kind } = splitRecordKey(entry.record)
  const explanation = explain(
    { outcome: 'denied', reasons: [reason] },
    { catalogue: shippedCatalogue, action: entry.creates ? 'create' : 'edit', kind: kindSpecs[kind].label },
  )
  return { by: 'device', at, reasons: [reason], sentence: inOneText(explanation), serverId: null }
}

/** Why unsent edits of a record that leaves cannot be sent (L4). */
export const leftScope: Reason = {
  code: 'not-found-or-out-of-scope',
  rule: 'L4',
  changedBy: 'settings.workers',
}

/** Why what was built on a refused edit cannot be sent (D14). */
export const leansOnRefused: Reason = { code: 'depends-on-refused', rule: 'D14', changedBy: null }
