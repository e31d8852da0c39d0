/**
 * What one batch has made of the organisation so far: everything that would be true if it committed now.
 *
 * Decisions read from it, so that the second submission of a batch sees the first. Nothing outside does: it becomes
 * the truth by its commit, or is dropped whole (D19).
 */
import type { Doc } from 'yjs'
import type { ChangersByFeature } from '../../core/access/changers.ts'
import { compile } from '../../core/access/principal.ts'
import type { RestrictedAttributes } from '../../core/access/restrictions.ts'
import type { Directory, Principal } from '../../core/access/types.ts'
import { encodeState } from '../../core/documents/open-document.ts'
import type { Change, FieldKey } from '../../core/documents/types.ts'
import { foldValue } from '../../core/records/fold.ts'
import { type Kind, type RecordKey, type Row, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type {
  Commit,
  Conflict,
  Departure,
  JournalEntry,
  Lease,
  QuarantineEntry,
  QuarantineSettlement,
  RecordRef,
  StoredVerdict,
} from '../storage/storage.ts'
import { chainHash } from './chain.ts'
import { type Held, heldFrom, openStored, storedFrom, type WorkingRecord } from './held-record.ts'
import type { LiveRecords } from './live-records.ts'
import { dependantKinds, type Loaded } from './loaded.ts'
import type { Policy } from './policy.ts'
import { type Refusal, refusalOf } from './refusals.ts'
import { createTouched } from './touched.ts'
import type { Author, CommittedBatch, CommittedChange } from './types.ts'

export type { WorkingRecord }

/** How a record changes: one number, one entry of the journal, one thing to publish. */
export interface Move {
  readonly record: WorkingRecord
  /** Its `seq` is set by the move. */
  readonly row: Row
  readonly keys: readonly string[]
  /** Keys that its readers must look at again although it keeps them: a restricted attribute changed (GATE 23). */
  readonly restamped?: boolean
  /** What restrictions read of its account before; null where it hangs on none. */
  readonly attributesBefore?: RestrictedAttributes | null
  /** What was merged; null for derived rows and a mere change of keys. */
  readonly update: Uint8Array | null
  readonly changes: readonly Change[]
  readonly filler?: boolean
  readonly by: Attribution
}

/** Who a move is entered under. */
export interface Attribution {
  readonly author: Author
  readonly via: JournalEntry['via']
  readonly sessionId: string | null
  readonly edit: { readonly id: string; readonly deviceId: string; readonly writtenAt: number } | null
  /** The quarantined edit that it accepts (D21). */
  readonly accepts?: string
  /** What it was saved together with (D26). */
  readonly changeSet?: string | undefined
  /** The change set that it takes back (D27). */
  readonly undoes?: string | undefined
}

export interface Head {
  readonly number: number
  readonly chain: string
}

export interface Working {
  readonly loaded: Loaded
  /** The one instant at which the whole batch is decided. */
  readonly at: number
  readonly head: Head
  directory: Directory
  principalOf(workerId: string): Principal
  /** As committed: names for sentences. */
  readonly changers: ChangersByFeature
  record(ref: RecordRef): WorkingRecord
  row(kind: Kind, id: string): Row | null
  /** The live document; it may be changed only by what is then moved, or else thrown away. */
  document(record: WorkingRecord): Doc
  /** What was applied and not moved is gone: the next call of `document` opens it anew (GATE 10). */
  throwAway(record: WorkingRecord): void
  /** Encodes the document and lets go of it: imports touch more records than memory holds documents. */
  rest(record: WorkingRecord): void
  /** Ids of the records whose field holds this folded value. */
  owners(kind: Kind, field: string, folded: string): readonly string[]
  /** Contacts and addresses of an account. */
  dependants(accountId: string): readonly WorkingRecord[]
  /** The last worker, operator or server that wrote the field, and when; null when the journal does not reach back. */
  lastWriter(ref: RecordRef, field: FieldKey): { readonly author: string; readonly at: number } | null
  refusalsOn(workerId: string, key: RecordKey): readonly Refusal[]
  /** Whether this worker tried to make the record and was refused: what builds on it builds on nothing (D13). */
  hasRefusedCreation(workerId: string, key: RecordKey): boolean
  quarantineCount(workerId: string): number
  lease(clientId: number): Lease | null
  verdict(deviceId: string, editId: string): StoredVerdict | null

  /** Answers with the number of the change. */
  move(move: Move): number
  addVerdict(verdict: StoredVerdict): void
  addQuarantine(entry: QuarantineEntry): void
  addConflict(conflict: Conflict): void
  addLease(lease: Lease): void
  addSettlement(entry: QuarantineEntry, settled: QuarantineSettlement): void

  isEmpty(): boolean
  toCommit(): Commit
  toBatch(): CommittedBatch
  /** After the commit: what is now true is kept at hand. */
  settle(): void
}

export interface WorkingContext {
  readonly loaded: Loaded
  readonly live: LiveRecords
  readonly policy: Policy
  readonly head: Head
  readonly at: number
}

export function createWorking({ loaded, live, policy, head: start, at }: WorkingContext): Working {
  const before = policy.directory
  let directory = before
  let principals = new Map<string, Principal>()
  let head = start

  const records = new Map<RecordKey, Held>()
  const dependantsOf = new Map<string, Set<Held>>()
  const owned = new Map<string, Set<string>>()

  const journal: JournalEntry[] = []
  const changes: CommittedChange[] = []
  const departures: Departure[] = []
  const verdicts = new Map<string, StoredVerdict>()
  const quarantine: QuarantineEntry[] = []
  const conflicts: Conflict[] = []
  const leases = new Map<number, Lease>()
  const touched = createTouched()
  const settlements: { entry: QuarantineEntry; settled: QuarantineSettlement }[] = []

  function hold(ref: RecordRef): Held {
    const key = recordKey(ref.kind, ref.id)
    let held = records.get(key)
    if (held === undefined) {
      held = heldFrom(ref, key, loaded.record(ref))
      records.set(key, held)
    }
    return held
  }

  const holdOf = (record: WorkingRecord): Held => records.get(record.key) ?? hold(record.ref)

  function documentOf(held: Held): Doc {
    if (held.doc === null) {
      held.doc = held.moved ? null : live.take(held.key)
      held.doc ??= openStored(held)
    }
    return held.doc
  }

  function encoded(held: Held): Uint8Array | null {
    if (held.merged.length === 0) return held.base
    const [only] = held.merged
    // An update of a new document is its whole state.
    if (held.base === null && held.merged.length === 1 && only !== undefined) held.base = only
    else held.base = encodeState(documentOf(held))
    held.merged = []
    return held.base
  }

  function index(held: Held, row: Row, written: readonly Change[]): void {
    const { kind, id } = held.ref
    for (const { field } of written) {
      const value = row[field]
      if (typeof value !== 'string') continue
      if (field === 'accountId' && dependantKinds.includes(kind)) getOrMake(dependantsOf, value).add(held)
      if (kindSpecs[kind].fields[field]?.unique && value !== '') {
        getOrMake(owned, `${kind}/${field}\n${foldValue(value)}`).add(id)
      }
    }
  }

  function refusalsOn(workerId: string, key: RecordKey): readonly Refusal[] {
    const here = quarantine.filter(
      (entry) => entry.workerId === workerId && recordKey(entry.record.kind, entry.record.id) === key,
    )
    const known = loaded.refusals(workerId).on(key)
    return here.length === 0 ? known : [...known, ...here.map(refusalOf)]
  }

  return {
    loaded,
    at,
    get head() {
      return head
    },
    get directory() {
      return directory
    },
    set directory(next) {
      directory = next
      principals = new Map()
    },
    get changers() {
      return policy.changers
    },
    principalOf(workerId) {
      if (directory === before) return policy.principalOf(workerId, at)
      let principal = principals.get(workerId)
      if (principal === undefined) {
        principal = compile(directory, workerId, at)
        principals.set(workerId, principal)
      }
      return principal
    },
    record: hold,
    row: (kind, id) => hold({ kind, id }).row,
    document: (record) => documentOf(holdOf(record)),
    throwAway(record) {
      const held = holdOf(record)
      held.doc?.destroy()
      held.doc = null
    },
    rest(record) {
      const held = holdOf(record)
      encoded(held)
      held.doc?.destroy()
      held.doc = null
    },
    owners(kind, field, folded) {
      const ids = new Set(loaded.owners(kind, field, folded))
      for (const id of owned.get(`${kind}/${field}\n${folded}`) ?? []) ids.add(id)
      return [...ids].filter((id) => {
        const held = records.get(recordKey(kind, id))
        const value = held?.moved ? held.row?.[field] : undefined
        return value === undefined || (typeof value === 'string' && foldValue(value) === folded)
      })
    },
    dependants(accountId) {
      const all = new Set<Held>(dependantsOf.get(accountId))
      for (const stored of loaded.dependants(accountId)) {
        const key = recordKey(stored.kind, stored.id)
        let held = records.get(key)
        if (held === undefined) records.set(key, (held = heldFrom(stored, key, stored)))
        all.add(held)
      }
      return [...all].filter((held) => held.row?.accountId === accountId)
    },
    lastWriter(ref, field) {
      const wrote = (entry: JournalEntry) => entry.changes.some((change) => change.field === field)
      const here = journal.findLast(
        (entry) => entry.record.kind === ref.kind && entry.record.id === ref.id && wrote(entry),
      )
      const entry = here ?? loaded.journal(ref).find(wrote)
      return entry === undefined ? null : { author: entry.author, at: entry.serverTime }
    },
    refusalsOn,
    hasRefusedCreation: (workerId, key) => refusalsOn(workerId, key).some(({ creates }) => creates),
    quarantineCount(workerId) {
      return (
        loaded.refusals(workerId).count + quarantine.filter((entry) => entry.workerId === workerId).length
      )
    },
    lease: (clientId) => leases.get(clientId) ?? loaded.lease(clientId),
    verdict: (deviceId, editId) => verdicts.get(`${deviceId}/${editId}`) ?? loaded.verdict(deviceId, editId),

    move({
      record,
      row,
      keys,
      restamped = false,
      attributesBefore = null,
      update,
      changes: written,
      filler = false,
      by,
    }) {
      const held = holdOf(record)
      const rowBefore = held.row
      const keysBefore = held.keys
      const seq = head.number + 1
      const entry = {
        seq,
        record: held.ref,
        author: by.author.type === 'worker' ? by.author.workerId : by.author.type,
        deviceId: by.edit?.deviceId ?? null,
        via: by.via,
        editId: by.edit?.id ?? null,
        ...(by.accepts !== undefined && { accepts: by.accepts }),
        ...(by.changeSet !== undefined && { changeSet: by.changeSet }),
        ...(by.undoes !== undefined && { undoes: by.undoes }),
        ...touched.by(held.ref, written, directory, by.changeSet),
        changes: written,
        deviceTime: by.edit?.writtenAt ?? null,
        serverTime: at,
        policyVersion: directory.policyVersion,
        keysBefore,
        keysAfter: keys,
        filler,
      }
      const chain = chainHash(head.chain, entry)
      head = { number: seq, chain }
      journal.push({ ...entry, chain })
      for (const key of keys === keysBefore && !restamped ? [] : keysBefore) {
        if (restamped || !keys.includes(key))
          departures.push({ seq, key, record: held.ref, before: attributesBefore })
      }
      held.row = { ...row, seq }
      held.keys = keys
      held.seq = seq
      held.moved = true
      if (update !== null) held.merged.push(update)
      index(held, held.row, written)
      changes.push({
        seq,
        chain,
        record: held.ref,
        update,
        rowBefore,
        row: held.row,
        keysBefore,
        keys,
        attributesBefore,
        author: by.author,
        sessionId: by.sessionId,
      })
      return seq
    },
    addVerdict: (verdict) => void verdicts.set(`${verdict.deviceId}/${verdict.editId}`, verdict),
    addQuarantine: (entry) => void quarantine.push(entry),
    addConflict: (conflict) => void conflicts.push(conflict),
    addLease: (lease) => void leases.set(lease.clientId, lease),
    addSettlement: (entry, settled) => void settlements.push({ entry, settled }),

    isEmpty: () =>
      journal.length +
        verdicts.size +
        quarantine.length +
        conflicts.length +
        leases.size +
        settlements.length ===
      0,
    toCommit: () => ({
      records: [...records.values()]
        .filter((held) => held.moved)
        .map((held) => storedFrom(held, encoded(held))),
      journal,
      departures,
      verdicts: [...verdicts.values()],
      quarantine,
      conflicts,
      leases: [...leases.values()],
      settlements,
    }),
    toBatch: () => ({
      changes,
      policy: directory === before ? null : { before, after: directory },
      conflicts,
    }),
    settle() {
      for (const held of records.values()) {
        if (held.row === null) continue
        if (held.moved) live.keep(storedFrom(held, held.base), held.doc)
        // Opened, looked at, not changed: still the document of what is stored.
        else if (held.doc !== null) live.keep(storedFrom(held, held.base), held.doc)
      }
    },
  }
}

function getOrMake<T>(sets: Map<string, Set<T>>, key: string): Set<T> {
  let set = sets.get(key)
  if (set === undefined) sets.set(key, (set = new Set()))
  return set
}
