/**
 * Where a popover stands: under what opened it, above it where there is no room, never outside the window.
 */

/** Space kept to the window's edge and to the anchor, in CSS pixels. */
const MARGIN = 8

/** Sets `left` and `top` of a `position: fixed` element that is already shown, so that its size is known. */
export function placeBeside(panel: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect()
  const size = panel.getBoundingClientRect()
  const left = Math.min(Math.max(MARGIN, from.left), window.innerWidth - size.width - MARGIN)
  const below = from.bottom + MARGIN
  const fitsBelow = below + size.height + MARGIN <= window.innerHeight
  const top = fitsBelow ? below : Math.max(MARGIN, from.top - size.height - MARGIN)
  panel.style.left = `${Math.max(MARGIN, left)}px`
  panel.style.top = `${top}px`
}
