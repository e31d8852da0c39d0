/**
 * The server's answer to one push: merged or refused, for ever; or not judged, and to be written anew.
 *
 * `later` is the link's business and changes nothing here. A verdict on an edit that already sits in quarantine (its
 * record was taken away while it was on the way) settles it there.
 */
import type { Reason } from '../../core/access/types.ts'
import { isTextKey } from '../../core/documents/field-key.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import type { RecordKey } from '../../core/records/kind-spec.ts'
import { announce } from './changes.ts'
import { readDevice, recordTables, reopening, type Replica } from './database.ts'
import { deviceRefusal, leansOnRefused, quarantineEntries } from './quarantine.ts'
import { foldKept, readParts, storeParts } from './rebuild-record.ts'
import { writeAllAnew, writeAnew } from './rewrite-entries.ts'
import type { OutboxEntry } from './stored.ts'

type Merged = Extract<VerdictMessage, { outcome: 'merged' }>
type Refused = Extract<VerdictMessage, { outcome: 'refused' }>
type Rewrite = Extract<VerdictMessage, { outcome: 'rewrite' }>

interface VerdictContext {
  readonly now: () => number
  readonly newId: () => string
}

/** An entry that was written anew this often and still breaks the grammar goes to quarantine. */
const REWRITES_MAX = 3

/** Answers the records that changed. */
export async function applyVerdict(
  db: Replica,
  verdict: VerdictMessage,
  context: VerdictContext,
): Promise<readonly RecordKey[]> {
  if (verdict.outcome === 'later') return []
  const changed = await reopening(db, () =>
    db.transaction('rw', recordTables(db), async () => {
      const entry = await db.outbox.where('edit').equals(verdict.edit).first()
      switch (verdict.outcome) {
        case 'merged':
          return await applyMerged(db, verdict, entry, context)
        case 'refused':
          return await applyRefused(db, verdict, entry, context)
        case 'rewrite':
          return await applyRewrite(db, verdict, entry, context)
      }
    }),
  )
  announce(db, changed)
  return changed
}

async function applyMerged(
  db: Replica,
  { edit, seq }: Merged,
  entry: OutboxEntry | undefined,
  { now }: VerdictContext,
): Promise<RecordKey[]> {
  // It merged after all: nothing of it needs a person's attention.
  if (entry === undefined) {
    await db.quarantine.delete(edit)
    return []
  }
  const { record, update, changes, creates, writtenAt, changeSet } = entry
  await db.outbox.delete(entry.n)
  // Number 0: it touched no field and is stored nowhere (D15), so nothing of it may stay in a rebuild either.
  if (seq > 0) {
    await db.kept.put({
      edit,
      record,
      seq,
      folded: 0,
      update,
      filler: null,
      changes,
      creates,
      writtenAt,
      ...(changeSet !== undefined && { changeSet }),
      at: now(),
    })
  }
  await storeAgain(db, record)
  return [record]
}

async function applyRefused(
  db: Replica,
  verdict: Refused,
  entry: OutboxEntry | undefined,
  context: VerdictContext,
): Promise<RecordKey[]> {
  const { edit, seq, at, sentence, filler, quarantine } = verdict
  const reasons = verdict.reasons as readonly Reason[]
  const refusal = { by: 'server' as const, at, reasons, sentence, serverId: quarantine }
  if (entry === undefined) {
    await db.quarantine.update(edit, refusal)
    return []
  }
  const { record, writtenAt, creates } = entry
  await quarantineEntries(db, [entry], refusal)
  if (filler !== null) {
    const kept = {
      edit,
      record,
      seq,
      folded: 0 as const,
      update: null,
      filler,
      changes: [],
      creates,
      writtenAt,
    }
    await db.kept.put({ ...kept, at: context.now() })
  }
  if (creates) await refuseRest(db, record, context)
  else {
    const texts = new Set(entry.changes.map(({ field }) => field).filter(isTextKey))
    await writeAnew(db, record, { newId: context.newId, refusal: { edit, texts } })
    if (reasons.some(({ code }) => code === 'depends-on-refused')) await writeOnItsOwn(db, entry, context)
  }
  await storeAgain(db, record)
  return [record]
}

/** What followed a refused creation has no record to stand in (GATE 12-13). */
async function refuseRest(db: Replica, record: RecordKey, { now }: VerdictContext): Promise<void> {
  const rest = await db.outbox.where('record').equals(record).sortBy('n')
  for (const entry of rest) await quarantineEntries(db, [entry], deviceRefusal(entry, leansOnRefused, now()))
}

/**
 * A scalar edit that was refused only because of what it was written upon is written anew as an edit of its own
 * (GATE 14); what a later entry writes anyway is left to that one. Texts wait for a person.
 */
async function writeOnItsOwn(db: Replica, entry: OutboxEntry, { now, newId }: VerdictContext): Promise<void> {
  if (entry.changes.some(({ field }) => isTextKey(field))) return
  const { entries } = await readParts(db, entry.record)
  const later = new Set(entries.flatMap(({ changes }) => changes.map(({ field }) => field)))
  const changes = entry.changes.filter(({ field }) => !later.has(field))
  const edit = newId()
  await db.quarantine.update(entry.edit, { settled: { how: 'rewritten', at: now(), replacedBy: edit } })
  if (changes.length === 0) return
  const { n: _, ...rest } = entry
  await db.outbox.add({
    ...rest,
    edit,
    changes,
    lastRefusal: entry.edit,
    replaces: entry.edit,
    state: 'waiting',
  })
  await writeAnew(db, entry.record, { newId })
}

async function applyRewrite(
  db: Replica,
  { lease }: Rewrite,
  entry: OutboxEntry | undefined,
  { now, newId }: VerdictContext,
): Promise<readonly RecordKey[]> {
  await db.device.update('device', { lease })
  const isHopeless = entry !== undefined && entry.rewrites >= REWRITES_MAX
  if (isHopeless) await quarantineEntries(db, [entry], deviceRefusal(entry, unreadable, now()))
  else if (entry !== undefined) await db.outbox.update(entry.n, { rewrites: entry.rewrites + 1 })
  const changed = await writeAllAnew(db, { newId, ...(entry !== undefined && { unjudged: entry.edit }) })
  if (!isHopeless) return changed
  await storeAgain(db, entry.record)
  return [...changed, entry.record]
}

const unreadable: Reason = {
  code: 'value-invalid',
  rule: 'D3',
  detail: 'The server could not read it.',
  changedBy: null,
}

async function storeAgain(db: Replica, record: RecordKey): Promise<void> {
  const { lease, number } = await readDevice(db)
  const parts = await readParts(db, record)
  // The feed may have come that far before the answer: then the server presumes that the answer's bytes are here.
  const folded = await foldKept(db, parts, Math.max(number, parts.base?.seq ?? 0), lease ?? 0)
  await storeParts(db, folded, lease ?? 0)
}
