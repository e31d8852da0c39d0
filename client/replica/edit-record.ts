/**
 * An edit on this device: one IndexedDB transaction in which bytes are read, the change is authored and row and outbox
 * entry are written (L8). It resolves after the transaction, so that "saved on this device" is true when it is said.
 *
 * INVARIANT: nothing but IndexedDB is awaited inside the transaction, or the browser would end it in the middle.
 */
import type { Doc } from 'yjs'
import { principalAt } from '../../core/access/principal.ts'
import { timelineFromJson } from '../../core/access/principal-json.ts'
import { denied } from '../../core/access/decisions.ts'
import type { Decision, Directory } from '../../core/access/types.ts'
import type { Write } from '../../core/documents/author-change.ts'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import type { Change, FieldKey } from '../../core/documents/types.ts'
import { type RowValues, writesFor } from '../../core/documents/writes-for.ts'
import type { FieldValue, Kind, KindSpec, RecordKey, Row } from '../../core/records/kind-spec.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { authorAll, writesOf } from './author-entry.ts'
import { withProposed } from '../../core/access/dry-run.ts'
import { announce } from './changes.ts'
import { readDevice, recordTables, reopening, type Replica } from './database.ts'
import { lastRefusalOf } from './last-refusal.ts'
import { predict } from './predict.ts'
import { documentOf, type Parts, readParts, storeParts, tryDocument } from './rebuild-record.ts'
import { writeAnew } from './rewrite-entries.ts'
import { emptyRow, withChanges } from './shown-row.ts'
import type { Device, OutboxEntry } from './stored.ts'

/** Time and ids come in: nothing here reads a clock. */
export interface EditContext {
  readonly now: () => number
  /** A random UUID each time (L6). */
  readonly newId: () => string
  /** The directory of an admin's device: then the hard rules are predicted too. */
  readonly directory?: Directory | null
  /** What it is saved together with: a random UUID that several edits share (D26). */
  readonly changeSet?: string | undefined
}

export type EditOutcome =
  /** Committed on this device. `edits` are the outbox entries, in order. */
  | { readonly type: 'saved'; readonly key: RecordKey; readonly edits: readonly string[] }
  /** Everything was so already. */
  | { readonly type: 'unchanged'; readonly key: RecordKey }
  /** Nothing was written. Rights, values or hard rules: `explain` makes it a sentence. */
  | { readonly type: 'denied'; readonly decision: Decision }
  /** The record is not on this device. */
  | { readonly type: 'not-here' }
  /** The device has never met the server, which lends it the right to write. */
  | { readonly type: 'not-ready' }
  /** More than one update may hold. */
  | { readonly type: 'too-large' }
  /** Another worker's portal is looked at. */
  | { readonly type: 'read-only' }

export interface RecordEdit {
  readonly kind: Kind
  readonly id: string
  /** As a form has them: arrays for sets, objects or `[{id, from, until}]` for maps, null to clear. */
  readonly fields: RowValues
}

/** Entries of sets and maps alone, by field key: what others wrote beside them since is not looked at. Null takes one away. */
export interface EntryEdit {
  readonly kind: Kind
  readonly id: string
  readonly entries: Readonly<Record<FieldKey, FieldValue>>
}

/** A quarantined edit written again: the same changes, on what stands now (GATE 15). */
export interface RecordRetry {
  readonly kind: Kind
  readonly id: string
  readonly changes: readonly Change[]
  readonly creates: boolean
  /** The quarantined edit that it settles. */
  readonly replaces: string
}

export function editRecord(db: Replica, edit: RecordEdit, context: EditContext): Promise<EditOutcome> {
  return write(db, { ...edit, creates: false, replaces: null }, context)
}

/** What became of a save of several records: all are saved here, or none is, and this is why. */
export type SaveOutcome =
  | { readonly type: 'saved' }
  | {
      readonly type: 'not-saved'
      readonly edit: RecordEdit
      readonly outcome: Exclude<EditOutcome, { type: 'saved' | 'unchanged' }>
    }

/**
 * Several records as one save: one transaction, and nothing of it where one cannot be written. Each is predicted by the
 * hard rules with those before it. `onSaved` counts on within the transaction.
 */
export async function editRecords(
  db: Replica,
  edits: readonly RecordEdit[],
  context: EditContext,
  onSaved: (done: number) => void = () => undefined,
): Promise<SaveOutcome> {
  const changed: RecordKey[] = []
  let stopped: SaveOutcome | null = null
  let directory = context.directory ?? null
  try {
    await reopening(db, () =>
      db.transaction('rw', recordTables(db), async (transaction) => {
        for (const [index, edit] of edits.entries()) {
          const wanted = { ...edit, creates: false, replaces: null }
          const outcome = await writeInTransaction(db, wanted, { ...context, directory })
          if (outcome.type === 'saved') {
            changed.push(outcome.key)
            const row = (await db.records.get(outcome.key))?.row
            if (directory !== null && row !== undefined) directory = withProposed(directory, [{ row }])
          } else if (outcome.type !== 'unchanged') {
            stopped = { type: 'not-saved', edit, outcome }
            return transaction.abort()
          }
          onSaved(index + 1)
        }
      }),
    )
  } catch (error) {
    if (stopped === null) throw error
    return stopped
  }
  announce(db, changed)
  return { type: 'saved' }
}

export function editEntries(
  db: Replica,
  { kind, id, entries }: EntryEdit,
  context: EditContext,
): Promise<EditOutcome> {
  const writes = Object.entries(entries).map(([field, value]) => ({ field, value }))
  return write(db, { kind, id, writes, creates: false, replaces: null }, context)
}

/** Without an id the record gets a random one. */
export function createRecord(
  db: Replica,
  edit: Omit<RecordEdit, 'id'> & { readonly id?: string },
  context: EditContext,
): Promise<EditOutcome> {
  return write(db, { ...edit, id: edit.id ?? context.newId(), creates: true, replaces: null }, context)
}

/** Settles the quarantined edit in the same transaction, where it was saved or is so already. */
export function retryEdit(db: Replica, retry: RecordRetry, context: EditContext): Promise<EditOutcome> {
  return write(db, retry, context)
}

type Wanted = {
  readonly kind: Kind
  readonly id: string
  readonly creates: boolean
  readonly replaces: string | null
} & (
  | { readonly fields: RowValues }
  | { readonly writes: readonly Write[] }
  | { readonly changes: readonly Change[] }
)

async function write(db: Replica, wanted: Wanted, context: EditContext): Promise<EditOutcome> {
  const outcome = await reopening(db, () =>
    db.transaction('rw', recordTables(db), async () => {
      const made = await writeInTransaction(db, wanted, context)
      const isDone = made.type === 'saved' || made.type === 'unchanged'
      if (wanted.replaces !== null && isDone) await settleRetried(db, wanted.replaces, made, context.now())
      return made
    }),
  )
  if (outcome.type === 'saved') announce(db, [outcome.key])
  return outcome
}

async function settleRetried(db: Replica, edit: string, made: EditOutcome, at: number): Promise<void> {
  const replacedBy = made.type === 'saved' ? (made.edits[0] ?? null) : null
  await db.quarantine.update(edit, { settled: { how: 'retried', at, replacedBy } })
}

async function writeInTransaction(db: Replica, wanted: Wanted, context: EditContext): Promise<EditOutcome> {
  const { kind, id, creates, replaces } = wanted
  const key = recordKey(kind, id)
  const unknown = 'changes' in wanted ? null : unknownField(kindSpecs[kind], namesIn(wanted))
  if (unknown !== null) return unknown
  const [device, parts] = await Promise.all([readDevice(db), readParts(db, key)])
  if (device.lease === null) return { type: 'not-ready' }
  if (!creates && parts.record === undefined) return { type: 'not-here' }
  const before = creates ? null : (parts.record?.row ?? null)
  return await writeEntries(
    db,
    { device, lease: device.lease, parts, wanted, creates, replaces, context },
    before,
  )
}

function namesIn(wanted: { readonly fields: RowValues } | { readonly writes: readonly Write[] }) {
  return 'fields' in wanted
    ? Object.keys(wanted.fields)
    : wanted.writes.map(({ field }) => splitFieldKey(field).field)
}

function unknownField(spec: KindSpec, names: readonly string[]): EditOutcome | null {
  const field = names.find((name) => !Object.hasOwn(spec.fields, name))
  if (field === undefined) return null
  return { type: 'denied', decision: denied({ code: 'unknown-field', rule: 'D8', field, changedBy: null }) }
}

function writesOfWanted(wanted: Wanted, spec: KindSpec, before: Row | null, doc: Doc): readonly Write[] {
  if ('writes' in wanted) return wanted.writes
  return 'fields' in wanted ? writesFor(spec, before, wanted.fields) : writesOf(doc, wanted.changes)
}

interface Writing {
  readonly device: Device
  readonly lease: number
  readonly parts: Parts
  readonly wanted: Wanted
  readonly creates: boolean
  readonly replaces: string | null
  readonly context: EditContext
}

async function writeEntries(db: Replica, writing: Writing, before: Row | null): Promise<EditOutcome> {
  const { device, lease, parts, wanted, creates, replaces, context } = writing
  const { key, spec, id } = parts
  const now = context.now()
  const doc = tryDocument(parts, lease)
  if (doc === null) {
    // Entries that were on the way when the record became another one (GATE 31): written anew, then once more.
    await writeAnew(db, key, { newId: context.newId })
    const again = await readParts(db, key)
    documentOf(again, lease)
    return await writeEntries(db, { ...writing, parts: again }, before)
  }
  const authored = authorAll(doc, lease, writesOfWanted(wanted, spec, before, doc))
  if (authored === null) return { type: 'too-large' }
  const changes = authored.flatMap((one) => one.changes)
  if (changes.length === 0) return { type: 'unchanged', key }

  const timeline = timelineFromJson(device.principals)
  if (timeline === null) return { type: 'not-ready' }
  const after = withChanges(spec, before ?? emptyRow(spec, id), changes)
  const accounts = await accountsOf(db, spec, before, after)
  const decision = predict({
    principal: principalAt(timeline, now + device.clockAheadMs),
    spec,
    before,
    after,
    ...accounts,
    changes,
    directory: context.directory ?? null,
    now: now + device.clockAheadMs,
  })
  if (decision.outcome === 'denied') return { type: 'denied', decision }

  const lastRefusal = await lastRefusalOf(db, key)
  // A text in several pieces was written as one.
  const changeSet = context.changeSet ?? (authored.length > 1 ? context.newId() : undefined)
  const entries = authored.map(
    (one, index): Omit<OutboxEntry, 'n'> => ({
      edit: context.newId(),
      record: key,
      update: one.update,
      changes: one.changes,
      creates: creates && index === 0,
      writtenAt: now,
      policyVersion: device.policyVersion,
      lastRefusal,
      replaces: index === 0 ? replaces : null,
      ...(changeSet !== undefined && { changeSet }),
      state: 'waiting',
      rewrites: 0,
    }),
  )
  await db.outbox.bulkAdd(entries)
  await storeParts(db, await readParts(db, key), lease)
  return { type: 'saved', key, edits: entries.map(({ edit }) => edit) }
}

/** The accounts that a dependant hangs on, before and after: what it is decided by (S5). */
async function accountsOf(db: Replica, spec: KindSpec, before: Row | null, after: Row) {
  if (spec.scope !== 'account') return {}
  const [accountBefore, accountAfter] = await Promise.all([accountRow(db, before), accountRow(db, after)])
  return { accountBefore, accountAfter }
}

async function accountRow(db: Replica, row: Row | null): Promise<Row | null> {
  if (typeof row?.accountId !== 'string') return null
  return (await db.records.get(recordKey('account', row.accountId)))?.row ?? null
}
