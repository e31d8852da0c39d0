/**
 * A sentence that appears beside what was pressed and goes with the next press anywhere, or Escape.
 * Open it by `popovertarget` with its id; the platform does the rest.
 */
import type { JSX } from 'solid-js'
import css from './Bubble.module.css'
import { placeBeside } from './place-beside.ts'

export interface BubbleProps {
  readonly id: string
  readonly anchor: () => HTMLElement | undefined
  readonly children: JSX.Element
}

export function Bubble(props: BubbleProps): JSX.Element {
  const place = (event: ToggleEvent & { currentTarget: HTMLElement }) => {
    const anchor = props.anchor()
    if (event.newState === 'open' && anchor !== undefined) placeBeside(event.currentTarget, anchor)
  }
  return (
    <div id={props.id} popover="auto" class={css.bubble} on:toggle={place}>
      {props.children}
    </div>
  )
}
