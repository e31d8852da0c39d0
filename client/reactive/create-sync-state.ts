/** The sync state as a signal: heartbeat and counts from the database, network and clock from the browser. */
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'
import type { Replica } from '../replica/database.ts'
import { type SyncState, syncStateOf } from '../sync/sync-state.ts'
import { createLiveQuery } from './create-live-query.ts'

/** A heartbeat that stops changes nothing in the database: somebody has to look. */
const LOOK_MS = 5_000

export function createSyncState(db: Replica): Accessor<SyncState> {
  const heartbeat = createLiveQuery(() => () => db.heartbeat.get('link'), { keep: true })
  const waiting = createLiveQuery(() => () => db.outbox.count(), { keep: true })
  const refused = createLiveQuery(
    () => () => db.quarantine.filter(({ settled }) => settled === null).count(),
    {
      keep: true,
    },
  )
  const conflicts = createLiveQuery(
    () => () => db.conflicts.filter(({ settled }) => settled === null).count(),
    {
      keep: true,
    },
  )
  const syncedAt = createLiveQuery(() => async () => (await db.device.get('device'))?.syncedAt ?? null, {
    keep: true,
  })

  const [now, setNow] = createSignal(Date.now())
  const [isOnline, setOnline] = createSignal(navigator.onLine)
  const look = () => {
    setNow(Date.now())
    setOnline(navigator.onLine)
  }
  const timer = setInterval(look, LOOK_MS)
  addEventListener('online', look)
  addEventListener('offline', look)
  onCleanup(() => {
    clearInterval(timer)
    removeEventListener('online', look)
    removeEventListener('offline', look)
  })

  return createMemo(() =>
    syncStateOf(
      heartbeat(),
      {
        waiting: waiting() ?? 0,
        refused: refused() ?? 0,
        conflicts: conflicts() ?? 0,
        syncedAt: syncedAt() ?? null,
      },
      now(),
      isOnline(),
    ),
  )
}
