/**
 * One line across the whole width about the state of things: no network, a new version, on behalf of someone.
 */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import InfoIcon from '~icons/lucide/info'
import css from './Banner.module.css'
import type { IconComponent, Tone } from './types.ts'

export interface BannerProps {
  readonly tone?: Exclude<Tone, 'plain'> | undefined
  readonly icon?: IconComponent | undefined
  /** One button or link at the end. */
  readonly action?: JSX.Element
  readonly children: JSX.Element
}

export function Banner(props: BannerProps): JSX.Element {
  return (
    <div class={css.banner} data-tone={props.tone ?? 'notice'}>
      <Dynamic component={props.icon ?? InfoIcon} aria-hidden="true" />
      <span class={css.words}>{props.children}</span>
      <Show when={props.action}>{props.action}</Show>
    </div>
  )
}

/** The action of a banner, in the banner's colour. */
export function BannerButton(props: {
  readonly onClick: () => void
  readonly children: JSX.Element
}): JSX.Element {
  return (
    <button type="button" class={css.button} onClick={() => props.onClick()}>
      {props.children}
    </button>
  )
}
