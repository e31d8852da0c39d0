/** One record while a batch is decided: what is stored of it, what was merged since, and the document where it is open. */
import type { Doc } from 'yjs'
import { isPending, openDocument } from '../../core/documents/open-document.ts'
import type { RecordKey, Row } from '../../core/records/kind-spec.ts'
import { DamagedRecord } from '../storage/damage.ts'
import type { RecordRef, StoredRecord } from '../storage/storage.ts'

/** One record as this batch has left it. */
export interface WorkingRecord {
  readonly ref: RecordRef
  readonly key: RecordKey
  /** Null while it does not exist. */
  readonly row: Row | null
  readonly keys: readonly string[]
}

export interface Held extends WorkingRecord {
  row: Row | null
  keys: readonly string[]
  epoch: number
  seq: number
  doc: Doc | null
  /** An encoded state, and what was merged since. */
  base: Uint8Array | null
  merged: Uint8Array[]
  moved: boolean
}

/** Throws for a document that cannot be opened, or that waits for something: then it is not what was committed (D22). */
export function openStored({ ref, base, merged }: Held): Doc {
  let doc: Doc
  try {
    doc = openDocument(base === null ? merged : [base, ...merged])
  } catch {
    throw new DamagedRecord(ref, 'document')
  }
  if (isPending(doc)) throw new DamagedRecord(ref, 'document')
  return doc
}

export function heldFrom({ kind, id }: RecordRef, key: RecordKey, stored: StoredRecord | null): Held {
  return {
    ref: { kind, id },
    key,
    row: stored?.row ?? null,
    keys: stored?.keys ?? [],
    epoch: stored?.epoch ?? 1,
    seq: stored?.seq ?? 0,
    doc: null,
    base: stored?.state ?? null,
    merged: [],
    moved: false,
  }
}

export function storedFrom(held: Held, state: Uint8Array | null): StoredRecord {
  const { kind, id } = held.ref
  return { kind, id, seq: held.seq, epoch: held.epoch, state, row: held.row as Row, keys: held.keys }
}
