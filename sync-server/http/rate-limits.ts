/**
 * How often one caller may ask. Failed logins keep their own limit always; the others are off when AMBIT_RATE is 0.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import {
  LOGIN_FAILURES_MAX,
  LOGIN_FAILURES_PER_ADDRESS_MAX,
  LOGIN_WINDOW_MS,
} from '../../core/protocol/limits.ts'

export interface RateLimits {
  /** Milliseconds to wait, or null when this login may be tried. */
  loginWait(username: string, address: string): Promise<number | null>
  loginFailed(username: string, address: string): Promise<void>
  loginWorked(username: string, address: string): Promise<void>
  /** Milliseconds to wait, or null. */
  readWait(sessionId: string): Promise<number | null>
  ticketWait(workerId: string): Promise<number | null>
}

export function createRateLimits(rate: number): RateLimits {
  const windowSeconds = LOGIN_WINDOW_MS / 1_000
  const byName = new RateLimiterMemory({ points: LOGIN_FAILURES_MAX, duration: windowSeconds })
  const byAddress = new RateLimiterMemory({ points: LOGIN_FAILURES_PER_ADDRESS_MAX, duration: windowSeconds })
  const reads = new RateLimiterMemory({ points: 3_000, duration: 10 })
  const tickets = new RateLimiterMemory({ points: 600, duration: 60 })
  const nameKey = (username: string, address: string) => `${address} ${username}`

  return {
    async loginWait(username, address) {
      const [name, from] = await Promise.all([byName.get(nameKey(username, address)), byAddress.get(address)])
      if (name && name.consumedPoints >= LOGIN_FAILURES_MAX) return name.msBeforeNext
      if (from && from.consumedPoints >= LOGIN_FAILURES_PER_ADDRESS_MAX) return from.msBeforeNext
      return null
    },
    async loginFailed(username, address) {
      await Promise.allSettled([byName.consume(nameKey(username, address)), byAddress.consume(address)])
    },
    async loginWorked(username, address) {
      await byName.delete(nameKey(username, address))
    },
    readWait: (sessionId) => (rate === 0 ? Promise.resolve(null) : wait(reads, sessionId)),
    ticketWait: (workerId) => (rate === 0 ? Promise.resolve(null) : wait(tickets, workerId)),
  }
}

async function wait(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext
    throw refusal
  }
}
