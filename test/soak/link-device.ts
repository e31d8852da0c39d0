/**
 * A device on the link, as lean as one of a hundred in one process has to be: it keeps the server's bytes as they came
 * and opens a record only to write it. One edit of a record is on the way at a time; the next one is written when the
 * feed has brought that one back. What has no verdict is pushed again after every cut, in order.
 */
import { randomUUID } from 'node:crypto'
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { authorUpdate, type Write } from '../../core/documents/author-change.ts'
import { encodeState, openDocument, rebuild } from '../../core/documents/open-document.ts'
import { PROTOCOL_VERSION } from '../../core/protocol/message-types.ts'
import {
  encodeMessage,
  isOurMessageType,
  type Message,
  type MessageBody,
  readMessage,
} from '../../core/protocol/messages.ts'
import { type Kind, type RecordKey, type Row, recordKey } from '../../core/records/kind-spec.ts'
import type { Random } from '../simulation/fuzz/random.ts'
import { inflict, type LineFault, lineFaults, SLOW_MS } from './faults.ts'
import { forbiddenField, plainFields } from './room-visitor.ts'
import { sleep, type World } from './world.ts'

export type LinkFault = LineFault | 'forbidden' | 'broken-update'

export interface DeviceOptions {
  readonly workerId: string
  readonly team: number | null
  /** Edits accounts by itself; else only what it is told to. */
  readonly isBusy?: boolean
}

interface Held {
  readonly row: Row
  /** The server's bytes: a state, and updates to it. */
  bytes: Uint8Array[]
}

interface Edit {
  readonly body: MessageBody<'push'>
  readonly update: Uint8Array
  readonly writes: readonly Write[]
  readonly at: number
  /** The commit that answered it; null before. */
  seq: number | null
  /** Something happened to its socket meanwhile: the time to its answer says nothing about the server. */
  isDisturbed: boolean
}

const PAUSE_MS = 800
const PATIENCE_MS = 30_000
/** After a slow reader reads again, in milliseconds. */
const CALM_MS = 500
/** How often, and how many milliseconds apart, an edit is tried to be written anew. */
const ANEW_MAX = 100
const ANEW_MS = 300
/** Updates kept beside a state before they are made one. */
const UPDATES_MAX = 20

export class LinkDevice {
  readonly workerId: string
  readonly records = new Map<RecordKey, Held>()
  readonly #world: World
  readonly #random: Random
  readonly #options: DeviceOptions
  /** By record. */
  readonly #edits = new Map<RecordKey, Edit>()
  readonly #lastRefusals = new Map<RecordKey, string>()
  readonly #due = new Set<number>()
  #socket: WebSocket | null = null
  #isWelcome = false
  #identity: MessageBody<'hello'>['device'] = null
  #number = 0
  #chain: string | null = null
  #history: string | null = null
  #scopeHash: string | null = null
  #policyVersion = 0
  #lease = 0
  /** Edits that have to be written anew and cannot yet. */
  #anew = 0
  /** While it reads nothing, times are its own fault. */
  #calmFrom = 0

  constructor(world: World, random: Random, options: DeviceOptions) {
    this.#world = world
    this.#random = random
    this.#options = options
    this.workerId = options.workerId
  }

  get team(): number | null {
    return this.#options.team
  }

  /** Edits that wait for a verdict, for the feed to bring them, or to be written anew. */
  get underWay(): number {
    return this.#edits.size + this.#anew
  }

  get isWelcome(): boolean {
    return this.#isWelcome
  }

  /** Until `close`: connected, whatever happens; busy until the world ends. */
  async live(): Promise<void> {
    while (!this.#world.isEnding || this.underWay > 0) {
      if (this.#socket === null) await this.#connect()
      if (this.#options.isBusy === true && this.#isWelcome && !this.#world.isEnding) {
        const account = this.#world.accountNow(this.#random, this.#options.team)
        const value = `honest ${this.#world.edits++}`
        this.edit('account', account, [{ field: this.#random.pick(plainFields), value }])
      }
      await sleep(PAUSE_MS + this.#random.int(PAUSE_MS))
    }
    if (this.#socket === null) await this.#connect()
  }

  /** False where the record is not here, or its last edit has not come back yet. */
  edit(kind: Kind, id: string, writes: readonly Write[]): boolean {
    const key = recordKey(kind, id)
    const held = this.records.get(key)
    if (held === undefined || !this.#isWelcome || this.#edits.has(key)) return false
    const doc = rebuild(this.#stateOf(held), [], [], this.#lease)
    const { update, changes } = authorUpdate(doc, this.#lease, writes)
    doc.destroy()
    if (changes.length === 0) return false
    const body: MessageBody<'push'> = {
      edit: randomUUID(),
      record: { kind, id },
      creates: false,
      changes: changes.map((change) => ({ ...change })) as MessageBody<'push'>['changes'],
      writtenAt: Date.now(),
      policyVersion: this.#policyVersion,
      lastRefusal: this.#lastRefusals.get(key) ?? null,
      replaces: null,
    }
    const edit: Edit = { body, update, writes, at: performance.now(), seq: null, isDisturbed: false }
    this.#edits.set(key, edit)
    this.#push(edit)
    return true
  }

  suffer(fault: LinkFault): boolean {
    const socket = this.#socket
    if (socket?.readyState !== WebSocket.OPEN || !this.#isWelcome) return false
    if (fault === 'forbidden') {
      const account = this.#world.accountNow(this.#random, this.#options.team)
      return this.edit('account', account, [{ field: forbiddenField, value: true }])
    }
    if (fault === 'broken-update') {
      const account = this.#world.accountNow(this.#random, this.#options.team)
      const body = this.#emptyPush(account)
      socket.send(encodeMessage('push', body, [new Uint8Array([1, 2, 3, 4])]))
      return true
    }
    for (const edit of this.#edits.values()) edit.isDisturbed = true
    if (fault === 'slow') this.#calmFrom = performance.now() + SLOW_MS + CALM_MS
    for (const code of lineFaults[fault]) this.#due.add(code)
    inflict(fault, socket, this.#random)
    return true
  }

  /** What is held of it, as one state; null where nothing is. */
  state(key: RecordKey): Uint8Array | null {
    const held = this.records.get(key)
    return held === undefined ? null : this.#stateOf(held)
  }

  close(): void {
    this.#due.add(1005)
    this.#socket?.close()
    this.#socket = null
  }

  async #connect(): Promise<void> {
    const socket = await this.#world.socket(`desk/${this.workerId}`, this.workerId)
    this.#due.clear()
    this.#socket = socket
    const closed = new Promise<void>((resolve) =>
      socket.once('close', (code, reason) => {
        resolve()
        this.#world.count(this.#world.closes, String(code))
        if (!this.#due.has(code)) this.#complain(`closed with ${code} ${reason.toString()}`)
        if (this.#socket !== socket) return
        for (const edit of this.#edits.values()) edit.isDisturbed = true
        this.#socket = null
        this.#isWelcome = false
      }),
    )
    socket.once('open', () => socket.send(this.#hello()))
    socket.on('message', (data: Buffer) => {
      if (this.#socket === socket) this.#take(new Uint8Array(data))
    })
    const welcome = async () => {
      while (!this.#isWelcome && this.#socket === socket) await sleep(20)
    }
    const patience = sleep(PATIENCE_MS).then(() => 'late' as const)
    if ((await Promise.race([closed, welcome(), patience])) === 'late') this.#complain('no welcome')
  }

  #take(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (!isOurMessageType(type)) return
    const message = readMessage(type, decoder)
    if (message === null) return this.#complain(`a message of type ${type} that its schema does not know`)
    this.#store(message)
  }

  #store(message: Message): void {
    switch (message.name) {
      case 'welcome':
        return this.#takeWelcome(message.body)
      case 'feed':
        return this.#takeFeed(message.body, message.blobs)
      case 'revoke':
        for (const { kind, id } of message.body.records) this.records.delete(recordKey(kind, id))
        return this.#send('received', { page: message.body.page })
      case 'policy':
        this.#policyVersion = message.body.policyVersion
        this.#scopeHash = message.body.scopeHash
        return
      case 'verdict':
        return this.#takeVerdict(message.body)
      case 'conflicts':
      case 'settled':
        return
      default:
        return this.#complain(`was sent ${message.name}`)
    }
  }

  #takeWelcome({ device, lease, history, scopeHash, resume }: MessageBody<'welcome'>): void {
    this.#identity = { id: device.id, secret: device.secret ?? this.#identity?.secret ?? '' }
    this.#lease = lease
    this.#history = history
    this.#scopeHash = scopeHash
    if (resume === 'rebuild') {
      this.records.clear()
      this.#number = 0
      this.#chain = null
    }
    this.#isWelcome = true
    for (const edit of this.#edits.values()) if (edit.seq === null) this.#push(edit)
  }

  #takeFeed({ records, upTo, page }: MessageBody<'feed'>, blobs: readonly Uint8Array[]): void {
    for (const [index, { row, bytes }] of records.entries()) {
      const key = recordKey(row.kind, row.id)
      const blob = blobs[index] ?? new Uint8Array(0)
      const before = this.records.get(key)
      if (bytes === 'update' && before === undefined) this.#complain(`${key}: an update to nothing`)
      const all = bytes === 'update' && before !== undefined ? before.bytes : []
      if (blob.length > 0) all.push(blob)
      this.records.set(key, { row: row as Row, bytes: all })
      if (all.length > UPDATES_MAX) this.#stateOf(this.records.get(key) as Held)
    }
    if (upTo !== null) {
      this.#number = upTo.number
      this.#chain = upTo.chain
    }
    for (const [key, { seq }] of this.#edits) if (seq !== null && seq <= this.#number) this.#edits.delete(key)
    this.#send('received', { page })
  }

  #takeVerdict(verdict: MessageBody<'verdict'>): void {
    const found = [...this.#edits].find(([, { body }]) => body.edit === verdict.edit)
    if (found === undefined) {
      if (verdict.outcome === 'rewrite') this.#lease = verdict.lease
      return
    }
    const [key, edit] = found
    switch (verdict.outcome) {
      case 'later':
        setTimeout(() => this.#push(edit), verdict.afterMs)
        return
      case 'rewrite': {
        this.#lease = verdict.lease
        this.#edits.delete(key)
        this.#writeAnew(edit, ANEW_MAX)
        return
      }
      default: {
        if (!edit.isDisturbed && performance.now() > this.#calmFrom)
          this.#world.answers.push(performance.now() - edit.at)
        const isHonest = !edit.writes.some(({ field }) => field === forbiddenField)
        if ((verdict.outcome === 'merged') !== isHonest)
          this.#complain(`${key} ${JSON.stringify(edit.writes)}: ${JSON.stringify(verdict)}`)
        if (verdict.outcome === 'refused') this.#lastRefusals.set(key, verdict.edit)
        edit.seq = verdict.seq
        if (verdict.seq <= this.#number) this.#edits.delete(key)
      }
    }
  }

  /** At once, or when the record is here again: a device that was told to rebuild has none for a while. */
  #writeAnew(edit: Edit, tries: number): void {
    const { kind, id } = edit.body.record
    if (tries === ANEW_MAX) this.#anew++
    if (this.edit(kind, id, edit.writes)) this.#anew--
    else if (tries > 0) setTimeout(() => this.#writeAnew(edit, tries - 1), ANEW_MS)
    else this.#complain(`${kind}/${id} could not be written anew`)
  }

  #stateOf(held: Held): Uint8Array {
    if (held.bytes.length === 1 && held.bytes[0] !== undefined) return held.bytes[0]
    const doc = openDocument(held.bytes)
    const state = encodeState(doc)
    doc.destroy()
    held.bytes = [state]
    return state
  }

  #push({ body, update }: Edit): void {
    this.#send('push', body, [update])
  }

  #send<N extends Message['name']>(name: N, body: MessageBody<N>, blobs: readonly Uint8Array[] = []): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encodeMessage(name, body, blobs))
  }

  #hello(): Uint8Array {
    return encodeMessage('hello', {
      protocol: PROTOCOL_VERSION,
      worker: this.workerId,
      device: this.#identity,
      number: this.#number,
      chain: this.#chain,
      history: this.#history,
      scopeHash: this.#scopeHash,
      policyVersion: this.#policyVersion,
      unsent: { total: this.#edits.size, edits: [] },
      quarantined: [],
    })
  }

  #emptyPush(account: string): MessageBody<'push'> {
    return {
      edit: randomUUID(),
      record: { kind: 'account', id: account },
      creates: false,
      changes: [],
      writtenAt: Date.now(),
      policyVersion: this.#policyVersion,
      lastRefusal: null,
      replaces: null,
    }
  }

  #complain(what: string): void {
    this.#world.trouble(`the device of ${this.workerId}: ${what}`)
  }
}
