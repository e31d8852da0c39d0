/** A signal that follows another when it has been quiet for a moment; an emptied one at once. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'

/** Shorter than the pause between two words, longer than between two letters. */
const QUIET_MS = 90

export function createDebounced(source: Accessor<string>): Accessor<string> {
  const [settled, setSettled] = createSignal(source())
  createEffect(
    on(source, (next) => {
      if (next === '') {
        setSettled(next)
        return
      }
      const timer = setTimeout(() => setSettled(next), QUIET_MS)
      onCleanup(() => clearTimeout(timer))
    }),
  )
  return settled
}
