/**
 * Reads again when records change, at a pace that leaves the device to its first sync: a query over an index of
 * thousands takes longer than a page of the feed, and would else be all that the device does.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { Kind, RecordKey } from '../../core/records/kind-spec.ts'
import { followChanges } from '../replica/changes.ts'
import type { Replica } from '../replica/database.ts'

/** At most so often, and never more than a tenth of the time. */
const PACE_MS = 150
const REST_FACTOR = 10

/** Runs `work` now, and after changes of records of these kinds; returns the end of it. */
export function followAtPace(db: Replica, kinds: readonly Kind[], work: () => Promise<unknown>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isRunning = false
  let isStale = false
  let lastMs = 0
  let isStopped = false
  const concerns = (key: RecordKey) => kinds.some((kind) => key.startsWith(`${kind}/`))

  async function run(): Promise<void> {
    timer = undefined
    isRunning = true
    isStale = false
    const begun = performance.now()
    await work().catch(() => undefined)
    lastMs = performance.now() - begun
    isRunning = false
    if (isStale) later()
  }
  function later(): void {
    isStale = true
    if (isStopped || isRunning || timer !== undefined) return
    timer = setTimeout(() => void run(), Math.max(PACE_MS, lastMs * REST_FACTOR))
  }

  const stop = followChanges(db, (keys) => {
    if (keys.some(concerns)) later()
  })
  void run()
  return () => {
    isStopped = true
    stop()
    clearTimeout(timer)
  }
}

/** What a query of records of these kinds answers, followed at pace; undefined until the first answer. */
export function createPacedQuery<T>(
  db: () => Replica,
  kinds: readonly Kind[],
  query: (db: Replica) => Promise<T>,
): Accessor<T | undefined> {
  const [value, setValue] = createSignal<T | undefined>(undefined, { equals: false })
  createEffect(
    on(db, (from) => {
      let isOver = false
      const stop = followAtPace(from, kinds, async () => {
        const answer = await query(from)
        if (!isOver) setValue(() => answer)
      })
      onCleanup(() => {
        isOver = true
        stop()
      })
    }),
  )
  return value
}
