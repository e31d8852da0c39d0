/** A check box that chooses a row, large enough for a finger. Shift chooses everything since the last one. */
import { createRenderEffect, type JSX } from 'solid-js'
import css from './PickBox.module.css'

export interface PickBoxProps {
  readonly label: string
  readonly checked: boolean
  /** Some of what it stands for is chosen. */
  readonly mixed?: boolean | undefined
  readonly onPick: (range: boolean) => void
}

export function PickBox(props: PickBoxProps): JSX.Element {
  return (
    <label class={css.box}>
      <input
        type="checkbox"
        aria-label={props.label}
        checked={props.checked}
        ref={(box) =>
          createRenderEffect(() => {
            box.indeterminate = props.mixed === true
          })
        }
        onClick={(event) => {
          const box = event.currentTarget
          props.onPick(event.shiftKey)
          // The list's word, not the browser's: a range may leave this one as it was.
          queueMicrotask(() => {
            box.checked = props.checked
          })
        }}
      />
    </label>
  )
}
