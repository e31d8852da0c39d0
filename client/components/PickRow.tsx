/** A Row that is chosen instead of opened: the same lines, with a check box where the picture is. */
import { type JSX, Show } from 'solid-js'
import css from './PickRow.module.css'
import row from './Row.module.css'

export interface PickRowProps {
  readonly title: string
  readonly lede?: string | undefined
  readonly end?: string | undefined
  readonly tag?: JSX.Element
  readonly checked: boolean
  /** With Shift: everything since the last one. */
  readonly onPick: (range: boolean) => void
}

export function PickRow(props: PickRowProps): JSX.Element {
  return (
    <label class={`${row.row} ${css.pick}`} data-on={props.checked ? '' : undefined}>
      <span class={css.box}>
        <input
          type="checkbox"
          checked={props.checked}
          onClick={(event) => {
            const box = event.currentTarget
            props.onPick(event.shiftKey)
            // The list's word, not the browser's: a range may leave this one as it was.
            queueMicrotask(() => {
              box.checked = props.checked
            })
          }}
        />
      </span>
      <span class={row.words}>
        <b>{props.title}</b>
        <Show when={props.lede}>
          <small>{props.lede}</small>
        </Show>
      </span>
      <span class={row.end}>
        <Show when={props.end}>
          <small>{props.end}</small>
        </Show>
        {props.tag}
      </span>
    </label>
  )
}
