/**
 * How many features each worker holds. To know it a worker has to be compiled, so it is counted when a row asks, a few
 * milliseconds at a time, and once for each state of the directory. The last figure stays until there is a newer one.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { compile } from '../../../../core/access/principal.ts'
import { type Directory, isAllowed } from '../../../../core/access/types.ts'

/** Long enough to get on with it, short enough for a finger not to notice. */
const SLICE_MS = 6

export interface RightsCounts {
  /** Undefined until it is counted; tracked. Asking puts the worker in the queue. */
  readonly of: (id: string) => number | undefined
  /** Counts all of these; `of` follows. */
  readonly want: (ids: readonly string[]) => void
}

export function createRightsCounts(directory: Accessor<Directory>, now: Accessor<number>): RightsCounts {
  const counts = new Map<string, number>()
  const current = new Set<string>()
  const queue = new Set<string>()
  const [version, setVersion] = createSignal(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  const count = () => {
    timer = undefined
    const from = directory()
    const begun = performance.now()
    for (const id of queue) {
      queue.delete(id)
      current.add(id)
      counts.set(id, countRights(from, id, now()))
      if (performance.now() - begun > SLICE_MS) break
    }
    // A list that is sorted by it moves once, not once for each slice.
    if (queue.size === 0) setVersion((last) => last + 1)
    else start()
  }
  const start = () => {
    timer ??= setTimeout(count)
  }
  const ask = (id: string) => {
    if (!current.has(id)) queue.add(id)
  }
  createEffect(
    on(
      directory,
      () => {
        current.clear()
        // Whoever looks asks again.
        setVersion((last) => last + 1)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  return {
    of: (id) => {
      version()
      ask(id)
      if (queue.size > 0) start()
      return counts.get(id)
    },
    want: (ids) => {
      for (const id of ids) ask(id)
      if (queue.size > 0) start()
    },
  }
}

export function countRights(directory: Directory, workerId: string, now: number): number {
  let held = 0
  for (const right of compile(directory, workerId, now).rights.values()) if (isAllowed(right)) held += 1
  return held
}
