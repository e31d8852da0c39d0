/** The sync state as the pill says it. */
import type { SyncStatus } from '../components/types.ts'
import type { SyncState } from '../sync/sync-state.ts'

export function pillOf({ type, waiting, refused, link }: SyncState): SyncStatus {
  switch (type) {
    case 'refused':
      return { state: 'refused', count: refused }
    case 'sending':
      return { state: 'waiting', count: waiting }
    case 'saved-here':
      return { state: link.type === 'offline' ? 'offline' : 'waiting', count: waiting }
    case 'first-sync':
      return { state: 'receiving' }
    case 'connecting':
      return { state: 'connecting' }
    case 'merged':
      return { state: 'merged' }
    case 'offline':
    case 'session-ended':
    case 'update-needed':
      return { state: 'offline', count: waiting }
  }
}
