/**
 * Pages of the log, one after the other, as they are asked for. Told anew when the filters change and when the network
 * comes back. What is new is looked for when something of this device has been merged, when the link brings something,
 * and when the page is looked at again; it is announced, and comes when the reader wants it: rows under a finger stay.
 */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
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
  /** There is something at the top that is not shown yet. */
  readonly hasNews: Accessor<boolean>
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
  const [hasNews, setHasNews] = createSignal(false)
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
    if (from === null) setHasNews(false)
    setCursor(answer.told.cursor)
    setState('told')
  }

  async function lookForNews(): Promise<void> {
    if (hasNews() || !online() || state() !== 'told' || isAsking || document.hidden) return
    const mine = latest
    const answer = await askLog(filters(), null, 1)
    if (mine !== latest || answer.type === 'not-told') return
    const [first] = answer.told.items
    if (first !== undefined && items().length === 0) return void load(null)
    // An entry may also say something else: that it was undone.
    if (first !== undefined && headOf(first) !== headOf(items()[0])) setHasNews(true)
  }

  const key = () => JSON.stringify(filters())
  createEffect(
    on([key, online, asked], ([next, isOnline], before) => {
      if (!isOnline) {
        latest += 1
        isAsking = false
        return void setState('offline')
      }
      if (before === undefined || before[0] !== next) setState('loading')
      const timer = setTimeout(() => void load(null), before === undefined ? 0 : ASK_DELAY_MS)
      onCleanup(() => clearTimeout(timer))
    }),
  )
  onCleanup(() => (latest += 1))

  const number = createMemo(() => portal.device()?.number)
  const isSettled = createMemo(() => portal.syncState().waiting === 0)
  createEffect(
    on(
      [number, isSettled],
      () => {
        const timer = setTimeout(() => void lookForNews(), ASK_DELAY_MS)
        onCleanup(() => clearTimeout(timer))
      },
      { defer: true },
    ),
  )
  const onLook = () => void lookForNews()
  document.addEventListener('visibilitychange', onLook)
  onCleanup(() => document.removeEventListener('visibilitychange', onLook))

  return {
    items,
    state,
    hasNews,
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

function headOf(entry: LogEntry | undefined): string {
  const undoneBy = entry?.type === 'changes' ? entry.undoneBy?.id : undefined
  return `${entry?.id} ${undoneBy ?? ''}`
}
