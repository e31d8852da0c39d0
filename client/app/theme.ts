/**
 * Light, dark, or as the system says. Kept on the device; `data-theme` on the root element carries it.
 */
import { createSignal } from 'solid-js'

export type Theme = 'system' | 'light' | 'dark'

const STORAGE_KEY = 'ambit.theme'

const [current, setCurrent] = createSignal<Theme>(readTheme())

/** What the reader chose. */
export const theme = current

/** Call once before the first paint, so that a dark room never flashes white. */
export function applyTheme(): void {
  showTheme(current())
}

export function setTheme(next: Theme): void {
  setCurrent(next)
  showTheme(next)
  try {
    if (next === 'system') localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, next)
  } catch {
    // Storage may be closed to us (a private window): the choice then lasts as long as the page.
  }
}

function showTheme(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
}

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}
