/**
 * An organisation with a gate over a real SQLite file, and devices that author as devices do: on throw-away documents,
 * from the server's bytes, their own fillers and their unanswered updates (GATE 25).
 *
 * ada is an administrator, rhea a rep with code 275, bob one with 276, max a manager, eve a worker in no group.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { makeDirectory } from '../../../core/access/directory.ts'
import { preconfiguredGroups } from '../../../core/catalogue/preconfigured-groups.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { authorUpdate, type Write } from '../../../core/documents/author-change.ts'
import { fillerUpdate } from '../../../core/documents/encode-update.ts'
import { isPending, openDocument } from '../../../core/documents/open-document.ts'
import { rowFromDoc } from '../../../core/documents/read-record.ts'
import type { Change } from '../../../core/documents/types.ts'
import { type Kind, type RecordKey, type Row, recordKey } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { createGate } from '../../../sync-server/gate/create-gate.ts'
import { createPolicy, type Policy } from '../../../sync-server/gate/policy.ts'
import type {
  Author,
  CommittedBatch,
  Gate,
  UpdateSubmission,
  Verdict,
  WritesSubmission,
} from '../../../sync-server/gate/types.ts'
import { openSqliteStorage } from '../../../sync-server/storage/sqlite/open-sqlite-storage.ts'
import type { RecordRef, Storage, StoredRecord } from '../../../sync-server/storage/storage.ts'

export interface Harness {
  readonly storage: Storage
  readonly policy: Policy
  readonly gate: Gate
  readonly clock: { now: number }
  readonly batches: CommittedBatch[]
  readonly errors: unknown[]
  device(workerId: string, lease?: number): Promise<Device>
  /** A stock client of a room. */
  room(workerId: string, ref: RecordRef, clientId?: number): Promise<Room>
  write(
    author: Author,
    ref: RecordRef,
    writes: readonly Write[],
    options?: { creates?: boolean; via?: WritesSubmission['via'] },
  ): Promise<Verdict>
  stored(ref: RecordRef): Promise<StoredRecord | null>
  row(ref: RecordRef): Promise<Row | null>
  close(): Promise<void>
}

export interface HarnessOptions {
  readonly rate?: number
  readonly growthBytes?: number
  /** Wraps the storage, for one that fails. */
  readonly wrap?: (storage: Storage) => Storage
  readonly serverClient?: number
}

export const operator: Author = { type: 'operator' }

export const ref = (kind: Kind, id: string): RecordRef => ({ kind, id })
export const oak = ref('account', 'oak')
export const elm = ref('account', 'elm')

export async function openHarness(options: HarnessOptions = {}): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), 'ambit-gate-'))
  const inner = await openSqliteStorage(folder)
  const storage = options.wrap?.(inner) ?? inner
  const clock = { now: Date.UTC(2026, 0, 15) }
  const policy = createPolicy(makeDirectory(shippedCatalogue, [], [], 0), () => clock.now)
  const errors: unknown[] = []
  let ids = 0
  let clients = options.serverClient ?? 3_000_000_000
  const gate = await createGate({
    storage,
    policy,
    now: () => clock.now,
    random: { id: () => `made-${++ids}`, clientId: () => clients++ },
    limits: {
      rate: options.rate ?? 0,
      ...(options.growthBytes !== undefined && { growthBytes: options.growthBytes }),
    },
    log: { error: (...told: unknown[]) => void errors.push(told) },
  })
  const batches: CommittedBatch[] = []
  gate.onCommitted((batch) => void batches.push(batch))
  let sessions = 0

  async function stored(record: RecordRef): Promise<StoredRecord | null> {
    return (await storage.load([record])).get(recordKey(record.kind, record.id)) ?? null
  }

  return {
    storage,
    policy,
    gate,
    clock,
    batches,
    errors,
    async device(workerId, lease = 1_000 + ++sessions) {
      const id = `device-${workerId}-${++sessions}`
      await storage.saveLease({ clientId: lease, workerId, deviceId: id, burnt: false })
      await storage.saveDevice({
        id,
        workerId,
        secretHash: 'none',
        lease,
        confirmed: null,
        createdAt: clock.now,
        seenAt: clock.now,
      })
      return new Device(gate, stored, workerId, id, lease, clock)
    },
    async room(workerId, record, clientId = 50_000 + ++sessions) {
      return new Room(
        gate,
        workerId,
        record,
        clientId,
        `room-${++sessions}`,
        (await stored(record))?.state ?? null,
      )
    },
    write(author, record, writes, { creates = false, via = 'operator' } = {}) {
      return gate.submit({ type: 'writes', author, via, record, creates, writes })
    },
    stored,
    row: async (record) => (await stored(record))?.row ?? null,
    async close() {
      await gate.idle()
      await inner.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The preconfigured groups, five workers, and two accounts: oak is rhea's, elm is bob's. */
export async function openOrganisation(options: HarnessOptions = {}): Promise<Harness> {
  const harness = await openHarness(options)
  const submissions: WritesSubmission[] = [
    ...preconfiguredGroups.map((group) =>
      creation('group', group.code, {
        code: group.code,
        name: group.name,
        type: group.type,
        parentId: group.parentId,
        ...Object.fromEntries(group.allow.map((feature) => [`features/${feature}`, 'allow'])),
      }),
    ),
    worker('ada', { accountsQueryType: 'all', userType: 'administrator', 'groups/administrators': always }),
    worker('rhea', { accountsQueryType: 'rep', 'repCodes/275': true, 'groups/sales-rep': always }),
    worker('bob', { accountsQueryType: 'rep', 'repCodes/276': true, 'groups/sales-rep': always }),
    worker('max', { accountsQueryType: 'all', 'repCodes/275': true, 'groups/sales-manager': always }),
    worker('eve', {}),
    creation('account', 'oak', { name: 'Oak', 'repCodes/275': true, phone: '100', country: 'US' }),
    creation('account', 'elm', { name: 'Elm', 'repCodes/276': true, phone: '200', country: 'US' }),
  ]
  const verdicts = await harness.gate.submitAll(submissions, { atomic: true })
  const refused = verdicts.find((verdict) => verdict.type !== 'merged')
  if (refused !== undefined) throw new Error(`the organisation was refused: ${JSON.stringify(refused)}`)
  harness.batches.length = 0
  return harness
}

export const always = { from: null, until: null }

export function worker(id: string, fields: Record<string, Write['value']>): WritesSubmission {
  return creation('worker', id, { username: id, firstName: id, lastName: 'Test', ...fields })
}

export function creation(kind: Kind, id: string, fields: Record<string, Write['value']>): WritesSubmission {
  const writes = Object.entries(fields).map(([field, value]) => ({ field, value }))
  return { type: 'writes', author: operator, via: 'operator', record: { kind, id }, creates: true, writes }
}

export interface Entry {
  readonly update: Uint8Array
  readonly changes: readonly Change[]
}

/** One device of one worker: bases pulled from the server, fillers, and an outbox of its own. */
export class Device {
  readonly #gate: Gate
  readonly #stored: Harness['stored']
  readonly workerId: string
  readonly id: string
  lease: number
  readonly #clock: { now: number }
  /** The server's bytes, and in the order of the verdicts what it took from this device since. */
  readonly #bases = new Map<RecordKey, Uint8Array[]>()
  readonly #outbox = new Map<RecordKey, Entry[]>()
  readonly #lastRefusal = new Map<RecordKey, string>()
  #edits = 0

  constructor(
    gate: Gate,
    stored: Harness['stored'],
    workerId: string,
    id: string,
    lease: number,
    clock: { now: number },
  ) {
    this.#gate = gate
    this.#stored = stored
    this.workerId = workerId
    this.id = id
    this.lease = lease
    this.#clock = clock
  }

  /** What the feed would bring: the server's bytes. Own fillers are part of them. */
  async pull(record: RecordRef): Promise<void> {
    const state = (await this.#stored(record))?.state ?? null
    this.#bases.set(recordKey(record.kind, record.id), state === null ? [] : [state])
  }

  /** What a view shows, and what the next edit is written on. */
  document(record: RecordRef): Y.Doc {
    const key = recordKey(record.kind, record.id)
    const updates = (this.#outbox.get(key) ?? []).map(({ update }) => update)
    const doc = openDocument([...(this.#bases.get(key) ?? []), ...updates])
    if (isPending(doc)) throw new Error(`${this.id}: an update waits for another one`)
    doc.clientID = this.lease
    return doc
  }

  /** Unanswered entries, oldest first. */
  outbox(record: RecordRef): readonly Entry[] {
    return this.#outbox.get(recordKey(record.kind, record.id)) ?? []
  }

  row(record: RecordRef): Row {
    return rowFromDoc(kindSpecs[record.kind], this.document(record), { id: record.id, seq: 0 })
  }

  /** Written to the outbox, not sent. */
  write(record: RecordRef, writes: readonly Write[]): Entry {
    return this.author(record, (doc) => authorUpdate(doc, this.lease, writes))
  }

  /** Anything that Yjs can do to the document. */
  author(record: RecordRef, act: (doc: Y.Doc) => Entry): Entry {
    const key = recordKey(record.kind, record.id)
    const entry = act(this.document(record))
    this.#outbox.set(key, [...(this.#outbox.get(key) ?? []), entry])
    return entry
  }

  submission(record: RecordRef, entry: Entry, options: Partial<EditOptions> = {}): UpdateSubmission {
    const key = recordKey(record.kind, record.id)
    return {
      type: 'update',
      author: { type: 'worker', workerId: this.workerId },
      via: 'link',
      record,
      creates: options.creates ?? false,
      update: entry.update,
      sessionId: `session-${this.id}`,
      edit: {
        id: options.editId ?? this.nextEditId(),
        deviceId: this.id,
        lease: this.lease,
        claimed: entry.changes,
        writtenAt: this.#clock.now,
        policyVersion: 0,
        lastRefusal: this.#lastRefusal.get(key) ?? null,
        replaces: null,
      },
    }
  }

  nextEditId(): string {
    return `edit-of-${this.id}-${++this.#edits}`.padEnd(16, '-')
  }

  /** Sends one outbox entry and does with the verdict what a device does. */
  async send(record: RecordRef, entry: Entry, options: Partial<EditOptions> = {}): Promise<Verdict> {
    const submission = this.submission(record, entry, options)
    const verdict = await this.#gate.submit(submission)
    this.receive(record, entry, submission, verdict)
    return verdict
  }

  receive(record: RecordRef, entry: Entry, submission: UpdateSubmission, verdict: Verdict): void {
    const key = recordKey(record.kind, record.id)
    if (verdict.type !== 'merged' && verdict.type !== 'refused') return
    this.#outbox.set(
      key,
      (this.#outbox.get(key) ?? []).filter((other) => other !== entry),
    )
    const base = this.#bases.get(key) ?? []
    if (verdict.type === 'merged') {
      this.#bases.set(key, [...base, entry.update])
      return
    }
    if (submission.edit !== null) this.#lastRefusal.set(key, submission.edit.id)
    if (verdict.filler === null) return
    const { client, clock, length } = verdict.filler
    this.#bases.set(key, [...base, fillerUpdate(client, clock, length)])
  }

  /** Writes and sends. */
  async edit(
    record: RecordRef,
    writes: readonly Write[],
    options: Partial<EditOptions> = {},
  ): Promise<Verdict> {
    if (!this.#bases.has(recordKey(record.kind, record.id))) await this.pull(record)
    return this.send(record, this.write(record, writes), options)
  }
}

export interface EditOptions {
  readonly creates: boolean
  readonly editId: string
}

/** A y-websocket client as far as the gate sees it: every transaction is a message; joining is one big one. */
export class Room {
  readonly #gate: Gate
  readonly workerId: string
  readonly record: RecordRef
  readonly doc: Y.Doc
  sessionId: string

  constructor(
    gate: Gate,
    workerId: string,
    record: RecordRef,
    clientId: number,
    sessionId: string,
    state: Uint8Array | null,
  ) {
    this.#gate = gate
    this.workerId = workerId
    this.record = record
    this.sessionId = sessionId
    this.doc = new Y.Doc()
    if (state !== null) Y.applyUpdate(this.doc, state)
    this.doc.clientID = clientId
  }

  /** The bytes of one transaction. */
  change(act: (doc: Y.Doc) => void): Uint8Array {
    let update: Uint8Array | null = null
    const keep = (bytes: Uint8Array) => {
      update = bytes
    }
    this.doc.on('update', keep)
    this.doc.transact(() => act(this.doc))
    this.doc.off('update', keep)
    return update ?? new Uint8Array([0, 0])
  }

  /** What others wrote. */
  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update)
  }

  submit(update: Uint8Array): Promise<Verdict> {
    return this.#gate.submit({
      type: 'update',
      author: { type: 'worker', workerId: this.workerId },
      via: 'room',
      record: this.record,
      creates: false,
      update,
      sessionId: this.sessionId,
      edit: null,
    })
  }

  edit(act: (doc: Y.Doc) => void): Promise<Verdict> {
    return this.submit(this.change(act))
  }

  set(field: string, value: Write['value']): Promise<Verdict> {
    return this.edit((doc) => void doc.getMap('fields').set(field, value))
  }

  /** Sync step 2: everything that a server with this state vector lacks, and every deletion. */
  step2(serverState: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, Y.encodeStateVectorFromUpdate(serverState))
  }
}

/** The code of a refusal, for short expectations. */
export function codeOf(verdict: Verdict): string {
  switch (verdict.type) {
    case 'refused':
      return verdict.reasons[0]?.code ?? 'no reason'
    case 'violation':
      return verdict.fault
    default:
      return verdict.type
  }
}
