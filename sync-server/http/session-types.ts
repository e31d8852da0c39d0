/** Who is at the door: sessions and one-use tickets, as rooms, link and HTTP need them. */
import type { IncomingHttpHeaders } from 'node:http'
import type { EndedSessions } from '../storage/storage.ts'

export interface Session {
  readonly id: string
  readonly workerId: string
  readonly expiresAt: number
  /** Its worker is not live: a device may hand in what waits, and nothing is read (L16). */
  readonly drains: boolean
  /** It drains although its time is over: only for a device that knows its own secret. */
  readonly isOver?: true
  /** The device that last said hello under it; null before. */
  readonly deviceId: string | null
  /** A device that did is to be wiped: it drains, whether its worker is live or not (L21). */
  readonly wipes: boolean
}

/** What of an HTTP request says who is asking. */
export interface Caller {
  readonly headers: IncomingHttpHeaders
  /** Path and query as sent. */
  readonly url: string
}

export interface Sessions {
  /** By cookie or Bearer; null when neither is good, and for a session that drains. */
  fromRequest(caller: Caller): Promise<Session | null>
  /** The same for what a draining device needs on its way to its link: a session that drains is one here. */
  fromRequestOrDrain(caller: Caller): Promise<Session | null>
  /** For a socket: by ticket (taken in this call, once), Bearer or cookie. A ticket that is bad is null, cookie or not. One that drains is for the link. */
  forSocket(caller: Caller): Promise<Session | null>
  /** Whether the Origin of a state-changing call or a socket is ours (L15). A missing Origin passes with ticket or Bearer only. */
  isOwnOrigin(caller: Caller): boolean
  open(workerId: string): Promise<{ readonly session: Session; readonly token: string }>
  /** The same session under another token, as if opened now: its sockets stay. */
  renew(session: Session): Promise<{ readonly session: Session; readonly token: string }>
  end(which: EndedSessions): Promise<void>
  /** The worker is not live: their sessions end for everything but draining. */
  drain(workerId: string): Promise<void>
  /** The device is to be wiped, and storage knows it: its sessions are good for that and for nothing else (L21). */
  drainDevice(deviceId: string): Promise<void>
  takeOutTicket(session: Session): { readonly ticket: string; readonly expiresAt: number }
  /**
   * Called for each session that ended by logout, disabling or expiry, with whether it drains from now on; returns its
   * own removal.
   */
  onEnded(listener: (sessionId: string, drains: boolean) => void): () => void
}
