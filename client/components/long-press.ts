/** A long press on a row, which a short one opens: for what is done with several rows on a screen without check boxes. */

/** As long as systems wait before they open a menu. */
const PRESS_MS = 500

/** A finger that rests moves a little, in CSS pixels; one that scrolls moves more. */
const REST_PX = 10

/** Handlers for an element; `onLongPress` gets where it was pressed. The click that follows is swallowed. */
export function longPress(onLongPress: (target: HTMLElement) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isPressed = false
  let from = { x: 0, y: 0 }
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      isPressed = false
      if (event.pointerType === 'mouse') return
      const target = event.target as HTMLElement
      from = { x: event.clientX, y: event.clientY }
      stop()
      timer = setTimeout(() => {
        isPressed = true
        onLongPress(target)
      }, PRESS_MS)
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > REST_PX) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event: Event) => {
      // The system's own menu for a link comes at the same moment.
      if (timer !== undefined || isPressed) event.preventDefault()
    },
    onClickCapture: (event: Event) => {
      if (!isPressed) return
      isPressed = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
