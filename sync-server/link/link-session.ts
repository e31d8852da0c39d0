/**
 * One connected device (DESIGN 7, L1-L5): hello, then feed, push and verdict side by side until the socket goes.
 *
 * Nothing that a device sends in good faith is refused by closing: refusals are verdicts, limits are answered by credit.
 * Closed are a hello that names another worker (4401) or a protocol that is not spoken (4400), and frames that are no
 * messages (4400).
 *
 * The scheme for a device's own edits: the feed brings them like everybody's, because a stored state is made of the
 * server's bytes only (L7). The page with them usually leaves before the verdict; a merged entry stays part of what the
 * device shows until its feed has come to the verdict's number.
 */
import type * as decoding from 'lib0/decoding'
import type { Hello } from '../../core/protocol/hello.ts'
import { type Message, encodeMessage, readMessage } from '../../core/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../core/protocol/message-types.ts'
import type { Policy } from '../gate/policy.ts'
import type { CommittedChange } from '../gate/types.ts'
import type { Logger } from '../log.ts'
import { closeCodes } from '../rooms/close-codes.ts'
import type { Socket } from '../rooms/socket.ts'
import type { Settlement } from '../review/settlements.ts'
import type { Conflict, Device } from '../storage/storage.ts'
import { isWipeDue } from '../storage/wipe-due.ts'
import { holds } from './device-scope.ts'
import { KeptDevice } from './kept-device.ts'
import type { UpTo } from './feed-page.ts'
import { type ReachByKind, viewOf } from './reach.ts'
import { type HelloDependencies, sayHello } from './say-hello.ts'
import { Feed } from './send-feed.ts'
import type { AccountRows } from './visibility.ts'
import { conflictsOfLate, tellConflicts } from './send-conflicts.ts'
import { policyFrame, rightsOf } from './send-policy.ts'
import { createFinds, type Finds, type FindsDependencies } from './take-found.ts'
import { settledAmong, settledFrame } from './send-settled.ts'
import { verdictFrame } from './send-verdict.ts'
import { createPushes, type PushDependencies, type Pushes } from './take-push.ts'

export interface LinkDependencies
  extends HelloDependencies,
    FindsDependencies,
    Omit<PushDependencies, 'storage' | 'policy'> {
  readonly policy: Policy
  readonly log: Logger
  /** The link has a device and a view: commits are to be told to it from now on. */
  readonly onBegun: (link: LinkSession) => void
  readonly onViewChanged: (link: LinkSession) => void
  readonly onWipeDue: (device: Device) => Promise<void>
}

export class LinkSession {
  readonly #socket: Socket
  readonly #deps: LinkDependencies
  #device: KeptDevice | null = null
  #feed: Feed | null = null
  #pushes: Pushes | null = null
  #finds: Finds | null = null
  #isGreeted = false
  /** What the device was told last; null before the welcome. */
  #toldRights: string | null = null

  constructor(socket: Socket, deps: LinkDependencies) {
    this.#socket = socket
    this.#deps = deps
  }

  get workerId(): string {
    return this.#socket.session.workerId
  }

  get deviceId(): string | null {
    return this.#device?.now.id ?? null
  }

  get reach(): ReachByKind {
    return this.#feed?.view.scope.reach ?? {}
  }

  take(type: number, rest: decoding.Decoder): void {
    const message = readMessage(type, rest)
    if (message === null) return this.#socket.close(closeCodes.violation, 'malformed')
    if (message.name === 'hello') return this.#takeHello(message.body)
    if (this.#toldRights === null) return this.#socket.close(closeCodes.violation, 'hello-first')
    this.#takeAfterHello(message)
  }

  note(change: CommittedChange, accounts: AccountRows): void {
    this.#feed?.note(change, accounts)
  }

  /** The policy has changed: what this worker may see is known anew before anything else is sent. */
  checkPolicy(): void {
    const { policy, now, onViewChanged } = this.#deps
    const feed = this.#feed
    if (feed === null) return
    const view = viewOf(policy.principalOf(this.workerId))
    const rights = rightsOf(policy, this.workerId, now())
    if (this.#toldRights !== null && this.#toldRights !== rights.fingerprint) {
      this.#toldRights = rights.fingerprint
      this.#socket.send(policyFrame(rights, view.hash))
    }
    feed.changeView(view)
    onViewChanged(this)
  }

  /** Refused edits of this worker's were reviewed. Before the welcome nothing is lost: hello asks for them. */
  tellSettled(settlements: readonly Settlement[]): void {
    const frame = this.#toldRights === null ? null : settledFrame(settlements)
    if (frame !== null) this.#socket.send(frame)
  }

  /** Before the welcome nothing is lost: after it those of the last week are told. */
  noteConflicts(conflicts: readonly Conflict[]): void {
    const own = conflicts.filter(({ overwritten }) => overwritten.workerId === this.workerId)
    if (this.#toldRights !== null && own.length > 0) this.#tellConflicts(own).catch(this.#fail)
  }

  beat(head: UpTo): void {
    this.#feed?.beat(head)
  }

  /** Another connection of the same device has come. */
  replace(): void {
    this.#socket.close(closeCodes.replaced, 'replaced')
  }

  /** The socket is gone: keeps how far the device has come. */
  async end(): Promise<void> {
    this.#feed?.stop()
    await this.#pushes?.idle()
    await this.#feed?.keep()
    await this.#device?.idle()
  }

  #takeHello(hello: Hello): void {
    if (this.#isGreeted) return this.#socket.close(closeCodes.violation, 'hello-twice')
    this.#isGreeted = true
    if (hello.worker !== this.workerId) return this.#socket.close(closeCodes.signedOut, 'other-worker')
    if (hello.protocol !== PROTOCOL_VERSION) return this.#socket.close(closeCodes.violation, 'other-protocol')
    this.#begin(hello).catch(this.#fail)
  }

  async #begin(hello: Hello): Promise<void> {
    const { policy, storage, history, now, onBegun } = this.#deps
    const { device, secret, resumes } = await sayHello(this.#deps, this.workerId, hello)
    const { session } = this.#socket
    if (session.deviceId !== device.id) await storage.bindSession(session.id, device.id)
    // L21: signed in anew on a device that is to be wiped. That closes this socket, and the next one drains.
    if (isWipeDue(device)) return await this.#deps.onWipeDue(device)
    const kept = new KeptDevice(this.#deps, device)
    this.#device = kept
    // INVARIANT: from the view to `onBegun` nothing awaits, so that no commit is missed between the two.
    const view = viewOf(policy.principalOf(this.workerId))
    const feed = new Feed({
      storage,
      send: (frame) => this.#socket.send(frame),
      save: (confirmed) => kept.save({ confirmed }),
      onError: this.#fail,
      view,
      number: resumes?.number ?? 0,
      scope: resumes?.confirmed.scope ?? holds(view.scope),
      confirmed: resumes?.confirmed ?? null,
    })
    this.#feed = feed
    this.#pushes = createPushes(this.#deps, {
      sessionId: this.#socket.id,
      device: () => kept.now,
      changeLease: (lease) => kept.save({ lease }),
      answer: (verdict) => {
        feed.flush()
        this.#socket.send(verdictFrame(verdict))
      },
    })
    const finder = { workerId: this.workerId, deviceId: device.id }
    this.#finds = createFinds(this.#deps, finder, (frame) => this.#socket.send(frame))
    onBegun(this)

    const { arrivals, departures } = await feed.prepare()
    const rights = rightsOf(policy, this.workerId, now())
    this.#toldRights = rights.fingerprint
    this.#socket.send(
      encodeMessage('welcome', {
        device: { id: device.id, secret },
        lease: kept.now.lease,
        history,
        scopeHash: feed.view.hash,
        resume: resumes === null ? 'rebuild' : 'continue',
        arrivals,
        departures,
        principals: [...rights.principals],
        changers: rights.changers,
        serverTime: now(),
      }),
    )
    feed.start()
    this.tellSettled(await settledAmong(storage, this.workerId, hello.quarantined))
    await this.#tellConflicts(await conflictsOfLate(storage, this.workerId, now()))
  }

  #tellConflicts(conflicts: readonly Conflict[]): Promise<void> {
    const { storage, policy } = this.#deps
    const send = (frame: Uint8Array) => this.#socket.send(frame)
    return tellConflicts({ storage, policy, workerId: this.workerId, send }, conflicts)
  }

  #takeAfterHello(message: Message): void {
    switch (message.name) {
      case 'received':
        return this.#feed?.received(message.body.page)
      case 'push': {
        const [update] = message.blobs
        if (update === undefined || message.blobs.length > 1)
          return this.#socket.close(closeCodes.violation, 'malformed')
        return this.#pushes?.take(message.body, update)
      }
      case 'found': {
        const [bytes] = message.blobs
        if (bytes === undefined || message.blobs.length > 1)
          return this.#socket.close(closeCodes.violation, 'malformed')
        return this.#finds?.take(message.body, bytes)
      }
      default:
        // Messages that only the server sends.
        return this.#socket.close(closeCodes.violation, 'unknown-message')
    }
  }

  readonly #fail = (error: unknown): void => {
    this.#deps.log.error({ err: error, worker: this.workerId }, 'a link could not go on')
    this.#socket.close(closeCodes.tryAgainLater, 'server-error')
  }
}
