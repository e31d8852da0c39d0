/**
 * A stock y-websocket client that opens one account after another, edits each for a while and leaves. Whatever closes
 * its socket, it comes back to the same account with the same document and a fresh ticket, until its edits are there.
 */
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Random } from '../simulation/fuzz/random.ts'
import { inflict, type LineFault, lineFaults } from './faults.ts'
import { sleep, type World } from './world.ts'

export type RoomFault = LineFault | 'forbidden' | 'presence-noise' | 'sign-in-anew'

export interface VisitorOptions {
  readonly workerId: string
  /** The team of the worker; null for one who reaches every account. */
  readonly team: number | null
  /** The right to edit comes and goes: refusals are no surprise. */
  readonly isAtNight?: boolean
}

/** Fields that nothing else hangs on. */
export const plainFields = ['phone', 'businessType', 'specialty'] as const
/** What a rep may not write: the import fills it in. */
export const forbiddenField = 'repCodes/999'

const STAY_MS = 8_000
const PAUSE_MS = 700
const PATIENCE_MS = 30_000
const PRESENCE_NOISE = 30

/** One account, open in one document. */
interface Visit {
  readonly account: string
  readonly doc: Y.Doc
  provider: WebsocketProvider | null
  /** A refused edit is in the document: it is given up. */
  isSpoilt: boolean
  /** Close codes that would be no surprise now. */
  readonly due: Set<number>
}

export class RoomVisitor {
  readonly #world: World
  readonly #random: Random
  readonly #options: VisitorOptions
  #visit: Visit | null = null

  constructor(world: World, random: Random, options: VisitorOptions) {
    this.#world = world
    this.#random = random
    this.#options = options
  }

  /** The account that is open, with its document. */
  get open(): { readonly account: string; readonly doc: Y.Doc } | null {
    return this.#visit
  }

  /** Lives until the world ends; then its last account is open and level with the server. */
  async live(): Promise<void> {
    do {
      const account = this.#world.accountNow(this.#random, this.#options.team)
      this.#visit = { account, doc: new Y.Doc(), provider: null, isSpoilt: false, due: new Set() }
      await this.#stay(this.#visit)
    } while (!this.#world.isEnding || this.#visit.provider === null)
  }

  /** False where there is no socket to suffer it. */
  suffer(fault: RoomFault): boolean {
    const visit = this.#visit
    const socket = visit?.provider?.ws as WebSocket | null | undefined
    if (!visit?.provider?.synced || visit.isSpoilt || socket?.readyState !== WebSocket.OPEN) return false
    switch (fault) {
      case 'forbidden':
        return this.#writeForbidden(visit)
      case 'presence-noise':
        for (let n = 0; n < PRESENCE_NOISE; n++) visit.provider.awareness.setLocalStateField('at', n)
        return true
      case 'sign-in-anew':
        if (!this.#world.passwords.has(this.#options.workerId)) return false
        visit.due.add(4401)
        this.#world
          .signInAnew(this.#options.workerId)
          .catch((error: unknown) => this.#complain(String(error)))
        return true
      default:
        for (const code of lineFaults[fault]) visit.due.add(code)
        inflict(fault, socket, this.#random)
        return true
    }
  }

  close(): void {
    this.#visit?.provider?.destroy()
    if (this.#visit !== null) this.#visit.provider = null
  }

  async #stay(visit: Visit): Promise<void> {
    const until = performance.now() + STAY_MS + this.#random.int(STAY_MS)
    for (;;) {
      while (visit.provider === null && !visit.isSpoilt) await this.#connect(visit)
      if (visit.isSpoilt) return await this.#awaitRefusal(visit)
      if (this.#world.isEnding) return
      if (performance.now() > until && visit.provider?.synced === true) return this.#leave(visit)
      this.#edit(visit)
      await sleep(PAUSE_MS + this.#random.int(PAUSE_MS))
    }
  }

  async #connect(visit: Visit): Promise<void> {
    const { workerId, isAtNight } = this.#options
    const ticket = await this.#world.ticket(workerId)
    visit.due.clear()
    const provider = new WebsocketProvider(
      `${this.#world.url.replace('http', 'ws')}/rooms`,
      `account/${visit.account}`,
      visit.doc,
      {
        WebSocketPolyfill: WebSocket as never,
        disableBc: true,
        params: { ticket },
        shouldReconnect: () => false,
      },
    )
    provider.messageHandlers[2] = () => {}
    visit.provider = provider
    provider.on('closed', ({ code, reason }) => {
      this.#world.count(this.#world.closes, String(code))
      // A session that ended between ticket and socket; a right that went.
      const isDue = visit.due.has(code) || (isAtNight === true && code === 4403)
      const isLate = code === 4401 && this.#world.passwords.has(workerId)
      if (!isDue && !isLate) this.#complain(`closed with ${code} ${reason} in ${visit.account}`)
      if (code === 4403) visit.isSpoilt = true
      provider.destroy()
      visit.provider = null
    })
    const isOver = await Promise.race([
      new Promise<boolean>((resolve) => {
        provider.on('sync', (isSynced: boolean) => isSynced && resolve(true))
        provider.on('closed', () => resolve(true))
      }),
      sleep(PATIENCE_MS).then(() => false),
    ])
    if (!isOver) this.#complain(`no step 2 in ${visit.account} for ${PATIENCE_MS} ms`)
  }

  #edit({ doc, isSpoilt }: Visit): void {
    if (isSpoilt) return
    const word = this.#options.isAtNight === true ? 'night' : 'honest'
    const value = `${word} ${this.#world.edits++}`
    if (this.#random.chance(0.2)) {
      const notes = doc.getText('text:notes')
      notes.insert(this.#random.int(notes.length + 1), `${value}. `)
    } else doc.getMap('fields').set(this.#random.pick(plainFields), value)
  }

  #writeForbidden(visit: Visit): boolean {
    this.#expect(visit)
    visit.due.add(4403)
    visit.isSpoilt = true
    visit.doc.getMap('fields').set(forbiddenField, true)
    return true
  }

  /** The server closes it; until then nothing more is written. */
  async #awaitRefusal(visit: Visit): Promise<void> {
    const until = performance.now() + PATIENCE_MS
    while (visit.provider !== null && performance.now() < until) await sleep(50)
    if (visit.provider !== null) this.#complain(`was not refused in ${visit.account}`)
    this.#drop(visit)
  }

  /** In order: what was sent before is judged. */
  #leave(visit: Visit): void {
    this.#expect(visit)
    this.#drop(visit)
  }

  #expect({ account, doc }: Visit): void {
    if (this.#options.isAtNight === true) return
    const { clientID: clientId } = doc
    this.#world.promises.push({ account, clientId, clock: Y.getState(doc.store, clientId) })
  }

  #drop(visit: Visit): void {
    visit.provider?.destroy()
    visit.provider = null
    visit.doc.destroy()
  }

  #complain(what: string): void {
    this.#world.trouble(`${this.#options.workerId}: ${what}`)
  }
}
