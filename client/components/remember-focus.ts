/**
 * Where the focus goes back to when a sheet closes: to what opened it, or, where that went away by what was done in the
 * sheet, to the nearest part of the page around it that is still there. A focus that is lost begins again at the top.
 */

const PARTS = 'article, section, main'

/** Call when the sheet opens; what it answers gives the focus back. `instead` comes before the parts around. */
export function rememberFocus(): (instead?: HTMLElement) => void {
  const opener = document.activeElement
  const around: Element[] = []
  for (let part = opener?.closest(PARTS); part; part = part.parentElement?.closest(PARTS)) around.push(part)
  return (instead) => focusFirst([opener, instead, ...around])
}

/** The first of these that is still in the page gets the focus; else what the page is about. */
export function focusFirst(places: readonly (EventTarget | null | undefined)[]): void {
  const place = [...places, document.querySelector('main')].find(
    (one): one is HTMLElement =>
      one instanceof HTMLElement &&
      one !== document.body &&
      one.isConnected &&
      one.checkVisibility({ visibilityProperty: true }),
  )
  if (place === undefined) return
  // What the keyboard does not reach by itself can have the focus for once.
  if (place.tabIndex < 0 && !place.hasAttribute('tabindex')) {
    place.tabIndex = -1
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
  }
  place.focus({ preventScroll: true })
}
