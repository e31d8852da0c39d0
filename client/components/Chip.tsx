/**
 * A chip that is on or off: a filter, one of a few choices. In a ChipRow it scrolls sideways on a phone.
 */
import { type JSX, Show, splitProps } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import css from './Chip.module.css'
import type { IconComponent } from './types.ts'

export interface ChipProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'class'> {
  /** Undefined for a chip that opens something and holds no state of its own. */
  readonly pressed?: boolean | undefined
  readonly icon?: IconComponent | undefined
}

export function Chip(props: ChipProps): JSX.Element {
  const [own, rest] = splitProps(props, ['pressed', 'icon', 'children'])
  return (
    <button
      {...rest}
      type="button"
      class={css.chip}
      data-on={own.pressed ? '' : undefined}
      aria-pressed={own.pressed}
    >
      <Show when={own.icon}>{(icon) => <Dynamic component={icon()} aria-hidden="true" />}</Show>
      {own.children}
    </button>
  )
}

export interface ChipRowProps {
  /** Names the group: "Filters". */
  readonly label: string
  /** Breaks into lines instead of scrolling: for choices that must all be seen. */
  readonly wrap?: boolean | undefined
  readonly children: JSX.Element
}

export function ChipRow(props: ChipRowProps): JSX.Element {
  return (
    <div class={css.row} role="group" aria-label={props.label} data-wrap={props.wrap ? '' : undefined}>
      {props.children}
    </div>
  )
}
