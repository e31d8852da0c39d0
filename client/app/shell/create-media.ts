/**
 * A media query as a signal. For what must be in one place or the other, never in both; looks stay in CSS.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'

export function createMedia(query: string): Accessor<boolean> {
  const list = window.matchMedia(query)
  const [matches, setMatches] = createSignal(list.matches)
  const follow = () => setMatches(list.matches)
  list.addEventListener('change', follow)
  onCleanup(() => list.removeEventListener('change', follow))
  return matches
}
