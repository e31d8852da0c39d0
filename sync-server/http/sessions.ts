/**
 * Sessions and tickets. A session is a random token, kept as its hash; a ticket opens one socket, once, within 30 s (L14).
 *
 * Tickets live in memory: they die with the process, which is no loss for something that lives half a minute.
 */
import { SESSION_DRAINS_MS, SESSION_IDLE_MS, TICKET_MS } from '../../core/protocol/limits.ts'
import type { EndedSessions, Storage, StoredSession } from '../storage/storage.ts'
import { isOwnSocketOrigin } from './origin.ts'
import { hashSecret, newSecret } from './secrets.ts'
import type { Caller, Session, Sessions } from './session-types.ts'

export const sessionCookie = 'ambit'

/** How far a clock may be set back before sessions made until then are over, in milliseconds. */
const CLOCK_SLACK_MS = 24 * 60 * 60 * 1_000

export interface SessionsDependencies {
  readonly storage: Storage
  readonly now: () => number
  readonly newId: () => string
  /** Whether the worker is active and valid now: a session of one who is not drains (L16). */
  readonly isLive: (workerId: string) => boolean
}

export function createSessions({ storage, now, newId, isLive }: SessionsDependencies): Sessions {
  const tickets = new Map<string, { readonly session: Session; readonly expiresAt: number }>()
  const listeners = new Set<(sessionId: string, drains: boolean) => void>()

  async function byToken(token: string): Promise<Session | null> {
    const stored = await storage.session(hashSecret(token))
    if (!stored) return null
    if (isWithinLife(stored.expiresAt, now(), SESSION_IDLE_MS + CLOCK_SLACK_MS))
      return asOfNow(toSession(stored))
    const mayDrain = stored.expiresAt <= now() && now() - stored.expiresAt < SESSION_DRAINS_MS
    if (!mayDrain) {
      await end({ id: stored.id })
      return null
    }
    if (!isLive(stored.workerId) || stored.wipes) return { ...toSession(stored), drains: true, isOver: true }
    // Over for now, and kept: its worker may be disabled before they sign in again.
    tell([stored.id], false)
    return null
  }

  /** A session that once drained is none any more when its worker is live again: they sign in. */
  function asOfNow(session: Session): Session | null {
    if (!isLive(session.workerId) || session.wipes) return { ...session, drains: true }
    return session.drains ? null : session
  }

  function byTicket(ticket: string): Session | null {
    const hash = hashSecret(ticket)
    const found = tickets.get(hash)
    tickets.delete(hash)
    return found && isWithinLife(found.expiresAt, now(), 2 * TICKET_MS) ? asOfNow(found.session) : null
  }

  async function end(which: EndedSessions): Promise<void> {
    tell(await storage.endSessions(which), false)
  }

  function tell(sessionIds: readonly string[], drains: boolean): void {
    const ended = new Set(sessionIds)
    for (const [hash, { session }] of tickets) if (ended.has(session.id)) tickets.delete(hash)
    for (const id of ended) for (const listener of listeners) listener(id, drains)
  }

  async function fromRequestOrDrain(caller: Caller): Promise<Session | null> {
    const token = bearerOf(caller) ?? cookieOf(caller)
    return token === null ? null : byToken(token)
  }

  return {
    async fromRequest(caller) {
      const session = await fromRequestOrDrain(caller)
      return session?.drains === true ? null : session
    },
    fromRequestOrDrain,
    async forSocket(caller) {
      const ticket = new URL(caller.url, 'ws://local').searchParams.get('ticket')
      return ticket !== null ? byTicket(ticket) : fromRequestOrDrain(caller)
    },
    isOwnOrigin: isOwnSocketOrigin,
    open: (workerId) => save({ id: newId(), workerId }),
    renew: ({ id, workerId, deviceId }) => save({ id, workerId, ...(deviceId !== null && { deviceId }) }),
    end,
    async drain(workerId) {
      tell(await storage.drainSessions(workerId), true)
    },
    async drainDevice(deviceId) {
      tell(await storage.sessionsOfDevice(deviceId), true)
    },
    takeOutTicket(session) {
      dropExpired()
      const ticket = newSecret()
      const expiresAt = now() + TICKET_MS
      tickets.set(hashSecret(ticket), { session, expiresAt })
      return { ticket, expiresAt }
    },
    onEnded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  async function save(session: Pick<StoredSession, 'id' | 'workerId' | 'deviceId'>) {
    const token = newSecret()
    const stored = {
      ...session,
      tokenHash: hashSecret(token),
      createdAt: now(),
      expiresAt: now() + SESSION_IDLE_MS,
    }
    await storage.saveSession(stored)
    return { session: toSession(stored), token }
  }

  /** Insertion order is order of expiry. */
  function dropExpired() {
    for (const [hash, { expiresAt }] of tickets) {
      if (isWithinLife(expiresAt, now(), 2 * TICKET_MS)) return
      tickets.delete(hash)
    }
  }
}

/** Not past its end, and not so far from it that a clock which was wrong must have set it (D24). */
function isWithinLife(expiresAt: number, now: number, lifeMs: number): boolean {
  return expiresAt > now && expiresAt - now <= lifeMs
}

function toSession({ id, workerId, expiresAt, drains, deviceId, wipes }: StoredSession): Session {
  return {
    id,
    workerId,
    expiresAt,
    drains: drains === true,
    deviceId: deviceId ?? null,
    wipes: wipes === true,
  }
}

function bearerOf({ headers }: Caller): string | null {
  return /^Bearer ([\w-]{20,100})$/.exec(headers.authorization ?? '')?.[1] ?? null
}

function cookieOf({ headers }: Caller): string | null {
  return (
    new RegExp(`(?:^|;\\s*)${sessionCookie}=([\\w-]{20,100})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? null
  )
}
