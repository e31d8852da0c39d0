/**
 * Unanswered entries written anew from their changes: under another lease (GATE 13), after a refusal that they might
 * lean on (GATE 14), or on what a restored server holds (GATE 31).
 *
 * Inside a transaction over `recordTables`.
 */
import type * as Y from 'yjs'
import { isTextKey } from '../../core/documents/field-key.ts'
import type { RecordKey } from '../../core/records/kind-spec.ts'
import { authorAll, writesOf } from './author-entry.ts'
import { readDevice, type Replica } from './database.ts'
import { documentOf, readParts, storeParts, tryDocument } from './rebuild-record.ts'
import type { OutboxEntry } from './stored.ts'

export interface Rewriting {
  readonly newId: () => string
  /**
   * An entry on the way that the server has not judged and will not: it is written anew under its own id. The others
   * on the way keep id and bytes until they are answered (D2).
   */
  readonly unjudged?: string
  /** The refusal that made it necessary. Entries on other fields than `refusedTexts` have now been written after it. */
  readonly refusal?: { readonly edit: string; readonly texts: ReadonlySet<string> }
}

/**
 * The record's entries in order of writing. What turns out to say nothing any more is dropped: its values stand
 * already. Entries on the way stay as they are, unless the record is another one than they were written on: then they
 * too are written anew, under new ids that name the old ones.
 */
export async function writeAnew(db: Replica, key: RecordKey, how: Rewriting): Promise<void> {
  const { lease } = await readDevice(db)
  if (lease === null) return
  const parts = await readParts(db, key)
  // By place, not by `writtenAt`: clocks of devices are set back and forth.
  const inOrder = parts.entries
  const sent = inOrder.filter(({ state, edit }) => state === 'sent' && edit !== how.unjudged)
  const withSent = tryDocument({ ...parts, entries: sent }, lease)
  const doc = withSent ?? documentOf({ ...parts, entries: [] }, lease)
  await db.outbox.bulkDelete(parts.entries.map(({ n }) => n))
  await db.outbox.bulkPut(authorEntries(doc, lease, inOrder, withSent === null ? [] : sent, how))
  await storeParts(db, await readParts(db, key), lease)
}

/** All records that have unanswered entries, under the lease that the device has now. */
export async function writeAllAnew(db: Replica, how: Rewriting): Promise<readonly RecordKey[]> {
  const keys = (await db.outbox.orderBy('record').uniqueKeys()) as RecordKey[]
  for (const key of keys) await writeAnew(db, key, how)
  return keys
}

/** The places of the entries stay the record's own: what other records refer to comes no later than before. */
function authorEntries(
  doc: Y.Doc,
  lease: number,
  inOrder: readonly OutboxEntry[],
  staying: readonly OutboxEntry[],
  how: Rewriting,
): readonly OutboxEntry[] {
  const places = inOrder.map(({ n }) => n).sort((a, b) => a - b)
  const next: OutboxEntry[] = [...staying]
  for (const entry of inOrder) {
    if (staying.includes(entry)) continue
    const pieces = authorAll(doc, lease, writesOf(doc, entry.changes)) ?? []
    for (const [index, piece] of pieces.entries()) next.push({ ...rewritten(entry, index, how), ...piece })
  }
  // More than there were, where a text has grown meanwhile: those stay between their neighbours.
  return next.map((entry, index) => ({
    ...entry,
    n: places[index] ?? (places.at(-1) ?? 0) + (index + 1 - places.length) / 1_000,
  }))
}

function rewritten(entry: OutboxEntry, index: number, { newId, refusal, unjudged }: Rewriting): OutboxEntry {
  const mayBeJudged = entry.state === 'sent' && entry.edit !== unjudged
  const leansOnText = entry.changes.some(({ field }) => isTextKey(field) && refusal?.texts.has(field))
  return {
    ...entry,
    edit: mayBeJudged || index > 0 ? newId() : entry.edit,
    creates: entry.creates && index === 0,
    replaces: index > 0 ? null : mayBeJudged ? entry.edit : entry.replaces,
    lastRefusal: refusal === undefined || leansOnText ? entry.lastRefusal : refusal.edit,
    state: 'waiting',
  }
}
