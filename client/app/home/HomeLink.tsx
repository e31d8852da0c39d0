/** A way to one of the screens: icon, name, how many. */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import ChevronIcon from '~icons/lucide/chevron-right'
import type { IconComponent } from '../../components/types.ts'
import css from './Home.module.css'

export interface HomeLinkProps {
  readonly href: string
  readonly icon: IconComponent
  readonly label: string
  readonly note?: string | undefined
  readonly end?: string | undefined
}

export function HomeLink(props: HomeLinkProps): JSX.Element {
  return (
    <li class={css.item}>
      <a class={css.link} href={props.href}>
        <span class={css.icon}>
          <Dynamic component={props.icon} aria-hidden="true" />
        </span>
        <span class={css.words}>
          <b>{props.label}</b>
          <Show when={props.note}>
            <small>{props.note}</small>
          </Show>
        </span>
        <Show when={props.end}>
          <small class={css.end}>{props.end}</small>
        </Show>
        <ChevronIcon class={css.chevron} aria-hidden="true" />
      </a>
    </li>
  )
}
