/** What a person makes of a refused edit or a lost conflict: try again, let go, put one's own value back (B9, D18). */
import type { Change } from '../../core/documents/types.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import { rowAfterWrites } from '../../core/documents/row-after-writes.ts'
import type { Replica } from './database.ts'
import { type EditContext, editRecord, type EditOutcome, retryEdit } from './edit-record.ts'
import { splitRecordKey } from './rebuild-record.ts'
import type { QuarantineEntry } from './stored.ts'

/** Refused edits that nobody has dealt with, the latest first. */
export async function needingAttention(db: Replica): Promise<QuarantineEntry[]> {
  const open = await db.quarantine.filter(({ settled }) => settled === null).toArray()
  return open.sort((a, b) => b.at - a.at)
}

/**
 * Writes the edit again, on what stands now. A refused creation keeps its id and takes along what was built on it:
 * later edits of the record, and records that name it (GATE 13). The first that is denied here ends it.
 */
export async function retryQuarantined(
  db: Replica,
  edit: string,
  context: EditContext,
): Promise<EditOutcome> {
  const entry = await db.quarantine.get(edit)
  if (entry === undefined || entry.settled !== null) return { type: 'not-here' }
  const bundle = entry.creates ? await bundleOf(db, entry) : [entry]
  const together = bundle.length > 1 ? { ...context, changeSet: context.newId() } : context
  let first: EditOutcome | null = null
  for (const { record, changes, creates, edit: replaces } of bundle) {
    const { kind, id } = splitRecordKey(record)
    const outcome = await retryEdit(db, { kind, id, changes, creates, replaces }, together)
    first ??= outcome
    if (outcome.type !== 'saved' && outcome.type !== 'unchanged') return outcome
  }
  return first ?? { type: 'not-here' }
}

/** In the order of writing: the creation, what followed it, what names it. */
async function bundleOf(db: Replica, entry: QuarantineEntry): Promise<readonly QuarantineEntry[]> {
  const open = (await needingAttention(db)).sort((a, b) => a.writtenAt - b.writtenAt)
  const bundle = new Set([
    entry,
    ...open.filter(({ record, edit }) => record === entry.record && edit !== entry.edit),
  ])
  for (const one of bundle) {
    if (!one.creates) continue
    for (const other of open) if (namesRecord(other, one.record)) bundle.add(other)
    for (const other of open) if ([...bundle].some(({ record }) => record === other.record)) bundle.add(other)
  }
  return [...bundle].filter(({ edit }, index, all) => all.findIndex((other) => other.edit === edit) === index)
}

function namesRecord({ record, changes }: QuarantineEntry, named: string): boolean {
  const { kind } = splitRecordKey(record)
  return changes.some(({ field, new: value }) => {
    const type = kindSpecs[kind].fields[splitFieldKey(field).field]?.type
    return type?.type === 'reference' && typeof value === 'string' && recordKey(type.kind, value) === named
  })
}

/** Nobody wants it any more. The server is told where it keeps the edit too; that may wait for a network. */
export async function discardQuarantined(
  db: Replica,
  edit: string,
  { now, fetch }: { readonly now: () => number; readonly fetch: typeof globalThis.fetch },
): Promise<void> {
  const entry = await db.quarantine.get(edit)
  if (entry === undefined || entry.settled !== null) return
  await db.quarantine.update(edit, { settled: { how: 'discarded', at: now(), replacedBy: null } })
  if (entry.serverId === null) return
  await fetch(`/api/quarantine/${encodeURIComponent(entry.serverId)}/discard`, { method: 'POST' }).catch(
    () => null,
  )
}

/**
 * Its author wants somebody who may to look at it. Kept here until the server has heard it: `sendAsked` tells it, now
 * and whenever the link comes up.
 */
export async function askAboutQuarantined(db: Replica, edit: string): Promise<void> {
  await db.quarantine
    .where('edit')
    .equals(edit)
    .modify((entry) => {
      if (entry.settled === null && entry.serverId !== null)
        Object.assign(entry, { asked: entry.asked ?? 'waiting' })
    })
}

/** Tells the server what was asked here. What cannot be told now is told the next time. */
export async function sendAsked(db: Replica, fetch: typeof globalThis.fetch): Promise<void> {
  const waiting = await db.quarantine
    .filter(({ asked, settled }) => asked === 'waiting' && settled === null)
    .toArray()
  for (const { edit, serverId } of waiting) {
    const answer = await fetch(`/api/quarantine/${encodeURIComponent(serverId ?? '')}/ask`, {
      method: 'POST',
    }).catch(() => null)
    // Settled before it was asked, or gone: nothing is left to tell, and `settled` brings the answer.
    const isTold = answer !== null && (answer.ok || answer.status === 404 || answer.status === 409)
    if (isTold) await db.quarantine.update(edit, { asked: 'sent' })
  }
}

/** Refused edits that a reviewer answered and whose answer has not been read, the latest first (D21). */
export async function answeredByReviewer(db: Replica): Promise<QuarantineEntry[]> {
  const answered = await db.quarantine
    .filter(({ settled }) => settled !== null && settled.by !== undefined && settled.read !== true)
    .toArray()
  return answered.sort((a, b) => (b.settled?.at ?? 0) - (a.settled?.at ?? 0))
}

/** The answer is read. The edit stays, as what was settled does. */
export async function markAnswerRead(db: Replica, edit: string): Promise<void> {
  await db.quarantine
    .where('edit')
    .equals(edit)
    .modify((entry) => {
      if (entry.settled !== null) Object.assign(entry, { settled: { ...entry.settled, read: true } })
    })
}

/** The edit as words, for a message to somebody who may do it. */
export function quarantinedAsText({ record, title, changes, sentence, writtenAt }: QuarantineEntry): string {
  const { kind } = splitRecordKey(record)
  const spec = kindSpecs[kind]
  const lines = changes.map(
    (change) => `${labelOf(kind, change)}: ${shown(change.old)} → ${shown(change.new)}`,
  )
  return [`${spec.label} ${title} (${record})`, new Date(writtenAt).toISOString(), ...lines, sentence].join(
    '\n',
  )
}

function labelOf(kind: keyof typeof kindSpecs, { field: key }: Change): string {
  const { field, entry } = splitFieldKey(key)
  const label = kindSpecs[kind].fields[field]?.label ?? field
  return entry === null ? label : `${label} (${entry})`
}

function shown(value: Change['new']): string {
  if (value === null) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Puts one's own value back, as an edit of now. */
export async function restoreConflict(db: Replica, id: string, context: EditContext): Promise<EditOutcome> {
  const conflict = await db.conflicts.get(id)
  if (conflict === undefined) return { type: 'not-here' }
  const { kind, id: recordId } = splitRecordKey(conflict.record)
  const held = await db.records.get(conflict.record)
  if (held === undefined) return { type: 'not-here' }
  // Of a set only one entry was met: the others stay as they are.
  const { field } = splitFieldKey(conflict.field)
  const wanted = rowAfterWrites(kindSpecs[kind], held.row, [{ field: conflict.field, value: conflict.mine }])
  const outcome = await editRecord(db, { kind, id: recordId, fields: { [field]: wanted[field] } }, context)
  if (outcome.type === 'saved' || outcome.type === 'unchanged')
    await db.conflicts.update(id, { settled: 'restored' })
  return outcome
}

export async function acceptConflict(db: Replica, id: string): Promise<void> {
  await db.conflicts.update(id, { settled: 'accepted' })
}
