/** What everybody in a soak shares: where the server is, who may open a socket there, and what went wrong so far. */
import { WebSocket } from 'ws'
import type { Random } from '../simulation/fuzz/random.ts'
import { accountId, TEAMS } from './organisation.ts'

/** How fast work moves on to other accounts: as many again as are open at a time, in milliseconds. */
const SHIFT_MS = 10_000
export const OPEN_ACCOUNTS = 48
/** What comes after so many sentences says nothing new. */
const TROUBLES_MAX = 100

/** Accounts that work passes through in so many minutes, and a margin for the end. */
export const accountsFor = (minutes: number): number =>
  Math.ceil((minutes * 60_000) / SHIFT_MS + 6) * OPEN_ACCOUNTS

/** An edit that came before its socket closed in order: the committed record has to hold it. */
export interface Expected {
  readonly account: string
  readonly clientId: number
  readonly clock: number
}

export class World {
  readonly url: string
  readonly tokens: Map<string, string>
  readonly passwords: ReadonlyMap<string, string>
  /** Sentences; none of them may be there at the end. */
  readonly troubles: string[] = []
  readonly faults = new Map<string, number>()
  readonly closes = new Map<string, number>()
  /** Of stock clients that have left a room. */
  readonly promises: Expected[] = []
  /** Milliseconds from a device's push to its verdict; taken by whoever samples. */
  answers: number[] = []
  edits = 0
  /** Nothing goes wrong any more. */
  isCalm = false
  isEnding = false
  readonly #signingIn = new Map<string, Promise<void>>()
  readonly #began = performance.now()

  constructor(url: string, tokens: ReadonlyMap<string, string>, passwords: ReadonlyMap<string, string>) {
    this.url = url
    this.tokens = new Map(tokens)
    this.passwords = passwords
  }

  /** An account that is worked on now; of this team, unless null. */
  accountNow(random: Random, team: number | null): string {
    const shift = Math.floor((performance.now() - this.#began) / SHIFT_MS)
    const within =
      team === null ? random.int(OPEN_ACCOUNTS) : random.int(OPEN_ACCOUNTS / TEAMS) * TEAMS + team
    return accountId(shift * OPEN_ACCOUNTS + within)
  }

  /** A socket at `/rooms/<path>`, with a ticket of its own. */
  async ticket(workerId: string): Promise<string> {
    await this.#signingIn.get(workerId)
    const answer = await this.#post('/api/ticket', { headers: this.#bearer(workerId) })
    // Signed out between the two lines above.
    if (answer.status === 401 && this.#signingIn.has(workerId)) return await this.ticket(workerId)
    if (answer.status !== 200) throw new Error(`${workerId} got no ticket: ${answer.status}`)
    const { ticket } = (await answer.json()) as { ticket: string }
    return ticket
  }

  async socket(path: string, workerId: string): Promise<WebSocket> {
    const address = `${this.url.replace('http', 'ws')}/rooms/${path}?ticket=${await this.ticket(workerId)}`
    const socket = new WebSocket(address, { perMessageDeflate: false })
    socket.binaryType = 'nodebuffer'
    socket.on('error', () => {})
    return socket
  }

  /** Out, which ends every socket of the session, and in again with the password. */
  async signInAnew(workerId: string): Promise<void> {
    const done = (this.#signingIn.get(workerId) ?? Promise.resolve()).then(() => this.#signIn(workerId))
    this.#signingIn.set(workerId, done)
    await done
  }

  async #signIn(workerId: string): Promise<void> {
    await this.#post('/api/logout', { headers: this.#bearer(workerId) })
    const answer = await this.#post('/api/login', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: workerId, password: this.passwords.get(workerId) }),
    })
    if (answer.status !== 200) throw new Error(`${workerId} could not sign in: ${answer.status}`)
    const { token } = (await answer.json()) as { token: string }
    this.tokens.set(workerId, token)
  }

  count(among: Map<string, number>, what: string): void {
    among.set(what, (among.get(what) ?? 0) + 1)
  }

  trouble(sentence: string): void {
    if (this.troubles.length >= TROUBLES_MAX) return
    this.troubles.push(sentence)
    console.error(`  ${sentence.slice(0, 1_000)}`)
  }

  /** Once more where the connection that was kept open has just been closed as idle: a client cannot know that before. */
  async #post(path: string, init: RequestInit): Promise<Response> {
    const ask = () => fetch(this.url + path, { ...init, method: 'POST' })
    return await ask().catch(ask)
  }

  #bearer(workerId: string): { authorization: string } {
    return { authorization: `Bearer ${this.tokens.get(workerId) ?? ''}` }
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
