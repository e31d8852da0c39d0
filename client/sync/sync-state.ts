/**
 * The sync state as the shell shows it, quietly: one line, derived from the leader's heartbeat and the counts of
 * outbox and quarantine. No state of its own: every tab sees the same.
 */
import type { Heartbeat, LinkStatus } from '../replica/stored.ts'

export interface SyncState {
  /** What to say first. */
  readonly type:
    | 'update-needed'
    | 'session-ended'
    | 'refused'
    | 'first-sync'
    | 'saved-here'
    | 'sending'
    | 'offline'
    | 'connecting'
    | 'merged'
  readonly link: LinkStatus
  /** Entries of the outbox: saved on this device, not answered yet. */
  readonly waiting: number
  /** Refused edits that need attention. */
  readonly refused: number
  /** Conflicts that nobody has looked at. */
  readonly conflicts: number
  /** Progress of a first sync, records. */
  readonly progress: { readonly done: number; readonly total: number } | null
  /** This device's clock when everything was last here; null before the first time. */
  readonly syncedAt: number | null
}

export interface SyncCounts {
  readonly waiting: number
  readonly refused: number
  readonly conflicts: number
  readonly syncedAt: number | null
}

/** After this long without a heartbeat nobody holds the link, whatever was said last. */
const STALE_MS = 15_000

export function syncStateOf(
  heartbeat: Heartbeat | undefined,
  counts: SyncCounts,
  now: number,
  isOnline: boolean,
): SyncState {
  const link = linkOf(heartbeat, now, isOnline)
  return {
    type: typeOf(link, counts),
    link,
    ...counts,
    progress: link.type === 'first-sync' ? { done: link.done, total: link.total } : null,
  }
}

function linkOf(heartbeat: Heartbeat | undefined, now: number, isOnline: boolean): LinkStatus {
  if (!isOnline) return { type: 'offline' }
  if (heartbeat === undefined || now - heartbeat.at > STALE_MS) return { type: 'connecting' }
  return heartbeat.status
}

/** What keeps somebody from working first, then what waits, then how the link is. */
function typeOf(link: LinkStatus, { waiting, refused }: SyncCounts): SyncState['type'] {
  if (link.type === 'update-needed' || link.type === 'session-ended') return link.type
  if (link.type === 'first-sync') return 'first-sync'
  if (refused > 0 && waiting === 0) return 'refused'
  if (waiting > 0) return link.type === 'live' ? 'sending' : 'saved-here'
  return link.type === 'live' ? 'merged' : link.type
}
