/**
 * A device on the link, as small as it can be: it says hello, stores what the feed brings, lets go of what is revoked,
 * and pushes edits that it authors as devices do (GATE 25). What it stores outlives its connection.
 */
import { randomUUID } from 'node:crypto'
import * as decoding from 'lib0/decoding'
import type * as Y from 'yjs'
import { authorUpdate, type Write } from '../../core/documents/author-change.ts'
import type { ClockSpan } from '../../core/documents/encode-update.ts'
import { encodeState, openDocument, rebuild } from '../../core/documents/open-document.ts'
import type { Change } from '../../core/documents/types.ts'
import type { Hello } from '../../core/protocol/hello.ts'
import { PROTOCOL_VERSION } from '../../core/protocol/message-types.ts'
import {
  encodeMessage,
  isOurMessageType,
  type Message,
  type MessageBody,
  readMessage,
} from '../../core/protocol/messages.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import type { Welcome } from '../../core/protocol/welcome.ts'
import { type Kind, type RecordKey, type Row, recordKey } from '../../core/records/kind-spec.ts'
import { eventually } from './eventually.ts'
import type { Closed, RawSocket, TestServer } from './test-server.ts'

export interface HeldRecord {
  readonly row: Row
  readonly keys: readonly string[]
  /** The server's bytes and nothing else (L7). */
  readonly state: Uint8Array | null
}

/** What is on its disk. */
export interface DeviceMemory {
  device: Hello['device']
  number: number
  chain: string | null
  history: string | null
  scopeHash: string | null
  policyVersion: number
  lease: number
  readonly records: Map<RecordKey, HeldRecord>
  readonly edits: Edit[]
}

export interface Edit {
  readonly id: string
  readonly record: RecordKey
  readonly body: MessageBody<'push'>
  readonly update: Uint8Array
  readonly changes: readonly Change[]
  verdict: VerdictMessage | null
}

export interface ConnectOptions {
  readonly memory?: DeviceMemory
  /** Pages that are answered by a receipt; all unless said. */
  readonly receipts?: number
  /** What hello says instead of what is true. */
  readonly hello?: Partial<Hello>
}

export function blankMemory(): DeviceMemory {
  return {
    device: null,
    number: 0,
    chain: null,
    history: null,
    scopeHash: null,
    policyVersion: 0,
    lease: 0,
    records: new Map(),
    edits: [],
  }
}

export class TestDevice {
  readonly memory: DeviceMemory
  /** Everything of ours that came, in order. */
  readonly messages: Message[] = []
  readonly #raw: RawSocket
  #receipts: number
  #unanswered: number[] = []

  private constructor(
    raw: RawSocket,
    { memory = blankMemory(), receipts = Number.POSITIVE_INFINITY }: ConnectOptions,
  ) {
    this.#raw = raw
    this.memory = memory
    this.#receipts = receipts
    raw.socket.on('message', (data: Buffer) => this.#take(new Uint8Array(data)))
  }

  static async connect(
    server: Pick<TestServer, 'raw'>,
    workerId: string,
    options: ConnectOptions = {},
  ): Promise<TestDevice> {
    const raw = await server.raw(`desk/${workerId}`, { worker: workerId })
    const device = new TestDevice(raw, options)
    await raw.opened
    const { number, chain, history, scopeHash, policyVersion } = device.memory
    device.send('hello', {
      protocol: PROTOCOL_VERSION,
      worker: workerId,
      device: device.memory.device,
      number,
      chain,
      history,
      scopeHash,
      policyVersion,
      unsent: { total: 0, edits: [] },
      quarantined: [],
      ...options.hello,
    })
    return device
  }

  get closed(): Promise<Closed> {
    return this.#raw.closed
  }

  get welcome(): Promise<Welcome> {
    return eventually(() => this.#ofName('welcome')[0])
  }

  /** Keys of the records of a kind that are held here, sorted. */
  ids(kind: Kind): readonly string[] {
    return [...this.memory.records.values()].flatMap(({ row }) => (row.kind === kind ? [row.id] : [])).sort()
  }

  row(kind: Kind, id: string): Row | null {
    return this.memory.records.get(recordKey(kind, id))?.row ?? null
  }

  /** The stored document, opened. */
  doc(kind: Kind, id: string): Y.Doc {
    const state = this.memory.records.get(recordKey(kind, id))?.state
    return openDocument(state ? [state] : [])
  }

  /** Resolves when everything up to the server's present head has come. */
  async caughtUp(server: TestServer): Promise<void> {
    const { number } = await server.organisation.storage.head()
    await eventually(() => this.memory.number >= number)
  }

  #ofName<N extends Message['name']>(name: N): MessageBody<N>[] {
    return this.messages.flatMap((message) => (message.name === name ? [message.body as MessageBody<N>] : []))
  }

  bodies<N extends Message['name']>(name: N): readonly MessageBody<N>[] {
    return this.#ofName(name)
  }

  /** Authors the writes on what is held and what was written before, and pushes them. */
  edit(kind: Kind, id: string, writes: readonly Write[], options: Partial<MessageBody<'push'>> = {}): Edit {
    const key = recordKey(kind, id)
    const { records, edits, lease } = this.memory
    const mine = edits.filter(({ record, verdict }) => record === key && verdict?.outcome !== 'rewrite')
    const fillers = mine.flatMap(({ verdict }): ClockSpan[] =>
      verdict?.outcome === 'refused' && verdict.filler !== null ? [verdict.filler] : [],
    )
    const updates = mine.filter(({ verdict }) => verdict?.outcome !== 'refused').map(({ update }) => update)
    const held = records.get(key) ?? null
    const doc = rebuild(held?.state ?? null, fillers, updates, lease)
    const { update, changes } = authorUpdate(doc, lease, writes)
    doc.destroy()
    const refusals = mine.flatMap(({ verdict }) => (verdict?.outcome === 'refused' ? [verdict.edit] : []))
    const body = {
      edit: randomUUID(),
      record: { kind, id },
      creates: held === null && mine.length === 0,
      changes: changes.map((change) => ({ ...change })) as MessageBody<'push'>['changes'],
      writtenAt: 1,
      policyVersion: this.memory.policyVersion,
      lastRefusal: refusals.at(-1) ?? null,
      replaces: null,
      ...options,
    }
    const edit: Edit = { id: body.edit, record: key, body, update, changes, verdict: null }
    edits.push(edit)
    this.push(edit)
    return edit
  }

  push({ body, update }: Pick<Edit, 'body' | 'update'>): void {
    this.send('push', body, [update])
  }

  verdict(edit: Edit): Promise<VerdictMessage> {
    return eventually(() => edit.verdict)
  }

  /** Lets this many more pages be answered, and answers those that wait. */
  allow(pages: number): void {
    this.#receipts += pages
    this.#answer()
  }

  send<N extends Message['name']>(name: N, body: MessageBody<N>, blobs: readonly Uint8Array[] = []): void {
    this.#raw.socket.send(encodeMessage(name, body, blobs))
  }

  sendBytes(bytes: Uint8Array): void {
    this.#raw.socket.send(bytes)
  }

  /** The network goes away without a word. */
  cut(): void {
    this.#raw.socket.terminate()
  }

  #take(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (!isOurMessageType(type)) return
    const message = readMessage(type, decoder)
    if (message === null) throw new Error(`a message of type ${type} that its schema does not know`)
    this.messages.push(message)
    this.#store(message)
  }

  #store(message: Message): void {
    const { memory } = this
    switch (message.name) {
      case 'welcome': {
        const { device, lease, history, resume, scopeHash } = message.body
        memory.device = { id: device.id, secret: device.secret ?? memory.device?.secret ?? '' }
        Object.assign(memory, { lease, history, scopeHash })
        if (resume === 'rebuild') {
          memory.records.clear()
          Object.assign(memory, { number: 0, chain: null })
        }
        return
      }
      case 'feed': {
        const { records, upTo, page } = message.body
        for (const [index, { row, keys, bytes }] of records.entries()) {
          const key = recordKey(row.kind, row.id)
          const blob = message.blobs[index] ?? new Uint8Array(0)
          const before = memory.records.get(key)
          if (bytes === 'update' && before === undefined) throw new Error(`${key}: an update to nothing`)
          const states = [...(bytes === 'update' && before?.state ? [before.state] : []), blob]
          const state = blob.length === 0 ? null : encodeState(openDocument(states))
          memory.records.set(key, { row: row as Row, keys, state })
        }
        if (upTo !== null) Object.assign(memory, upTo)
        return this.#receive(page)
      }
      case 'revoke': {
        for (const { kind, id } of message.body.records) memory.records.delete(recordKey(kind, id))
        return this.#receive(message.body.page)
      }
      case 'policy':
        memory.policyVersion = message.body.policyVersion
        memory.scopeHash = message.body.scopeHash
        return
      case 'drain': {
        const { id, secret } = message.body.device
        memory.device = { id, secret: secret ?? memory.device?.secret ?? '' }
        return
      }
      case 'wipe':
        return
      case 'verdict': {
        const edit = memory.edits.find(({ id }) => id === message.body.edit)
        if (edit !== undefined) edit.verdict = message.body
        if (message.body.outcome === 'rewrite') memory.lease = message.body.lease
        return
      }
      case 'conflicts':
      case 'settled':
      case 'taken':
        return
      default:
        throw new Error(`a server sends no ${message.name}`)
    }
  }

  #receive(page: number): void {
    this.#unanswered.push(page)
    this.#answer()
  }

  #answer(): void {
    while (this.#receipts > 0 && this.#unanswered.length > 0) {
      this.#receipts--
      const page = this.#unanswered.shift()
      if (page !== undefined) this.send('received', { page })
    }
  }
}
