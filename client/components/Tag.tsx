/**
 * A small word at the end of a row or a title: Waiting, Refused, Active, Through Sales rep.
 * The tone brings its icon, so that colour never speaks alone; `icon={null}` where the words say enough.
 */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import CheckIcon from '~icons/lucide/check'
import ClockIcon from '~icons/lucide/clock'
import CrossIcon from '~icons/lucide/x'
import css from './Tag.module.css'
import type { IconComponent, Tone } from './types.ts'

export interface TagProps {
  readonly tone?: Tone | undefined
  /** Instead of the tone's own; null for none. */
  readonly icon?: IconComponent | null | undefined
  readonly children: JSX.Element
}

const ICON_BY_TONE: Record<Tone, IconComponent | null> = {
  plain: null,
  pending: ClockIcon,
  denied: CrossIcon,
  allowed: CheckIcon,
  notice: null,
}

export function Tag(props: TagProps): JSX.Element {
  const icon = () => (props.icon === undefined ? ICON_BY_TONE[props.tone ?? 'plain'] : props.icon)
  return (
    <span class={css.tag} data-tone={props.tone ?? 'plain'}>
      <Show when={icon()}>{(shown) => <Dynamic component={shown()} aria-hidden="true" />}</Show>
      {props.children}
    </span>
  )
}
