/**
 * Nothing here, and that is fine: an icon, one line of what this is, one next step.
 */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import css from './EmptyState.module.css'
import type { IconComponent } from './types.ts'

export interface EmptyStateProps {
  readonly icon: IconComponent
  /** "No account matches “bkie”." */
  readonly title: string
  /** One quiet line more. */
  readonly children?: JSX.Element
  /** One button or link. */
  readonly action?: JSX.Element
}

export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div class={css.empty}>
      <span class={css.mark}>
        <Dynamic component={props.icon} aria-hidden="true" />
      </span>
      <p class={css.title}>{props.title}</p>
      <Show when={props.children}>
        <p class={css.more}>{props.children}</p>
      </Show>
      <Show when={props.action}>
        <div class={css.action}>{props.action}</div>
      </Show>
    </div>
  )
}
