/**
 * What a field said and what it would say. Either may be missing: something new, something taken away.
 */
import { type JSX, Show } from 'solid-js'
import layout from '../styles/layout.module.css'
import { t } from '../app/i18n.ts'
import css from './Diff.module.css'

export interface DiffProps {
  /** The field. */
  readonly label: string
  readonly was?: string | undefined
  readonly now?: string | undefined
  /** "Linda Mitchell, Monday 16:20, stands now". */
  readonly note?: string | undefined
}

export function Diff(props: DiffProps): JSX.Element {
  return (
    <div class={css.diff}>
      <span class={css.label}>{props.label}</span>
      <Show when={props.was}>
        <del>
          <span class={layout.hidden}>{t('common.was')} </span>
          {props.was}
        </del>
      </Show>
      <Show when={props.now}>
        <ins>
          <span class={layout.hidden}>{t('common.now')} </span>
          {props.now}
        </ins>
      </Show>
      <Show when={props.note}>
        <span class={css.label}>{props.note}</span>
      </Show>
    </div>
  )
}

/** The same sunken box for anything else that explains: a list of names, an example. */
export function Aside(props: { readonly children: JSX.Element }): JSX.Element {
  return <div class={css.diff}>{props.children}</div>
}
