/** Whether the browser has a network at all, as a signal; a preview has none. That the server answers is the link's to say. */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { preview } from '../preview/preview.ts'

export function createOnline(): Accessor<boolean> {
  const [online, setOnline] = createSignal(navigator.onLine)
  const look = () => setOnline(navigator.onLine)
  addEventListener('online', look)
  addEventListener('offline', look)
  onCleanup(() => {
    removeEventListener('online', look)
    removeEventListener('offline', look)
  })
  return () => online() && preview() === null
}
