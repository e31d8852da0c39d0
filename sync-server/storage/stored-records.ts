/** What the storage keeps of records: their states, every change of them, verdicts, refused edits and conflicts. */
import type { Change } from '../../core/documents/types.ts'
import type { Kind, Row } from '../../core/records/kind-spec.ts'
import type { RestrictedAttributes } from '../../core/access/restrictions.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import type { Reason } from '../../core/access/types.ts'

export interface RecordRef {
  readonly kind: Kind
  readonly id: string
}

export interface StoredRecord extends RecordRef {
  /** Number of the last commit that changed it. */
  readonly seq: number
  /** 1 until a record is authored afresh (DESIGN 3). */
  readonly epoch: number
  /** The committed document as one update; null for kinds the server derives (colleague). */
  readonly state: Uint8Array | null
  readonly row: Row
  /** Keys it is filed under (`recordKeys`), sorted. */
  readonly keys: readonly string[]
}

/** One admitted change, for ever (append only). Sequence numbers are dense. */
export interface JournalEntry {
  readonly seq: number
  /** Hash over the entry before and this one: recognises another history (L1). */
  readonly chain: string
  readonly record: RecordRef
  /** Worker id; `operator` for the command line; `server` for what the server does by itself. */
  readonly author: string
  readonly deviceId: string | null
  readonly via: 'link' | 'room' | 'import' | 'operator' | 'server' | 'review' | 'undo'
  readonly editId: string | null
  /** What it was saved together with, as its author named it (D26). Absent: it stands alone. */
  readonly changeSet?: string
  /** The change set that it takes back (D27). */
  readonly undoes?: string
  /** Workers whose access it may have changed and no entry of its batch before it had (G-16); absent for none. */
  readonly touched?: number
  /** The quarantined edit of somebody else that its author accepted by it (D21); absent for every other. */
  readonly accepts?: string
  readonly changes: readonly Change[]
  /** The device's clock when it was written; null where no device wrote it. Milliseconds. */
  readonly deviceTime: number | null
  readonly serverTime: number
  readonly policyVersion: number
  readonly keysBefore: readonly string[]
  readonly keysAfter: readonly string[]
  /** True for the filler of a refused update: bytes, no change. */
  readonly filler: boolean
}

/** What was saved, imported, reviewed or taken back as one (D26). Made of the journal's entries with changes. */
export interface ChangeSet {
  /** The number of its first entry: the order of the log. */
  readonly number: number
  /** As its author named it; a name that somebody else had taken before gives way to the number. */
  readonly id: string
  readonly author: string
  readonly via: JournalEntry['via']
  readonly deviceId: string | null
  /** Of its first entry, as there; milliseconds. */
  readonly deviceTime: number | null
  readonly serverTime: number
  /** Workers whose access it may have changed. */
  readonly touched: number
  /** The change set that it takes back, and the one that took it back and stands (D27). */
  readonly undoes: string | null
  readonly undoneBy: string | null
  /** Records and changed fields, by kind. */
  readonly counts: readonly { readonly kind: Kind; readonly records: number; readonly changes: number }[]
}

export interface ChangeSetQuery {
  /** Worker ids, `operator` or `server`: by one of them. */
  readonly authors?: readonly string[]
  readonly via?: readonly JournalEntry['via'][]
  readonly kind?: Kind
  /** That changed one of these; with `authors` given too and `either` set, one of the two is enough. */
  readonly records?: readonly RecordRef[]
  readonly either?: boolean
  /** Server time, milliseconds: from this instant on, and before that one. */
  readonly from?: number
  readonly until?: number
  /** Only those with a lower number: where the page before ended. */
  readonly before: number
  readonly limit: number
}

/** The record left this key with commit `seq`: who reached it through the key alone must let go of it (GATE 23). */
export interface Departure {
  readonly seq: number
  readonly key: string
  readonly record: RecordRef
  /** What restrictions read of its account until then: from whom it was hidden, it does not depart. Null: of no matter. */
  readonly before: RestrictedAttributes | null
}

export interface StoredVerdict {
  /** Edit ids are scoped to the device (D2). */
  readonly deviceId: string
  readonly editId: string
  /** SHA-256 of record and update, hex: the same id with other bytes is a violation. */
  readonly digest: string
  readonly verdict: VerdictMessage
}

export interface QuarantineEntry {
  readonly id: string
  readonly record: RecordRef
  /** Whether it was to make the record. */
  readonly creates: boolean
  readonly workerId: string
  readonly deviceId: string | null
  readonly editId: string | null
  readonly seq: number
  /** Server time of the refusal, and device time of the writing; milliseconds. */
  readonly at: number
  readonly writtenAt: number | null
  /** Policy version that the device knew when it wrote; null for a room. */
  readonly policyVersionKnown: number | null
  readonly reasons: readonly Reason[]
  /** As its author was told it: with the record's name, where they could read the record then. */
  readonly sentence: string
  /** As the author claims (link) or as the gate read it (room). */
  readonly changes: readonly Change[]
  readonly update: Uint8Array
  readonly replaces: string | null
  /** When its author asked who may to look at it; absent while nobody did. Milliseconds. */
  readonly askedAt?: number
  /** Set once, by compare-and-set (D21). */
  readonly settled: QuarantineSettlement | null
  /** Nobody refused it: a restored server lost it, and a reader's device brought it back (L20). */
  readonly recovered?: Recovered
}

export interface Recovered {
  /** Whose device handed it in: no author of it. */
  readonly by: string
  readonly deviceId: string
  /** Whose clientID its bytes name, as far as they can be believed; null where that says nothing. */
  readonly author: string | null
}

export interface QuarantineSettlement {
  readonly by: string
  readonly at: number
  readonly how: 'discarded' | 'retried' | 'accepted' | 'declined'
  /** Why it was declined, for its author. */
  readonly word?: string
}

/** Two workers wrote one field: the later stands, the journal keeps both, the loser is told (B9). */
export interface Conflict {
  readonly id: string
  readonly seq: number
  readonly record: RecordRef
  readonly field: string
  readonly standing: { readonly value: unknown; readonly workerId: string; readonly at: number }
  readonly overwritten: { readonly value: unknown; readonly workerId: string; readonly at: number }
}
