/**
 * One record in a list: something to see, one strong line, one quiet line, and what is special about it at the end.
 */
import { type JSX, Show } from 'solid-js'
import css from './Row.module.css'

export interface RowProps {
  readonly href: string
  /** An avatar. */
  readonly lead?: JSX.Element
  readonly title: string
  readonly lede?: string | undefined
  /** A short word or number, above the tag. */
  readonly end?: string | undefined
  /** A Tag, only when there is something to say. */
  readonly tag?: JSX.Element
  /** Open in the detail beside the list. */
  readonly current?: boolean | undefined
}

export function Row(props: RowProps): JSX.Element {
  return (
    <a class={css.row} href={props.href} aria-current={props.current ? 'true' : undefined} data-row>
      <Show when={props.lead} fallback={<span />}>
        {props.lead}
      </Show>
      <div class={css.words}>
        <b>{props.title}</b>
        <Show when={props.lede}>
          <small>{props.lede}</small>
        </Show>
      </div>
      <span class={css.end}>
        <Show when={props.end}>
          <small>{props.end}</small>
        </Show>
        {props.tag}
      </span>
    </a>
  )
}

/** A short list of rows, all of them in the page: contacts of an account, members of a group. */
export function RowList(props: { readonly label: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <ul class={css.rows} aria-label={props.label}>
      {props.children}
    </ul>
  )
}
