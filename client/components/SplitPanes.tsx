/**
 * List and detail: one after the other on a phone, side by side from 48 rem.
 *
 * Both stay in the page, so that going back finds the list where it was left, with the focus on the row that was
 * opened. What is not shown is out of the tab order and silent.
 */
import { createEffect, type JSX, on, Show } from 'solid-js'
import css from './SplitPanes.module.css'

export interface SplitPanesProps {
  /** Names the list for screen readers. */
  readonly listLabel: string
  readonly list: JSX.Element
  /** Whether a detail is open: on a phone it then takes the list's place. */
  readonly open: boolean
  readonly detail: JSX.Element
  /** Shown beside the list while nothing is open; from 48 rem only. */
  readonly placeholder?: JSX.Element
  /** The list takes the whole width while nothing is open; then there is no placeholder. */
  readonly whole?: boolean | undefined
}

export function SplitPanes(props: SplitPanesProps): JSX.Element {
  let opener: HTMLElement | null = null
  createEffect(
    on(
      () => props.open,
      (open, before) => {
        if (before === true && !open && opener?.isConnected) {
          // Only where the focus was lost with the detail; a reader who moved on keeps their place.
          if (document.activeElement === document.body) opener.focus({ preventScroll: true })
        }
      },
    ),
  )
  return (
    <div class={css.panes} data-open={props.open ? '' : undefined} data-whole={props.whole ? '' : undefined}>
      <section
        class={css.list}
        aria-label={props.listLabel}
        onFocusIn={(event) => {
          opener = event.target as HTMLElement
        }}
      >
        {props.list}
      </section>
      <div class={css.detail}>
        <Show when={props.open} fallback={<div class={css.placeholder}>{props.placeholder}</div>}>
          {props.detail}
        </Show>
      </div>
    </div>
  )
}
