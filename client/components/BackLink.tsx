/**
 * Back to what stands above: a link, so that it works offline, in a new tab and without a history.
 */
import type { JSX } from 'solid-js'
import ChevronIcon from '~icons/lucide/chevron-left'
import css from './IconButton.module.css'

export interface BackLinkProps {
  readonly href: string
  /** "Back to accounts". */
  readonly label: string
}

export function BackLink(props: BackLinkProps): JSX.Element {
  return (
    <a class={css.button} href={props.href} aria-label={props.label} title={props.label}>
      <ChevronIcon aria-hidden="true" />
    </a>
  )
}
