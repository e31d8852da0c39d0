/**
 * A record as this device shows it, made again from what is stored: the server's row and bytes, what was answered and
 * has not come back yet, and the entries of the outbox, in that order (L7, L9).
 *
 * Everything here runs inside a transaction over `recordTables` and awaits nothing else.
 */
import type * as Y from 'yjs'
import { isTextKey, splitFieldKey } from '../../core/documents/field-key.ts'
import { encodeState, rebuild } from '../../core/documents/open-document.ts'
import { valueAt } from '../../core/documents/read-record.ts'
import type { Kind, KindSpec, RecordKey, Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { sortTitle } from '../../core/records/search-words.ts'
import type { Replica } from './database.ts'
import { emptyRow, withChanges } from './shown-row.ts'
import { deleteStates, readState } from './states.ts'
import type { KeptEntry, OutboxEntry, StoredRecord } from './stored.ts'
import { termsOf } from './terms.ts'

/** Everything that is known of a record here. */
export interface Parts {
  readonly key: RecordKey
  readonly spec: KindSpec
  readonly id: string
  readonly record: StoredRecord | undefined
  /** The server's row; null where it has sent none. */
  readonly base: Row | null
  readonly state: Uint8Array | null
  /** Answered, not yet in `state`; by seq. */
  readonly kept: readonly KeptEntry[]
  /** By `n`. */
  readonly entries: readonly OutboxEntry[]
}

export function splitRecordKey(key: RecordKey): { readonly kind: Kind; readonly id: string } {
  const slash = key.indexOf('/')
  return { kind: key.slice(0, slash) as Kind, id: key.slice(slash + 1) }
}

export async function readParts(db: Replica, key: RecordKey): Promise<Parts> {
  const [record, kept, entries] = await Promise.all([
    db.records.get(key),
    db.kept.where('[record+folded]').equals([key, 0]).toArray(),
    db.outbox.where('record').equals(key).sortBy('n'),
  ])
  const { kind, id } = splitRecordKey(key)
  const state = await readState(db, key, record)
  kept.sort((a, b) => a.seq - b.seq)
  return {
    key,
    spec: kindSpecs[kind],
    id,
    record,
    base: baseOf(record),
    state,
    kept,
    entries,
  }
}

/** The server's own row of a stored record. */
export function baseOf(record: StoredRecord | undefined): Row | null {
  if (record === undefined) return null
  return record.base === undefined ? record.row : record.base
}

/**
 * The document of a record with everything unanswered in it, carrying the lease: to author on, once, and throw away.
 * Throws when what is stored does not fit together; see `rebuild`.
 */
export function documentOf({ state, kept, entries }: Omit<Parts, 'spec'>, lease: number): Y.Doc {
  const fillers = kept.flatMap(({ filler }) => filler ?? [])
  const merged = kept.flatMap(({ update }) => update ?? [])
  return rebuild(state, fillers, [...merged, ...entries.map(({ update }) => update)], lease)
}

/** The row as shown. `lease` only serves to open the document, where a text was typed. */
export function shownRow(parts: Parts, lease: number): Row {
  const { spec, id, base, kept, entries } = parts
  const answered = kept.filter(({ seq }) => base === null || seq > base.seq)
  const changes = [...answered, ...entries].flatMap((entry) => entry.changes)
  if (changes.length === 0 && base !== null) return base
  const row = withChanges(spec, base ?? emptyRow(spec, id), changes)
  const texts = new Set(changes.map(({ field }) => field).filter(isTextKey))
  if (texts.size === 0) return row
  const doc = tryDocument(parts, lease)
  if (doc === null) return row
  const merged = Object.fromEntries([...texts].map((key) => [splitFieldKey(key).field, valueAt(doc, key)]))
  return { ...row, ...merged } as Row
}

/** Writes what `shownRow` says; a record of which nothing is left goes. */
export async function rebuildRecord(db: Replica, key: RecordKey, lease: number, run?: number): Promise<void> {
  await storeParts(db, await readParts(db, key), lease, run)
}

export async function storeParts(db: Replica, parts: Parts, lease: number, run?: number): Promise<void> {
  const { key, base, kept, entries, record } = parts
  if (base === null && entries.length === 0 && kept.every(({ filler }) => filler !== null)) {
    await deleteStates(db, [key])
    await db.records.delete(key)
    return
  }
  await db.records.put(storedRecord(parts, shownRow(parts, lease), run ?? record?.run ?? 0))
}

export function storedRecord(
  { key, spec, id, base, entries, record }: Parts,
  row: Row,
  run: number,
): StoredRecord {
  return {
    key,
    kind: spec.kind,
    id,
    sort: sortTitle(spec, row),
    terms: termsOf(spec.kind, row),
    row,
    ...(row !== base && { base }),
    ...(record?.pack !== undefined && { pack: record.pack }),
    pending: entries.length,
    run,
  }
}

/**
 * Takes answered entries up to `number` into the server's bytes: the feed has come that far, so the server presumes
 * that this device has them. Returns the parts as they are then.
 */
export async function foldKept(db: Replica, parts: Parts, number: number, lease: number): Promise<Parts> {
  const folding = parts.kept.filter(({ seq }) => seq <= number)
  if (folding.length === 0) return parts
  const doc = tryDocument({ ...parts, kept: folding, entries: [] }, lease)
  const merged = folding.filter(({ update, seq }) => update !== null && seq > (parts.base?.seq ?? -1))
  const base = merged.length === 0 ? parts.base : shownRow({ ...parts, kept: merged, entries: [] }, lease)
  const seq = Math.max(parts.base?.seq ?? 0, ...merged.map((entry) => entry.seq))
  const state = doc === null ? parts.state : encodeState(doc)
  if (state !== null) await db.states.put({ key: parts.key, bytes: state })
  await db.kept.bulkDelete(folding.filter(({ filler }) => filler !== null).map(({ edit }) => edit))
  await db.kept.bulkPut(
    folding.filter(({ filler }) => filler === null).map((entry) => ({ ...entry, folded: 1 as const })),
  )
  return {
    ...parts,
    state,
    base: base === null ? null : ({ ...base, seq } as Row),
    kept: parts.kept.filter((entry) => entry.seq > number),
  }
}

/** Null where the stored pieces do not fit together. */
export function tryDocument(parts: Omit<Parts, 'spec'>, lease: number): Y.Doc | null {
  try {
    return documentOf(parts, lease)
  } catch {
    return null
  }
}
