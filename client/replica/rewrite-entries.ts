/**
 * Unanswered entries written anew from their changes: under another lease (GATE 13), after a refusal that they might
 * lean on (GATE 14), or on what a restored server holds (GATE 31).
 *
 * Inside a transaction over `recordTables`.
 */
import { isTextKey } from '../../core/documents/field-key.ts'
import type { RecordKey } from '../../core/records/kind-spec.ts'
import { authorAll, writesOf } from './author-entry.ts'
import { readDevice, type Replica } from './database.ts'
import { documentOf, readParts, storeParts } from './rebuild-record.ts'
import type { OutboxEntry } from './stored.ts'

export interface Rewriting {
  readonly newId: () => string
  /** Another lease: what is on the way is written anew too, each under a new id that names the old one (D2). */
  readonly sentToo: boolean
  /** The refusal that made it necessary. Entries on other fields than `refusedTexts` have now been written after it. */
  readonly refusal?: { readonly edit: string; readonly texts: ReadonlySet<string> }
}

/**
 * Every entry of the record in order of writing. What is on the way keeps its bytes unless `sentToo`; what turns out
 * to say nothing any more is dropped: its values stand already.
 */
export async function writeAnew(db: Replica, key: RecordKey, how: Rewriting): Promise<void> {
  const { lease } = await readDevice(db)
  if (lease === null) return
  const parts = await readParts(db, key)
  const places = parts.entries.map(({ n }) => n)
  const inOrder = [...parts.entries].sort((a, b) => a.writtenAt - b.writtenAt || a.n - b.n)
  const staying = how.sentToo ? [] : inOrder.filter(({ state }) => state === 'sent')
  const doc = documentOf({ ...parts, entries: staying }, lease)
  const next: OutboxEntry[] = [...staying]
  for (const entry of inOrder) {
    if (staying.includes(entry)) continue
    const pieces = authorAll(doc, lease, writesOf(doc, entry.changes)) ?? []
    const place = places[next.length] ?? entry.n
    for (const [index, piece] of pieces.entries()) {
      // One entry becomes several only where a text has grown meanwhile: they stay between their neighbours.
      next.push({ ...rewritten(entry, index, how), ...piece, n: index === 0 ? place : place + index / 1_000 })
    }
  }
  await db.outbox.bulkDelete(places)
  await db.outbox.bulkPut(next)
  await storeParts(db, await readParts(db, key), lease)
}

function rewritten(entry: OutboxEntry, index: number, { newId, refusal }: Rewriting): OutboxEntry {
  const wasSent = entry.state === 'sent'
  const leansOnText = entry.changes.some(({ field }) => isTextKey(field) && refusal?.texts.has(field))
  return {
    ...entry,
    edit: wasSent || index > 0 ? newId() : entry.edit,
    creates: entry.creates && index === 0,
    replaces: index > 0 ? null : wasSent ? entry.edit : entry.replaces,
    lastRefusal: refusal === undefined || leansOnText ? entry.lastRefusal : refusal.edit,
    state: 'waiting',
  }
}

/** All records that have unanswered entries, under the lease that the device has now. */
export async function writeAllAnew(db: Replica, how: Rewriting): Promise<readonly RecordKey[]> {
  const keys = (await db.outbox.orderBy('record').uniqueKeys()) as RecordKey[]
  for (const key of keys) await writeAnew(db, key, how)
  return keys
}
