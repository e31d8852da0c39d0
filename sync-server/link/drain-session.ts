/**
 * The link of a worker who is not live (L16, GATE 32): hello, push, receipt of the wipe, and nothing is read.
 *
 * What is pushed goes to the gate like any edit: who holds nothing (P5) is refused before the record is looked at, and
 * the edit is kept whole. What the device is told of it is less than a live one is: no name, no value and no number.
 * Once as many edits are answered as hello told of, the device is told to wipe; one in which something was written
 * meanwhile hands that in first. So does one whose session is over, by its own secret. A cut in the middle costs
 * nothing, because answered edits have their verdict (D2) and hello tells of the rest.
 *
 * The link of one device that is to be wiped is no other, while its worker is live and goes on elsewhere (L21): the gate
 * refuses what comes from it.
 */
import type * as decoding from 'lib0/decoding'
import { explain, inOneText } from '../../core/access/explain.ts'
import type { Reason } from '../../core/access/types.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import type { Hello } from '../../core/protocol/hello.ts'
import { encodeMessage, isOurMessageType, readMessage } from '../../core/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../core/protocol/message-types.ts'
import type { Push } from '../../core/protocol/push.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Rate } from '../gate/rate.ts'
import type { Logger } from '../log.ts'
import { closeCodes } from '../rooms/close-codes.ts'
import { readFrame } from '../rooms/frames.ts'
import type { Socket } from '../rooms/socket.ts'
import { KeptDevice } from './kept-device.ts'
import { type HelloDependencies, knownDevice, sayHello } from './say-hello.ts'
import { isWipeDue } from '../storage/wipe-due.ts'
import { verdictFrame } from './send-verdict.ts'
import { createPushes, type PushDependencies, type Pushes } from './take-push.ts'

export interface DrainDependencies extends HelloDependencies, Omit<PushDependencies, 'storage'> {
  readonly log: Logger
  /** Frames of any sort, by socket. */
  readonly frameRate: Rate
  /** Ends what the wiped device signed in with (L21). */
  readonly onWiped: (ended: { readonly id: string } | { readonly deviceId: string }) => Promise<void>
}

export class DrainSession {
  readonly #socket: Socket
  readonly #deps: DrainDependencies
  #device: KeptDevice | null = null
  #pushes: Pushes | null = null
  #isGreeted = false
  /** Edits that hello told of, and those that have a verdict by now. */
  #told = 0
  readonly #answered = new Set<string>()
  /** Pushes that were taken and have no answer yet, be it that they have to come again. */
  #underWay = 0
  #isWipeAsked = false

  constructor(socket: Socket, deps: DrainDependencies) {
    this.#socket = socket
    this.#deps = deps
    socket.onFrame((bytes) => this.#takeFrame(bytes))
  }

  /** The socket is gone: what was taken is still judged. */
  async end(): Promise<void> {
    await this.#pushes?.idle()
    await this.#device?.idle()
  }

  #takeFrame(bytes: Uint8Array | null): void {
    const socket = this.#socket
    if (this.#deps.frameRate.take(socket.id) > 0) return socket.close(closeCodes.tooMany, 'too-many-frames')
    const frame = bytes === null ? null : readFrame(bytes)
    if (frame === null) return socket.close(closeCodes.violation, 'malformed')
    // SAFETY: plain y-websocket asks for the desk and for who is there. It is told nothing.
    if (frame.type !== 'ours') return
    if (!isOurMessageType(frame.number)) return socket.close(closeCodes.violation, 'unknown-message')
    this.#take(frame.number, frame.rest)
  }

  #take(type: number, rest: decoding.Decoder): void {
    const socket = this.#socket
    const message = readMessage(type, rest)
    if (message === null) return socket.close(closeCodes.violation, 'malformed')
    if (message.name === 'hello') return this.#takeHello(message.body)
    if (this.#pushes === null) return socket.close(closeCodes.violation, 'hello-first')
    switch (message.name) {
      case 'push': {
        const [update] = message.blobs
        if (update === undefined || message.blobs.length > 1)
          return socket.close(closeCodes.violation, 'malformed')
        this.#underWay++
        return this.#pushes.take(message.body, update)
      }
      case 'wiped':
        if (!this.#isWipeAsked) return socket.close(closeCodes.violation, 'not-asked')
        return void this.#takeReceipt().catch(this.#fail)
      // Of the feed that a device had before: its socket was another one.
      default:
        return socket.close(closeCodes.violation, 'unknown-message')
    }
  }

  #takeHello(hello: Hello): void {
    const socket = this.#socket
    if (this.#isGreeted) return socket.close(closeCodes.violation, 'hello-twice')
    this.#isGreeted = true
    if (hello.worker !== socket.session.workerId) return socket.close(closeCodes.signedOut, 'other-worker')
    if (hello.protocol !== PROTOCOL_VERSION) return socket.close(closeCodes.violation, 'other-protocol')
    this.#begin(hello).catch(this.#fail)
  }

  async #begin(hello: Hello): Promise<void> {
    const { storage, now } = this.#deps
    const { workerId, isOver, wipes } = this.#socket.session
    // SAFETY: an old token alone opens nothing.
    if (isOver && (await knownDevice(storage, workerId, hello)) === null)
      return this.#socket.close(closeCodes.signedOut, 'not-signed-in')
    const { device, secret } = await sayHello(this.#deps, workerId, hello)
    // SAFETY: it drops its name to be another device, under the session of the one that is to be wiped.
    if (wipes && !isWipeDue(device)) await storage.askWipe(device.id, { at: now(), by: workerId })
    const kept = new KeptDevice(this.#deps, device)
    this.#device = kept
    this.#told = hello.unsent.total
    this.#pushes = createPushes(this.#deps, {
      sessionId: this.#socket.id,
      device: () => kept.now,
      changeLease: (lease) => kept.save({ lease }),
      answer: (verdict) => this.#answer(verdict),
    })
    const why = wipes ? 'device' : 'worker'
    this.#socket.send(encodeMessage('drain', { device: { id: device.id, secret }, why }))
    this.#askWipe()
  }

  #answer(verdict: VerdictMessage): void {
    this.#underWay--
    const isFinal = verdict.outcome === 'refused' || verdict.outcome === 'merged'
    if (isFinal) this.#answered.add(verdict.edit)
    this.#socket.send(verdictFrame(withoutReading(verdict)))
    this.#askWipe()
  }

  /** INVARIANT: after every verdict of what hello told of, and with none under way. */
  #askWipe(): void {
    const kept = this.#device
    if (kept === null || this.#isWipeAsked || this.#underWay > 0 || this.#answered.size < this.#told) return
    this.#isWipeAsked = true
    this.#socket.send(encodeMessage('wipe', { device: kept.now.id }))
  }

  async #takeReceipt(): Promise<void> {
    const { storage, now, log, onWiped } = this.#deps
    const kept = this.#device
    if (kept === null) return
    const device = kept.now
    const { session } = this.#socket
    if (session.wipes) {
      // INVARIANT: before the receipt is written, or a stolen cookie would be a session again.
      const others = (await storage.devicesOfSession(session.id)).filter(({ id }) => id !== device.id)
      await onWiped({ deviceId: device.id })
      await onWiped({ id: session.id })
      // It was one of these under a former name.
      for (const other of others.filter(isWipeDue)) await storage.saveDevice({ ...other, wipedAt: now() })
    }
    await kept.save({ wipedAt: now() })
    await storage.saveUnsent(device.id, { total: 0, edits: [] })
    if (session.wipes) {
      const { workerId } = device
      const record = { kind: 'worker', id: workerId } as const
      await storage.logAccess({ workerId, record, via: 'device-wiped', deviceId: device.id, at: now() })
    }
    log.info({ worker: device.workerId, device: device.id }, 'a device has deleted its data')
    this.#socket.close(closeCodes.signedOut, 'wiped')
  }

  readonly #fail = (error: unknown): void => {
    this.#deps.log.error({ err: error, worker: this.#socket.session.workerId }, 'a drain could not go on')
    this.#socket.close(closeCodes.tryAgainLater, 'server-error')
  }
}

/**
 * The verdict without what a reader would learn from it: numbers tell how much is written here, sentences and reasons
 * name people, groups and records. Those of an edit that was judged before the worker was disabled, too.
 */
export function withoutReading(verdict: VerdictMessage): VerdictMessage {
  if (verdict.outcome === 'merged') return { ...verdict, seq: 0 }
  if (verdict.outcome !== 'refused') return verdict
  const { kind } = verdict.record
  return { ...verdict, seq: 0, reasons: [{ ...sessionEnded }], sentence: sentenceOn(kind) }
}

const sessionEnded = { code: 'session-ended', rule: 'L16' } as const satisfies Reason

function sentenceOn(kind: Push['record']['kind']): string {
  const decision = { outcome: 'denied', reasons: [sessionEnded] } as const
  return inOneText(
    explain(decision, { catalogue: shippedCatalogue, action: 'edit', kind: kindSpecs[kind].label }),
  )
}
