/**
 * One tab holds the link (L10). A Web Lock chooses it; a heartbeat in the database shows that it lives, because a
 * phone may suspend a tab that keeps its lock: a visible tab takes over after ten seconds of silence (GATE 28).
 */
import { type Replica, replicaName } from '../replica/database.ts'
import type { LinkStatus } from '../replica/stored.ts'

const BEAT_MS = 4_000
const SILENCE_MS = 10_000

export interface LeaderOptions {
  readonly db: Replica
  /** This tab's own id, random. */
  readonly tab: string
  readonly now?: () => number
  readonly locks?: LockManager
  readonly isVisible?: () => boolean
  /** Called when this tab becomes the leader; what it returns is called when it stops being it. */
  readonly lead: () => () => void
  /** What the heartbeat says the link sees. */
  readonly status: () => LinkStatus
}

export interface Leadership {
  /** Writes the heartbeat now, because the status changed. */
  beat(): Promise<void>
  /** Looks for a silent leader now: the tab became visible. */
  look(): Promise<void>
  stop(): void
}

export function followOrLead({
  db,
  tab,
  now = Date.now,
  locks = navigator.locks,
  isVisible = () => document.visibilityState === 'visible',
  lead,
  status,
}: LeaderOptions): Leadership {
  const name = `${replicaName(db.workerId)}-link`
  let stopped = false
  let leading: { readonly resign: () => void } | null = null

  async function beat(): Promise<void> {
    if (leading === null) return
    await db.heartbeat.put({ key: 'link', tab, at: now(), status: status() }).catch(() => undefined)
  }

  /** Holds the lock until it resigns, or another tab steals it. */
  function stand(steal: boolean): void {
    locks
      .request(name, steal ? { steal: true } : {}, async () => {
        if (stopped || leading !== null) return
        const { promise, resolve } = Promise.withResolvers<void>()
        const stop = lead()
        leading = {
          resign: () => {
            leading = null
            stop()
            resolve()
          },
        }
        await beat()
        await promise
      })
      .catch(() => {
        // Stolen: this tab was silent for too long. It waits in the queue like any other.
        leading?.resign()
        if (!stopped) stand(false)
      })
  }

  async function look(): Promise<void> {
    if (stopped || leading !== null || !isVisible()) return
    const last = await db.heartbeat.get('link').catch(() => undefined)
    if (last !== undefined && now() - last.at > SILENCE_MS) stand(true)
  }

  stand(false)
  const timer = setInterval(() => void (leading === null ? look() : beat()), BEAT_MS)

  return {
    beat,
    look,
    stop: () => {
      stopped = true
      clearInterval(timer)
      leading?.resign()
    },
  }
}
