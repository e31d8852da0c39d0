/**
 * A worker's portal on this device: database, link, leadership and network in one life, from opening to closing.
 *
 * Screens ask the database and call actions; this keeps everything behind them going.
 */
import { liveQuery, type Subscription } from 'dexie'
import type { Drain } from '../../core/protocol/drain.ts'
import { shareChanges } from '../replica/changes.ts'
import { openReplica, type Replica, wipeReplica } from '../replica/database.ts'
import { sendAsked } from '../replica/settle.ts'
import type { LinkStatus } from '../replica/stored.ts'
import { followOrLead } from './leader.ts'
import { type Link, openLink } from './link.ts'

export interface Portal {
  readonly db: Replica
  /** Tries the link now: after a sign-in, or because somebody asked. */
  reconnect(): void
  /** Ends everything that runs; the data stays. */
  close(): void
  /** Ends everything and deletes this worker's data from the device. */
  wipe(): Promise<void>
}

export interface PortalEnding {
  /** The database is gone because the server wanted it (L16, L21): whatever else remembers the worker here goes too. */
  readonly forget: (why: Drain['why']) => Promise<void>
  readonly onWiped: () => void
}

/** `origin` is the server's, as `wss://host`. */
export function openPortal(workerId: string, origin: string, ending: PortalEnding): Portal {
  const db = openReplica(workerId)
  const tab = crypto.randomUUID()
  let status: LinkStatus = { type: 'connecting' }
  let link: Link | null = null

  const leadership = followOrLead({
    db,
    tab,
    status: () => status,
    lead: () => {
      link = openLink({
        db,
        origin,
        onWipe: async (why) => {
          await wipeReplica(db)
          await ending.forget(why)
        },
        onWiped: ending.onWiped,
        onStatus: (next) => {
          if (isSame(status, next)) return
          status = next
          void leadership.beat()
          if (next.type === 'live') void sendAsked(db, (...args) => fetch(...args)).catch(() => undefined)
        },
      })
      const mine = link
      return () => {
        mine.stop()
        link = null
      }
    },
  })

  // The link may be another tab's.
  const asking = new BroadcastChannel(`${db.name}-reconnect`)
  asking.onmessage = () => link?.reconnect()

  const stopSharing = shareChanges(db)
  // Edits of other tabs come through the database.
  const newest: Subscription = liveQuery(() => db.outbox.orderBy('n').lastKey()).subscribe({
    next: () => link?.pump(),
    error: () => undefined,
  })
  const onVisible = () => {
    if (document.visibilityState === 'visible') void leadership.look()
  }
  document.addEventListener('visibilitychange', onVisible)
  // Asked for once there is something to lose; what the browser answers is shown on the page of this device.
  void navigator.storage?.persist?.()

  const close = () => {
    document.removeEventListener('visibilitychange', onVisible)
    newest.unsubscribe()
    stopSharing()
    asking.close()
    leadership.stop()
    db.close()
  }
  return {
    db,
    reconnect: () => {
      link?.reconnect()
      asking.postMessage('reconnect')
    },
    close,
    wipe: async () => {
      close()
      await wipeReplica(db)
    },
  }
}

function isSame(a: LinkStatus, b: LinkStatus): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
