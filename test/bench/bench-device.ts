/** A device reduced to its link: it says hello, answers pages, remembers how far it is, and keeps nothing. */
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../core/protocol/message-types.ts'
import { encodeMessage, isOurMessageType, type Message, readMessage } from '../../core/protocol/messages.ts'

/** Nothing that is measured takes that long. */
const PATIENCE_MS = 300_000

export class BenchDevice {
  /** Records that have come, all in all. */
  received = 0
  readonly #url: string
  readonly #workerId: string
  readonly #token: string
  #device: { id: string; secret: string } | null = null
  #number = 0
  #chain: string | null = null
  #history: string | null = null
  #scopeHash: string | null = null

  /** `url` is the server's, with http. */
  constructor(url: string, workerId: string, token: string) {
    this.#url = url.replace('http', 'ws')
    this.#workerId = workerId
    this.#token = token
  }

  /** Connects, takes everything up to this number and goes. Milliseconds from the opening to the last page. */
  async catchUp(number: number): Promise<number> {
    const { ms, close } = await this.stay(number)
    await close()
    return ms
  }

  /** The same, and stays. */
  async stay(number: number): Promise<{ readonly ms: number; close(): Promise<void> }> {
    const start = performance.now()
    const socket = new WebSocket(`${this.#url}/rooms/desk/${this.#workerId}`, {
      headers: { authorization: `Bearer ${this.#token}` },
      perMessageDeflate: false,
    })
    const ms = await new Promise<number>((resolve, reject) => {
      const patience = setTimeout(() => reject(new Error('the feed did not come to its end')), PATIENCE_MS)
      const end = (settle: () => void) => {
        clearTimeout(patience)
        settle()
      }
      socket.once('error', (error) => end(() => reject(error)))
      socket.once('close', (code) => end(() => reject(new Error(`closed with ${code}`))))
      socket.once('open', () => socket.send(this.#hello()))
      socket.on('message', (data: Buffer) => {
        const message = messageIn(data)
        if (message === null) return
        const page = this.#take(message)
        if (page !== null) socket.send(encodeMessage('received', { page }))
        if (this.#number >= number) end(() => resolve(performance.now() - start))
      })
    })
    return {
      ms,
      close: () =>
        new Promise((resolve) => {
          socket.removeAllListeners('close')
          socket.once('close', () => resolve())
          socket.close()
        }),
    }
  }

  #hello(): Uint8Array {
    return encodeMessage('hello', {
      protocol: PROTOCOL_VERSION,
      worker: this.#workerId,
      device: this.#device,
      number: this.#number,
      chain: this.#chain,
      history: this.#history,
      scopeHash: this.#scopeHash,
      policyVersion: 0,
      unsent: { total: 0, edits: [] },
      quarantined: [],
    })
  }

  /** The page to answer, or null. */
  #take(message: Message): number | null {
    switch (message.name) {
      case 'welcome': {
        const { device, history, scopeHash, resume } = message.body
        if (resume === 'rebuild' && this.#device !== null) throw new Error('the device was made to rebuild')
        this.#device = { id: device.id, secret: device.secret ?? this.#device?.secret ?? '' }
        this.#history = history
        this.#scopeHash = scopeHash
        return null
      }
      case 'feed': {
        const { records, upTo, page } = message.body
        this.received += records.length
        if (upTo !== null) {
          this.#number = upTo.number
          this.#chain = upTo.chain
        }
        return page
      }
      case 'revoke':
        return message.body.page
      default:
        return null
    }
  }
}

function messageIn(data: Buffer): Message | null {
  const decoder = decoding.createDecoder(new Uint8Array(data.buffer, data.byteOffset, data.length))
  const type = decoding.readVarUint(decoder)
  return isOurMessageType(type) ? readMessage(type, decoder) : null
}
