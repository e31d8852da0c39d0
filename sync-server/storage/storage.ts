/**
 * The storage port: what the server asks of a database, and nothing more (DESIGN 11).
 *
 * Asynchronous at its edges: the gate loads before it decides and commits after; between them it never awaits.
 * `commit` is one durable transaction: when it resolves, everything in it survives the power cut (promise 2); when it
 * rejects, nothing of it is there. Each adapter proves itself with test/contract/storage.contract.ts.
 */
import type { Kind, RecordKey, Row } from '../../core/records/kind-spec.ts'
import type { Damage } from './damage.ts'
import type {
  AccessEntry,
  AccessQuery,
  Activity,
  Credential,
  Device,
  DeviceWithUnsent,
  EndedSessions,
  Invite,
  Lease,
  LoggedAccess,
  StoredSession,
  UnsentEdits,
} from './stored-logins.ts'
import type {
  ChangeSet,
  ChangeSetQuery,
  Conflict,
  Departure,
  JournalEntry,
  QuarantineEntry,
  QuarantineSettlement,
  RecordRef,
  Recovered,
  StoredRecord,
  StoredVerdict,
} from './stored-records.ts'

export type * from './stored-logins.ts'
export type * from './stored-records.ts'

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
