/**
 * What a device keeps, table by table.
 *
 * INVARIANT: `states` and `packs` hold the server's bytes and nothing else (L7). What was typed here and is not answered yet
 * lives in the outbox; what was answered and has not come back in the feed yet lives in `kept`.
 */
import type { ChangersJson } from '../../core/access/changers.ts'
import type { Reason } from '../../core/access/types.ts'
import type { ClockSpan } from '../../core/documents/encode-update.ts'
import type { Change } from '../../core/documents/types.ts'
import type { FieldValue, Kind, RecordKey, Row } from '../../core/records/kind-spec.ts'

export interface StoredRecord {
  readonly key: RecordKey
  readonly kind: Kind
  readonly id: string
  /** `sortTitle` of the shown row: lists come in its order. */
  readonly sort: string
  /** `<kind>|<key>`: what lists are filtered by (`termsOf`). */
  readonly terms: readonly string[]
  /** As shown: the server's row with everything typed here laid over it (L9). */
  readonly row: Row
  /**
   * The server's own row, where `row` is another one; null for a record made here that the server has not sent.
   * Absent where the two are the same.
   */
  readonly base?: Row | null
  /** Entries in the outbox. */
  readonly pending: number
  /** The pack that its first bytes came in (`states.ts`). */
  readonly pack?: number
  /** The run of the feed that last brought it: what a rebuild did not bring again goes (L1). */
  readonly run: number
}

export interface StoredState {
  readonly key: RecordKey
  readonly bytes: Uint8Array
}

/** The states of one page of new records. */
export interface StoredPack {
  readonly n: number
  readonly states: ReadonlyMap<RecordKey, Uint8Array>
}

/** One update, written here and not answered yet. Sent in the order of `n`. */
export interface OutboxEntry {
  readonly n: number
  readonly edit: string
  readonly record: RecordKey
  readonly update: Uint8Array
  /** Texts are whole, before and after. Kept so that the entry can be written anew (DESIGN 3). */
  readonly changes: readonly Change[]
  readonly creates: boolean
  /** This device's clock, milliseconds. */
  readonly writtenAt: number
  /** The policy version that the device knew when it was written. */
  readonly policyVersion: number
  /** The last refusal on this record that had been seen when it was written (GATE 14). */
  readonly lastRefusal: string | null
  readonly replaces: string | null
  /** What it was saved together with (D26); absent where it was saved alone. */
  readonly changeSet?: string
  /** `sent`: on the way at least once, and possibly judged: its id and bytes stay what they are (D2). */
  readonly state: 'waiting' | 'sent'
  /** How often it was written anew under another lease. */
  readonly rewrites: number
}

/** What the server answered: merged updates until its backups hold them (GATE 29), and fillers of refused ones. */
export interface KeptEntry {
  readonly edit: string
  readonly record: RecordKey
  readonly seq: number
  /** 0 while the state in `states` may lack it: then it still belongs to every rebuild. */
  readonly folded: 0 | 1
  /** Null for a filler. */
  readonly update: Uint8Array | null
  readonly filler: ClockSpan | null
  readonly changes: readonly Change[]
  readonly creates: boolean
  readonly writtenAt: number
  /** As in the outbox: what a restored server is offered again belongs together again. */
  readonly changeSet?: string
  /** When the answer came, by this device's clock. */
  readonly at: number
}

/** A refused edit, whole, until a person deals with it (D18). */
export interface QuarantineEntry {
  readonly edit: string
  readonly record: RecordKey
  /** What the record was called here. */
  readonly title: string
  readonly update: Uint8Array
  readonly changes: readonly Change[]
  readonly creates: boolean
  readonly writtenAt: number
  readonly policyVersion: number
  /** When it was refused. */
  readonly at: number
  readonly reasons: readonly Reason[]
  readonly sentence: string
  /** `server`: it was judged. `device`: it never was, because the record left this device or the ground it stood on. */
  readonly by: 'server' | 'device'
  /** Its id in the server's quarantine. */
  readonly serverId: string | null
  /** What a person, or GATE 14, made of it; null while it needs attention. */
  readonly settled: {
    readonly how: 'retried' | 'discarded' | 'rewritten' | 'accepted' | 'declined'
    readonly at: number
    readonly replacedBy: string | null
    /** The reviewer, by worker id, and the word with which they declined (D21). */
    readonly by?: string
    readonly word?: string | null
    /** Its author has read the reviewer's answer. */
    readonly read?: true
  } | null
  /** Its author asks who may to look at it: `waiting` until the server has been told. */
  readonly asked?: 'waiting' | 'sent'
}

/** Two people wrote one field, and the other one's value stands (B9). */
export interface StoredConflict {
  readonly id: string
  readonly record: RecordKey
  /** The key of the field, one entry of a set included. */
  readonly field: string
  /** What this worker wrote, and what replaced it. */
  readonly mine: FieldValue
  readonly theirs: FieldValue
  /** When this worker's reached the server, in milliseconds. */
  readonly mineAt: number
  /** Worker id of who replaced it, and when. */
  readonly by: string
  readonly at: number
  readonly settled: 'restored' | 'accepted' | null
}

/** A record as it was before a restored server sent another; until the rebuild is complete (L20). */
export interface StoredFormer {
  readonly key: RecordKey
  readonly row: Row
  readonly bytes: Uint8Array | null
}

/** What a restored server has lost and nobody here wrote, until the server has taken it (L20). In order of `n`. */
export interface StoredFind {
  readonly n: number
  readonly find: string
  readonly record: RecordKey
  /** The history that it comes from. */
  readonly history: string
  readonly values: readonly { readonly field: string; readonly value: FieldValue }[]
  /** What the document had and the server's has not; empty where that would be too much. */
  readonly bytes: Uint8Array
  readonly at: number
}

/** One row: who this device is to the server, and how far it has come. */
export interface Device {
  readonly key: 'device'
  readonly id: string | null
  readonly secret: string | null
  /** The Yjs clientID lent to this device; null before it met the server. */
  readonly lease: number | null
  readonly number: number
  readonly chain: string | null
  readonly history: string | null
  /** The scope that the stored records were sent under; `nextScopeHash` becomes it when the feed has caught up. */
  readonly scopeHash: string | null
  readonly nextScopeHash: string | null
  readonly policyVersion: number
  /** The timeline of principals, as `principalToJson` writes it. */
  readonly principals: readonly unknown[]
  /** Who may change what a denial names, as at the last word from the server; none before the first. */
  readonly changers?: ChangersJson
  /** This device's clock when the feed was last complete; null before. */
  readonly syncedAt: number | null
  /** When the device last met the server: the offline lease counts from here. */
  readonly metAt: number | null
  /** The server's clock less this device's, in milliseconds, at the last meeting. */
  readonly clockAheadMs: number
  /** Number of the present run of the feed; a rebuild begins another one. */
  readonly run: number
  /** A rebuild has begun and its feed is not complete: what it does not bring goes at its end. */
  readonly rebuilding: boolean
  /** The history changed: entries are written anew on what the server holds now (GATE 31). */
  readonly otherHistory: boolean
  /** While it did: the history before, and the last run of the feed in it (L20). */
  readonly former?: { readonly history: string; readonly run: number }
}

/** A form that is half filled in. */
export interface StoredDraft {
  readonly key: string
  readonly value: unknown
  readonly at: number
}

/** Which tab holds the link, and what it sees (GATE 28). */
export interface Heartbeat {
  readonly key: 'link'
  readonly tab: string
  readonly at: number
  readonly status: LinkStatus
}

export type LinkStatus =
  | { readonly type: 'offline' }
  | { readonly type: 'connecting' }
  | { readonly type: 'first-sync'; readonly done: number; readonly total: number }
  | { readonly type: 'live' }
  /** The server wants a sign-in; nothing here is lost by it. */
  | { readonly type: 'session-ended' }
  /** The server no longer speaks this version. */
  | { readonly type: 'update-needed' }

export const emptyDevice: Device = {
  key: 'device',
  id: null,
  secret: null,
  lease: null,
  number: 0,
  chain: null,
  history: null,
  scopeHash: null,
  nextScopeHash: null,
  policyVersion: 0,
  principals: [],
  syncedAt: null,
  metAt: null,
  clockAheadMs: 0,
  run: 1,
  rebuilding: false,
  otherHistory: false,
}
