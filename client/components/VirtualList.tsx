/**
 * A list of any length, of which only what is seen is in the page. It scrolls by itself and fills the place it is in.
 *
 * A screen reader hears the true length (aria-setsize, aria-posinset). Arrow keys, Home, End and the page keys move
 * from row to row; the row with the focus stays in the page. With a `scrollKey` the list comes back where it was left.
 */
import { createVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, For, type JSX, on, Show } from 'solid-js'
import css from './VirtualList.module.css'

export interface VirtualListProps<Item> {
  readonly label: string
  readonly items: readonly Item[]
  /** Stable identity of a row. */
  readonly itemKey: (item: Item) => string
  /** One row, with one link or button in it; tracked, so that a changed item shows at once. */
  readonly children: (item: () => Item, index: () => number) => JSX.Element
  /** In CSS pixels; every row has it. */
  readonly rowHeight?: number | undefined
  /** Remembers the position under this name while the page lives. */
  readonly scrollKey?: string | undefined
  /** Back to the top when this changes: the query and the filters. */
  readonly resetOn?: string | undefined
  /** The true length where `items` is only the beginning. */
  readonly total?: number | undefined
  readonly ref?: ((list: VirtualListHandle) => void) | undefined
  /** Told which rows are in the page, from `start` up to and without `end`: for lists that read what is seen. */
  readonly onRange?: ((start: number, end: number) => void) | undefined
}

export interface VirtualListHandle {
  /** Puts the focus on a row and brings it into view. */
  readonly focus: (index: number) => void
  readonly scrollTo: (index: number) => void
}

const ROW_HEIGHT_PX = 68

/** Rows kept beyond the edges: enough that a quick flick shows no gap. */
const OVERSCAN = 8

const offsetByKey = new Map<string, number>()

export function VirtualList<Item>(props: VirtualListProps<Item>): JSX.Element {
  let scroller: HTMLDivElement | undefined
  const rowHeight = () => props.rowHeight ?? ROW_HEIGHT_PX
  const virtualizer = createVirtualizer({
    get count() {
      return props.items.length
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: rowHeight,
    overscan: OVERSCAN,
    initialOffset: props.scrollKey === undefined ? 0 : (offsetByKey.get(props.scrollKey) ?? 0),
  })

  // Places and not the virtualiser's items, which are new ones when the list is another: a row that stays where it is
  // says something else, and is not made again.
  const places = createMemo(() => virtualizer.getVirtualItems().map(({ index }) => index))

  const focus = (index: number) => {
    const bounded = Math.max(0, Math.min(props.items.length - 1, index))
    virtualizer.scrollToIndex(bounded)
    const row = rowAt(bounded)
    // A far row is not in the page yet; it is after the next frame. A near one takes the focus at once, or keys
    // that follow quickly would start from the row before.
    if (row) row.focus({ preventScroll: true })
    else requestAnimationFrame(() => rowAt(bounded)?.focus({ preventScroll: true }))
  }
  const rowAt = (index: number) =>
    scroller?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, button, input)`)

  const move = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')
    if (row === null) return
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight()) - 1)
    const next = nextIndex(event.key, Number(row.dataset['index']), page, props.items.length)
    if (next === null) return
    event.preventDefault()
    focus(next)
  }

  createEffect(
    on(
      () => props.resetOn,
      () => virtualizer.scrollToOffset(0),
      { defer: true },
    ),
  )
  const remember = () => {
    if (props.scrollKey !== undefined) offsetByKey.set(props.scrollKey, scroller?.scrollTop ?? 0)
  }
  createEffect(() => {
    const rows = virtualizer.getVirtualItems()
    const [first, last] = [rows[0], rows.at(-1)]
    if (first !== undefined && last !== undefined) props.onRange?.(first.index, last.index + 1)
  })
  props.ref?.({ focus, scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }) })

  return (
    // The keys are an addition for those who look; every row is a link that Tab reaches as well.
    <div ref={scroller} class={css.scroller} onKeyDown={move} onScroll={remember}>
      <ul class={css.list} aria-label={props.label} style={{ height: `${virtualizer.getTotalSize()}px` }}>
        <For each={places()}>
          {(place) => (
            <Show when={props.items[place]}>
              {(item) => (
                <li
                  class={css.item}
                  data-index={place}
                  data-key={props.itemKey(item())}
                  aria-setsize={props.total ?? props.items.length}
                  aria-posinset={place + 1}
                  style={{
                    transform: `translateY(${place * rowHeight()}px)`,
                    height: `${rowHeight()}px`,
                  }}
                >
                  {props.children(item, () => place)}
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
    </div>
  )
}

function nextIndex(key: string, index: number, page: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1
    case 'ArrowUp':
      return index - 1
    case 'PageDown':
      return index + page
    case 'PageUp':
      return index - page
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
