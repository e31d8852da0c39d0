/**
 * Which accounts a session was shown as links by Check for Match, and when: only these open through a match, for ten
 * minutes (S13). In memory: who comes back after a restart checks for a match again.
 */

/** How long a link opens. */
export const SHOWN_MS = 10 * 60 * 1_000
/** Links kept for one session, and sessions: the oldest go first. */
const LINKS_MAX = 200
const SESSIONS_MAX = 10_000

export interface ShownMatches {
  show(sessionId: string, accountIds: readonly string[]): void
  wasShown(sessionId: string, accountId: string): boolean
  forget(sessionId: string): void
}

export function createShownMatches(now: () => number): ShownMatches {
  const timesBySession = new Map<string, Map<string, number>>()

  return {
    show(sessionId, accountIds) {
      if (accountIds.length === 0) return
      const times = timesBySession.get(sessionId) ?? new Map<string, number>()
      // Taken out and put in again: maps are in the order of insertion.
      timesBySession.delete(sessionId)
      timesBySession.set(sessionId, times)
      for (const id of accountIds) {
        times.delete(id)
        times.set(id, now())
      }
      dropOldest(times, LINKS_MAX)
      dropOldest(timesBySession, SESSIONS_MAX)
    },
    wasShown(sessionId, accountId) {
      const at = timesBySession.get(sessionId)?.get(accountId)
      return at !== undefined && now() - at < SHOWN_MS
    },
    forget(sessionId) {
      timesBySession.delete(sessionId)
    },
  }
}

function dropOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return
    map.delete(key)
  }
}
