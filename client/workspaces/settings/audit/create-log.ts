/**
 * Pages of the log, one after the other, as they are asked for. Told anew when the filters change, when the network comes
 * back, and when something of this device has been merged.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { createOnline } from '../../../app/create-online.ts'
import { usePortal } from '../../../app/context.tsx'
import { askLog, type LogFilters, type LogEntry } from './audit-api.ts'

export type LogState = 'loading' | 'told' | 'failed' | 'offline'

export interface Log {
  /** The latest first; those of the filters before while the next are asked for. */
  readonly items: Accessor<readonly LogEntry[]>
  readonly state: Accessor<LogState>
  readonly hasMore: Accessor<boolean>
  readonly loadMore: () => void
  /** Asks for the first page again. */
  readonly reload: () => void
}

/** Between a keystroke and the question. */
const ASK_DELAY_MS = 250

export function createLog(filters: Accessor<LogFilters>, limit?: number): Log {
  const portal = usePortal()
  const online = createOnline()
  const [items, setItems] = createSignal<readonly LogEntry[]>([])
  const [state, setState] = createSignal<LogState>('loading')
  const [cursor, setCursor] = createSignal<string | null>(null)
  const [asked, setAsked] = createSignal(0)
  let latest = 0
  let isAsking = false

  async function load(from: string | null): Promise<void> {
    const mine = ++latest
    isAsking = true
    const answer = await askLog(filters(), from, limit)
    if (mine !== latest) return
    isAsking = false
    if (answer.type === 'not-told') return void setState(online() ? 'failed' : 'offline')
    setItems((before) => (from === null ? answer.told.items : [...before, ...answer.told.items]))
    setCursor(answer.told.cursor)
    setState('told')
  }

  const key = () => JSON.stringify(filters())
  createEffect(
    on([key, online, asked, () => portal.syncState().waiting === 0], ([next, isOnline], before) => {
      if (!isOnline) {
        latest += 1
        return void setState('offline')
      }
      if (before === undefined || before[0] !== next) setState('loading')
      const timer = setTimeout(() => void load(null), before === undefined ? 0 : ASK_DELAY_MS)
      onCleanup(() => clearTimeout(timer))
    }),
  )
  onCleanup(() => (latest += 1))

  return {
    items,
    state,
    hasMore: () => cursor() !== null,
    loadMore: () => {
      const from = cursor()
      if (from !== null && !isAsking) void load(from)
    },
    reload: () => {
      setState('loading')
      setAsked((count) => count + 1)
    },
  }
}
