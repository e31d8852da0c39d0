/**
 * Load for one room, as stock y-websocket clients make it, but cheap, so that the server is what is measured: one socket
 * writes, others read. Updates are written before the clock starts; a socket keeps so many on their way that the server
 * always has something to do, and the next one leaves when every reader has seen the oldest.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'

const SYNC = 0
const UPDATE = 2
/** Fields that nothing else hangs on: territory, state and zip would move the account's dependants with it. */
const fields = ['phone', 'businessType', 'specialty']

export interface RoomLoadOptions {
  /** Of the room, with ws. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly readers: number
  /** Updates on their way. */
  readonly ahead: number
  /** The record as both servers begin with it. */
  readonly state: Uint8Array
  readonly clientId: number
}

export class RoomLoad {
  readonly #options: RoomLoadOptions
  readonly #doc = new Y.Doc()
  readonly #sockets: WebSocket[] = []
  #frames: Uint8Array[] = []
  #sent = 0
  #seen: number[] = []
  #written = 0
  #done: (() => void) | null = null
  #fail: ((error: Error) => void) | null = null

  constructor(options: RoomLoadOptions) {
    this.#options = options
    Y.applyUpdate(this.#doc, options.state)
    this.#doc.clientID = options.clientId
  }

  /** Resolves when every socket has the record. */
  async open(): Promise<void> {
    // The writer first: what the peer's room holds comes from it.
    this.#sockets.push(await this.#connect(this.#doc, null))
    for (let reader = 0; reader < this.#options.readers; reader++)
      this.#sockets.push(await this.#connect(new Y.Doc(), reader))
  }

  /** Writes the updates of the next round. */
  prepare(updates: number): void {
    this.#frames = []
    const take = (update: Uint8Array) => void this.#frames.push(updateFrame(update))
    this.#doc.on('update', take)
    for (let n = 0; n < updates; n++, this.#written++)
      this.#doc
        .getMap('fields')
        .set(fields[this.#written % fields.length] ?? 'phone', `value ${this.#written}`)
    this.#doc.off('update', take)
    this.#sent = 0
    this.#seen = Array.from({ length: this.#options.readers }, () => 0)
  }

  /** Resolves when every reader has seen every update. */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#fail = reject
      this.#send()
    })
  }

  close(): void {
    for (const socket of this.#sockets) {
      socket.removeAllListeners('close')
      socket.terminate()
    }
  }

  #send(): void {
    const [writer] = this.#sockets
    const slowest = Math.min(...this.#seen)
    while (this.#sent < this.#frames.length && this.#sent - slowest < this.#options.ahead)
      writer?.send(this.#frames[this.#sent++] ?? new Uint8Array())
    if (slowest === this.#frames.length) this.#done?.()
  }

  #connect(doc: Y.Doc, reader: number | null): Promise<WebSocket> {
    const { url, headers } = this.#options
    const socket = new WebSocket(url, { headers, perMessageDeflate: false })
    return new Promise((resolve, reject) => {
      let isSynced = false
      this.#fail = reject
      socket.once('error', reject)
      socket.once('close', (code, reason) =>
        this.#fail?.(new Error(`closed with ${code} ${reason.toString()}`)),
      )
      socket.once('open', () =>
        socket.send(
          encoding.encode((encoder) => writeSync(encoder, () => sync.writeSyncStep1(encoder, doc))),
        ),
      )
      socket.on('message', (data: Buffer) => {
        if (data[0] !== SYNC) return
        if (isSynced && data[1] === UPDATE) return this.#count(reader)
        const decoder = decoding.createDecoder(new Uint8Array(data).subarray(1))
        const answer = encoding.createEncoder()
        encoding.writeVarUint(answer, SYNC)
        const type = sync.readSyncMessage(decoder, answer, doc, socket)
        if (encoding.length(answer) > 1) socket.send(encoding.toUint8Array(answer))
        // Step 2 came: the record is here.
        if (type !== 1 || isSynced) return
        isSynced = true
        resolve(socket)
      })
    })
  }

  /** The writer's own echo, which one of the two servers sends, is not waited for. */
  #count(reader: number | null): void {
    if (reader === null) return
    this.#seen[reader] = (this.#seen[reader] ?? 0) + 1
    this.#send()
  }
}

function updateFrame(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => writeSync(encoder, () => sync.writeUpdate(encoder, update)))
}

function writeSync(encoder: encoding.Encoder, write: () => void): void {
  encoding.writeVarUint(encoder, SYNC)
  write()
}
