/**
 * The storage port: what the server asks of a database, and nothing more (DESIGN 11).
 *
 * Asynchronous at its edges: the gate loads before it decides and commits after; between them it never awaits.
 * `commit` is one durable transaction: when it resolves, everything in it survives the power cut (promise 2); when it
 * rejects, nothing of it is there. Each adapter proves itself with test/contract/storage.contract.ts.
 */
import type { Change } from '../../core/documents/types.ts'
import type { Kind, RecordKey, Row } from '../../core/records/kind-spec.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import type { RestrictedAttributes } from '../../core/access/restrictions.ts'
import type { Reason } from '../../core/access/types.ts'
import type { Damage } from './damage.ts'

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

/**
 * A worker read a record that lies outside their scope, through a match (S13); or did something to a login that no
 * journal shows, because it is in no record (P31): then `record` is the worker whose login it is. Append only, and
 * never with a secret in it.
 */
export interface AccessEntry {
  /** Whoever did it: a worker's id, or `operator`. */
  readonly workerId: string
  readonly record: RecordRef
  readonly via: 'match' | LoginEvent
  /** From which it was done, where that is known; of a wipe, the device that it is about. */
  readonly deviceId: string | null
  /** Server time, milliseconds. */
  readonly at: number
}

export interface LoggedAccess extends AccessEntry {
  /** Random: numbers would count what their reader may not see. */
  readonly id: string
  /** Runs with the order of the log; never told. */
  readonly number: number
}

export interface AccessQuery {
  readonly vias?: readonly AccessEntry['via'][]
  /** Worker ids or `operator`: by one of them. */
  readonly authors?: readonly string[]
  readonly kind?: Kind
  /** About one of these; with `authors` given too and `either` set, one of the two is enough. */
  readonly records?: readonly RecordRef[]
  readonly either?: boolean
  /** Server time, milliseconds: from this instant on, and before that one. */
  readonly from?: number
  readonly until?: number
  /** Only those with a lower number: where the page before ended. */
  readonly before: number
  readonly limit: number
}

export type LoginEvent =
  | 'invited'
  | 'invite-accepted'
  | 'password-set'
  | 'password-changed'
  | 'password-change-asked'
  | 'signed-out-everywhere'
  | 'device-wipe-asked'
  | 'device-wiped'

/** A Yjs clientID and whose it is. Bound to its first worker for ever (L12). */
export interface Lease {
  readonly clientId: number
  readonly workerId: string
  /** Null for a clientID that a stock client brought. */
  readonly deviceId: string | null
  /** Burnt for all records (link), or for the records named (rooms, GATE 19). */
  readonly burnt: boolean
}

export interface Device {
  readonly id: string
  readonly workerId: string
  /** SHA-256 of the device's secret, hex. */
  readonly secretHash: string
  readonly lease: number
  /** How far the device has confirmed the feed, and the readable keys it was sent under, as the link wrote them. */
  readonly confirmed: { readonly number: number; readonly scopeHash: string; readonly scope: unknown } | null
  readonly createdAt: number
  readonly seenAt: number
  /** When it said that its worker's data is deleted (L16); absent before. */
  readonly wipedAt?: number
  /** What it says of itself, "Chromium on Android": a claim, shown as one. */
  readonly label?: string
  /** Somebody wants it emptied at its next contact (L21). Written by `askWipe` alone, whatever an older connection saves. */
  readonly wipeAsked?: { readonly at: number; readonly by: string }
}

/** What waited in a device's outbox when it last said hello; what has a verdict since then is not taken out here. */
export interface UnsentEdits {
  readonly total: number
  /** The first of them. */
  readonly edits: readonly {
    readonly edit: string
    readonly record: RecordRef
    readonly creates: boolean
    readonly fields: readonly string[]
  }[]
}

export interface DeviceWithUnsent extends Device {
  readonly unsent: UnsentEdits
}

export interface Credential {
  readonly workerId: string
  /** argon2id with its parameters and salt, as one string; null while no password is set. */
  readonly passwordHash: string | null
  /** The next sign-in leads to a new password before anything else (W-25). */
  readonly mustChange: boolean
}

/** The way to a first password, or another one (W-26). A worker has one at most: a new one voids it. */
export interface Invite {
  readonly workerId: string
  /** SHA-256 of the secret in the link, hex. */
  readonly secretHash: string
  /** Worker id of who made it: P26 is asked of them again when it is accepted. */
  readonly by: string
  readonly createdAt: number
  readonly expiresAt: number
}

/** When a worker last signed in, and when one of their devices was last heard of; milliseconds, null for never. */
export interface Activity {
  readonly signedInAt: number | null
  readonly syncedAt: number | null
}

export interface StoredSession {
  readonly id: string
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string
  readonly workerId: string
  readonly createdAt: number
  readonly expiresAt: number
  /** Present once its worker was not live: then it is good for draining, and for nothing else ever (L16). */
  readonly drains?: true
  /** The device that last said hello under it; absent before. Written by `bindSession`. */
  readonly deviceId?: string
  /** Present while a device that said hello under it is to be wiped (L21): read, never written. */
  readonly wipes?: true
}

export type EndedSessions =
  | { readonly id: string }
  | { readonly deviceId: string }
  /** `but`: one that stays. */
  | { readonly workerId: string; readonly but?: string }

/**
 * Everything one batch of the gate changes. Written in one transaction. Rejects as a whole where an entry takes back a
 * change set that is taken back already, or is none (D27).
 */
export interface Commit {
  readonly records: readonly StoredRecord[]
  readonly journal: readonly JournalEntry[]
  readonly departures: readonly Departure[]
  readonly verdicts: readonly StoredVerdict[]
  readonly quarantine: readonly QuarantineEntry[]
  readonly conflicts: readonly Conflict[]
  readonly leases: readonly Lease[]
  /** Refused edits that this batch accepts. Rejects as a whole where one of them was settled before (D21). */
  readonly settlements: readonly { readonly entry: QuarantineEntry; readonly settled: QuarantineSettlement }[]
}

/** Which records of a kind a reader reaches, in the form that an index answers. */
export type Reach =
  | { readonly type: 'everything' }
  | { readonly type: 'keys'; readonly keys: readonly string[] }

export interface ListQuery {
  readonly kind: Kind
  readonly reach: Reach
  /** Folded words (`foldWords`); each must begin a word of the row. Empty: everything, by title. */
  readonly words: readonly string[]
  readonly limit: number
  /** As a former page gave it; null for the first. */
  readonly cursor: string | null
}

export interface ListPage {
  readonly rows: readonly Row[]
  readonly total: number
  readonly cursor: string | null
}

export interface FeedQuery {
  /** Per kind, what the reader reaches; kinds left out are not read. */
  readonly reach: Readonly<Partial<Record<Kind, Reach>>>
  /** Records whose seq is above `after` and not above `upTo`, in ascending order of seq. */
  readonly after: number
  readonly upTo: number
  readonly limit: number
}

export interface Storage {
  /** Records that could not be read: left out of every answer below, but for `allRows` (D22). */
  readonly damage: Damage

  // What decisions need
  load(refs: readonly RecordRef[]): Promise<ReadonlyMap<RecordKey, StoredRecord>>
  /**
   * Every row of a kind: the directory at start (workers, groups, settings). Of one that cannot be read only id, kind and
   * number, so that whoever it limits stays limited (D22).
   */
  allRows(kind: Kind): Promise<readonly Row[]>
  /**
   * Ids by folded value, for fields that are unique, indexed or matched (`foldIndexed`: the keys of the answer are
   * folded). Values without an owner are absent.
   */
  idsByValue(
    kind: Kind,
    field: string,
    values: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>
  /** Records filed under a key, of the kinds given: the dependants of an account. */
  recordsUnder(key: string, kinds: readonly Kind[]): Promise<readonly StoredRecord[]>
  verdict(deviceId: string, editId: string): Promise<StoredVerdict | null>
  leases(clientIds: readonly number[]): Promise<ReadonlyMap<number, Lease>>
  commit(commit: Commit): Promise<void>

  // What lists and feeds need
  list(query: ListQuery): Promise<ListPage>
  count(kind: Kind, reach: Reach): Promise<number>
  feed(query: FeedQuery): Promise<readonly StoredRecord[]>
  countFeed(query: Omit<FeedQuery, 'limit'>): Promise<number>
  departuresSince(after: number, upTo: number, reach: Reach): Promise<readonly Departure[]>
  /** Last sequence number and its chain hash; 0 and '' in an empty organisation. */
  head(): Promise<{ readonly number: number; readonly chain: string }>
  chainAt(number: number): Promise<string | null>
  /** Server time of the last entry of the journal; null before there is any. Milliseconds. */
  committedAt(): Promise<number | null>
  journalOf(ref: RecordRef, limit: number): Promise<readonly JournalEntry[]>
  /** The latest first (D26). */
  changeSets(query: ChangeSetQuery): Promise<readonly ChangeSet[]>
  changeSet(id: string): Promise<ChangeSet | null>
  /** Its entries in order, those with a number above `after`. */
  entriesOf(changeSet: number, after: number, limit: number): Promise<readonly JournalEntry[]>

  // What people settle
  quarantine(query: {
    readonly workerId: string | null
    readonly limit: number
  }): Promise<readonly QuarantineEntry[]>
  quarantineEntry(id: string): Promise<QuarantineEntry | null>
  /** True when this call settled it; false when it was settled before. */
  settle(id: string, settled: QuarantineSettlement): Promise<boolean>
  /** Its author wants it looked at. The first time counts; true unless it is settled or not there. */
  markAsked(id: string, at: number): Promise<boolean>
  countQuarantine(workerId: string): Promise<number>
  /** Keeps what a restored server lost (L20), unless the same content is or was in the quarantine already. Durable. */
  keepRecovered(entry: QuarantineEntry & { readonly recovered: Recovered }, digest: string): Promise<void>
  /** Every one of this record, settled or not. */
  recoveredOf(ref: RecordRef): Promise<readonly QuarantineEntry[]>
  /** Open ones that devices of this worker handed in. */
  countRecovered(workerId: string): Promise<number>
  /** Those in which this worker's value was replaced, the latest first. */
  conflicts(workerId: string, limit: number): Promise<readonly Conflict[]>

  // What was opened by a way that needs watching
  /** Durable when it resolves. Nothing changes an entry afterwards. */
  logAccess(entry: AccessEntry): Promise<void>
  /** The latest first. */
  accessEntries(query: AccessQuery): Promise<readonly LoggedAccess[]>
  accessEntry(id: string): Promise<LoggedAccess | null>

  // What the doors need
  credential(workerId: string): Promise<Credential | null>
  saveCredential(credential: Credential): Promise<void>
  noteSignIn(workerId: string, at: number): Promise<void>
  /** Workers who never signed in and have no device are absent. */
  activity(): Promise<ReadonlyMap<string, Activity>>
  inviteOf(workerId: string): Promise<Invite | null>
  inviteBySecret(secretHash: string): Promise<Invite | null>
  /** Voids the one there was. */
  saveInvite(invite: Invite): Promise<void>
  dropInvite(workerId: string): Promise<void>
  /**
   * The invite goes and the password is set, in one step: false when it is not there any more, and then nothing is set.
   */
  redeemInvite(invite: Invite, passwordHash: string): Promise<boolean>
  session(tokenHash: string): Promise<StoredSession | null>
  /** Takes out those that are over and do not even drain any more (L16). */
  saveSession(session: StoredSession): Promise<void>
  endSessions(which: EndedSessions): Promise<readonly string[]>
  /** Of a worker, in no order. Expired ones that nobody took out are among them. */
  sessionsOf(workerId: string): Promise<readonly Omit<StoredSession, 'tokenHash'>[]>
  bindSession(sessionId: string, deviceId: string): Promise<void>
  /** All that ever said hello under it, and the other way round: they are one browser. */
  devicesOfSession(sessionId: string): Promise<readonly Device[]>
  sessionsOfDevice(deviceId: string): Promise<readonly string[]>
  /** Marks the worker's sessions as good for draining only; answers the ids of those that were good for more. */
  drainSessions(workerId: string): Promise<readonly string[]>
  device(id: string): Promise<Device | null>
  saveDevice(device: Device): Promise<void>
  /** Of a worker, the last seen first. */
  devicesOf(workerId: string): Promise<readonly Device[]>
  /** The last asking counts. Durable when it resolves. */
  askWipe(deviceId: string, asked: { readonly at: number; readonly by: string }): Promise<void>
  /** Kept apart from the device: an older connection that writes down how far it came knows an older outbox. */
  saveUnsent(deviceId: string, unsent: UnsentEdits): Promise<void>
  /** The devices of these workers that said something waits, in no order. */
  devicesWithUnsent(workerIds: readonly string[]): Promise<readonly DeviceWithUnsent[]>
  saveLease(lease: Lease): Promise<void>
  meta(key: string): Promise<string | null>
  saveMeta(key: string, value: string): Promise<void>

  backupTo(file: string): Promise<void>
  close(): Promise<void>
}
