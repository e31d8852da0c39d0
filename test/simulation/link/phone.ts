/**
 * A real device on the real link, and between the two a network that is stepped by hand: each message goes when the
 * test says so, and what is on the way at a cut is gone.
 */
import * as decoding from 'lib0/decoding'
import { type Message, encodeMessage, readMessage } from '../../../core/protocol/messages.ts'
import type { VerdictMessage } from '../../../core/protocol/verdict.ts'
import type { LinkSession } from '../../../sync-server/link/link-session.ts'
import type { Links } from '../../../sync-server/link/links.ts'
import type { Socket } from '../../../sync-server/rooms/socket.ts'
import { TestDevice } from '../../client/support/device.ts'

export interface Post {
  /** Every push that reached the server: edit ids, by device. */
  readonly pushed: Map<string, string>
  /** Every verdict that left the server, whether it arrived or not. */
  readonly answered: Map<string, VerdictMessage['outcome'][]>
}

interface Connection {
  readonly link: LinkSession
  readonly down: Uint8Array[]
  readonly end: () => void
}

let sockets = 0

export class Phone {
  readonly workerId: string
  readonly #links: Links
  readonly #post: Post
  device: TestDevice
  #connection: Connection | null = null
  #backup: Map<string, unknown[]> | null = null

  constructor(workerId: string, links: Links, post: Post) {
    this.workerId = workerId
    this.#links = links
    this.#post = post
    this.device = new TestDevice(workerId)
  }

  open(): void {
    this.cut()
    const down: Uint8Array[] = []
    const gone: (() => void)[] = []
    let isOpen = true
    const socket: Socket = {
      id: `socket-${++sockets}`,
      session: {
        id: `session-${sockets}`,
        workerId: this.workerId,
        expiresAt: Number.MAX_SAFE_INTEGER,
        drains: false,
        // No session of this simulation is kept anywhere.
        deviceId: null,
        wipes: false,
      },
      get isOpen() {
        return isOpen
      },
      get isHeard() {
        return isOpen
      },
      send: (bytes) => {
        down.push(bytes)
        const message = messageOf(bytes)
        if (message.name !== 'verdict') return
        const { edit, outcome } = message.body
        this.#post.answered.set(edit, [...(this.#post.answered.get(edit) ?? []), outcome])
      },
      close: () => this.cut(),
      setPaused: () => {},
      onFrame: () => {},
      onGone: (listener) => void gone.push(listener),
    }
    const end = () => {
      isOpen = false
      for (const listener of gone) listener()
    }
    this.#connection = { link: this.#links.open(socket), down, end }
    this.device.open()
  }

  /** Up to so many messages of the device reach the server. */
  async up(count: number): Promise<boolean> {
    await this.device.pump()
    let moved = false
    for (let n = 0; n < count && this.#connection !== null; n++) {
      const said = await this.device.next()
      if (said === undefined) break
      moved = true
      if (said.name === 'push') this.#post.pushed.set(said.body.edit, await this.serverId())
      const bytes = encodeMessage(said.name, said.body as never, said.blobs)
      const decoder = decoding.createDecoder(bytes)
      this.#connection?.link.take(decoding.readVarUint(decoder), decoder)
    }
    return moved
  }

  /** Up to so many messages of the server reach the device. */
  async down(count: number): Promise<boolean> {
    const frames = this.#connection?.down.splice(0, count) ?? []
    for (const frame of frames) await this.device.receive(messageOf(frame))
    return frames.length > 0
  }

  async ring(): Promise<boolean> {
    const due = this.device.alarms.splice(0)
    for (const work of due) work()
    await this.device.idle()
    return due.length > 0
  }

  /** The network goes away, with everything that is on its way. */
  cut(): void {
    const connection = this.#connection
    this.#connection = null
    this.device.cut()
    connection?.end()
  }

  kill(): void {
    this.cut()
    this.device.restart()
  }

  async backUp(): Promise<void> {
    await this.device.idle()
    this.#backup = new Map()
    for (const table of this.device.db.tables) this.#backup.set(table.name, await table.toArray())
  }

  /**
   * The device as its backup had it: older than what the server knows of it. Answers with what is gone by that, and is
   * nobody's promise: what it had written since and still had in its outbox or its own quarantine.
   */
  async restore(): Promise<string> {
    if (this.#backup === null) return ''
    this.cut()
    const { outbox, quarantine } = this.device.db
    const gone = JSON.stringify([await outbox.toArray(), await quarantine.toArray()])
    this.device.db.close()
    this.device = new TestDevice(this.workerId)
    for (const [name, rows] of this.#backup) await this.device.db.table(name).bulkPut(rows)
    return gone
  }

  /** What the server calls this device. */
  async serverId(): Promise<string> {
    return (await this.device.db.device.get('device'))?.id ?? 'nobody'
  }
}

function messageOf(bytes: Uint8Array): Message {
  const decoder = decoding.createDecoder(bytes)
  const message = readMessage(decoding.readVarUint(decoder), decoder)
  if (message === null) throw new Error('a frame that is no message of ours')
  return message
}
