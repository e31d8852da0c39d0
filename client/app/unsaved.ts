/** Whether something is being typed in this tab that a reload would disturb: asked before the client updates itself. */
import { createEffect, createSignal, onCleanup } from 'solid-js'

const [held, setHeld] = createSignal(0)

/** Tracked. */
export const isTyping = () => held() > 0

/** For as long as `when` says so and the calling component lives. */
export function holdUpdates(when: () => boolean): void {
  createEffect(() => {
    if (!when()) return
    setHeld((count) => count + 1)
    onCleanup(() => setHeld((count) => count - 1))
  })
}
