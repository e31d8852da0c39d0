/**
 * A real server on a port of its own, over a real SQLite file in a folder that goes away with it, with an organisation
 * whose people recur in every test (people.ts).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readVarString } from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { type RowValues, writesFor } from '../../core/documents/writes-for.ts'
import { type Kind, type Row, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { hashSecret, newSecret } from '../../sync-server/http/secrets.ts'
import { createLogger, type Logger } from '../../sync-server/log.ts'
import { type RunningServer, startServer } from '../../sync-server/main.ts'
import type { Organisation } from '../../sync-server/organisation.ts'
import type { Verdict } from '../../sync-server/gate/types.ts'
import { createAll, type NewRecord } from '../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../sync-server/seed/preconfigured.ts'
import { createHandTimer, type HandTimer } from './hand-timer.ts'
import { accounts, people } from './people.ts'

export interface TestServerOptions {
  /** Updates a second that one device may send; 0, and no other limit either, unless said. */
  readonly rate?: number
  /** More of the organisation, made before the port is opened. */
  readonly records?: readonly NewRecord[]
  /** Makes another organisation than the one of people.ts, beside the groups that ship. */
  readonly instead?: (organisation: Organisation) => Promise<void>
  readonly now?: number
  /** A data folder that outlives the server; an organisation in it is left as it is. */
  readonly folder?: string
  readonly heartbeatMs?: number
  readonly log?: Logger
}

export interface Closed {
  readonly code: number
  readonly reason: string
}

/** A stock y-websocket client in one room. */
export interface RoomClient {
  readonly doc: Y.Doc
  readonly fields: Y.Map<unknown>
  readonly provider: WebsocketProvider
  /** Sentences of permission-denied messages. */
  readonly denied: readonly string[]
  /** Resolves when the server has closed the socket. */
  readonly closed: Promise<Closed>
  /** Resolves when the server's state is here; rejects when the socket is closed before. */
  readonly synced: Promise<void>
}

export interface SocketOptions {
  readonly worker?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A socket that a test drives by hand. */
export interface RawSocket {
  readonly socket: WebSocket
  /** Everything that came in, in order. */
  readonly frames: readonly Uint8Array[]
  readonly opened: Promise<void>
  readonly closed: Promise<Closed>
  /** Status of an upgrade that was answered by HTTP. */
  readonly refused: Promise<number>
}

export class TestServer {
  readonly #running: RunningServer
  readonly folder: string
  readonly #isOwnFolder: boolean
  readonly #timer: HandTimer
  readonly #tokens = new Map<string, string>()
  readonly #endings: (() => void)[] = []

  private constructor(running: RunningServer, folder: string, isOwnFolder: boolean, timer: HandTimer) {
    this.#running = running
    this.folder = folder
    this.#isOwnFolder = isOwnFolder
    this.#timer = timer
  }

  static async start({
    rate = 0,
    records = [],
    instead = ({ gate }) => createAll(gate, [...people, ...accounts, ...records]),
    now = Date.UTC(2026, 0, 15, 12),
    folder: given,
    heartbeatMs,
    log = createLogger('silent'),
  }: TestServerOptions = {}): Promise<TestServer> {
    const folder = given ?? (await mkdtemp(join(tmpdir(), 'ambit-server-')))
    let organisation: Organisation | null = null
    const timer = createHandTimer(now, async () => organisation?.gate.idle())
    const running = await startServer({
      host: '127.0.0.1',
      port: 0,
      dataDir: folder,
      rate,
      clientDir: null,
      log,
      ...(heartbeatMs !== undefined && { heartbeatMs }),
      now: () => timer.clock.now,
      after: timer.after,
      async prepare(opened) {
        organisation = opened
        if ((await opened.storage.head()).number > 0) return
        await seedPreconfigured(opened.gate, 'Test')
        await instead(opened)
      },
    })
    return new TestServer(running, folder, given === undefined, timer)
  }

  /** Nothing of the server reads another clock. */
  get clock(): { now: number } {
    return this.#timer.clock
  }

  /** Sets the clock and rings the alarms that are due by then. */
  passTo(instant: number): Promise<void> {
    return this.#timer.passTo(instant)
  }

  get organisation(): Organisation {
    return this.#running.organisation
  }

  get url(): string {
    return this.#running.url
  }

  get socketUrl(): string {
    return this.url.replace('http', 'ws')
  }

  /** A session's token, as `POST /api/login` gives it. The same one each time, unless a new one is asked for. */
  async signIn(workerId: string, { anew = false } = {}): Promise<string> {
    const known = this.#tokens.get(workerId)
    if (known !== undefined && !anew) return known
    const token = newSecret()
    const at = this.clock.now
    await this.organisation.storage.saveSession({
      id: this.organisation.newId(),
      tokenHash: hashSecret(token),
      workerId,
      createdAt: at,
      expiresAt: at + 86_400_000,
    })
    this.#tokens.set(workerId, token)
    return token
  }

  fetch(path: string, token: string | null, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (token !== null) headers.set('authorization', `Bearer ${token}`)
    return fetch(this.url + path, { ...init, headers })
  }

  async takeTicket(token: string): Promise<string> {
    const answer = await this.fetch('/api/ticket', token, { method: 'POST' })
    const { ticket } = (await answer.json()) as { ticket: string }
    return ticket
  }

  /** Opens a record as a stock client does. Comes back once, not for ever. */
  async room(workerId: string, kind: string, id: string, doc: Y.Doc = new Y.Doc()): Promise<RoomClient> {
    const ticket = await this.takeTicket(await this.signIn(workerId))
    const provider = new WebsocketProvider(`${this.socketUrl}/rooms`, `${kind}/${id}`, doc, {
      WebSocketPolyfill: WebSocket as never,
      disableBc: true,
      params: { ticket },
      shouldReconnect: () => false,
    })
    const denied: string[] = []
    provider.messageHandlers[2] = (_encoder, decoder) => {
      // The kind of auth message: there is only the denial.
      decoder.pos++
      denied.push(readVarString(decoder))
    }
    const closed = new Promise<Closed>((resolve) =>
      provider.on('closed', ({ code, reason }) => resolve({ code, reason })),
    )
    const synced = new Promise<void>((resolve, reject) => {
      provider.on('sync', (isSynced: boolean) => isSynced && resolve())
      provider.on('closed', ({ code, reason }) => reject(new Error(`closed with ${code} ${reason}`)))
    })
    synced.catch(() => {})
    this.#endings.push(() => provider.destroy())
    return { doc, fields: doc.getMap('fields'), provider, denied, closed, synced }
  }

  /** A socket at `/rooms/<path>`, with the worker's Bearer token unless the headers say otherwise. */
  async raw(path: string, { worker, headers = {} }: SocketOptions = {}): Promise<RawSocket> {
    const authorization = worker === undefined ? {} : { authorization: `Bearer ${await this.signIn(worker)}` }
    const socket = new WebSocket(`${this.socketUrl}/rooms/${path}`, {
      headers: { ...authorization, ...headers },
    })
    socket.binaryType = 'nodebuffer'
    const frames: Uint8Array[] = []
    socket.on('message', (data: Buffer) => frames.push(new Uint8Array(data)))
    socket.on('error', () => {})
    this.#endings.push(() => socket.terminate())
    return {
      socket,
      frames,
      opened: new Promise((resolve) => socket.once('open', () => resolve())),
      closed: new Promise((resolve) =>
        socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
      ),
      refused: new Promise((resolve) =>
        socket.once('unexpected-response', (_request, response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        }),
      ),
    }
  }

  /** Changes a record as the operator, or as a worker whose import it is. */
  async change(kind: Kind, id: string, values: RowValues): Promise<Verdict> {
    const row = await this.row(kind, id)
    return this.organisation.gate.submit({
      type: 'writes',
      author: { type: 'operator' },
      via: 'operator',
      record: { kind, id },
      creates: row === null,
      writes: writesFor(kindSpecs[kind], row, values),
    })
  }

  /** The committed row. */
  async row(kind: Kind, id: string): Promise<Row | null> {
    const found = await this.organisation.storage.load([{ kind, id }])
    return found.get(recordKey(kind, id))?.row ?? null
  }

  /** Something to be ended before the server is. */
  onClose(ending: () => void): void {
    this.#endings.push(ending)
  }

  async close(): Promise<void> {
    for (const ending of this.#endings) ending()
    await this.#running.close()
    if (this.#isOwnFolder) await rm(this.folder, { recursive: true, force: true })
  }
}
