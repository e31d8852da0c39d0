/** What the routes need, handed in by main.ts. */
import type { Gate } from '../gate/types.ts'
import type { Policy } from '../gate/policy.ts'
import type { Logger } from '../log.ts'
import type { Settlements } from '../review/settlements.ts'
import type { Storage } from '../storage/storage.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Session, Sessions } from './session-types.ts'

export interface Portal {
  readonly storage: Storage
  readonly gate: Gate
  readonly policy: Policy
  readonly sessions: Sessions
  readonly settlements: Settlements
  readonly rateLimits: RateLimits
  readonly log: Logger
  readonly now: () => number
  readonly newId: () => string
  /** Prometheus text. */
  readonly metrics: () => Promise<string>
  /** Built client to serve, or null. */
  readonly clientDir: string | null
}

/** Hono's variables: the caller's session, set by `requireSession`. */
export interface Variables {
  session: Session
}
export type AppEnvironment = { Variables: Variables }
