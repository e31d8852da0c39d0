/** An icon that leads out of the app: a call, a letter, a map. */
import type { JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import css from '../../components/IconButton.module.css'
import type { IconComponent } from '../../components/types.ts'

export interface IconLinkProps {
  readonly href: string
  readonly icon: IconComponent
  readonly label: string
}

export function IconLink(props: IconLinkProps): JSX.Element {
  const leavesApp = () => props.href.startsWith('http')
  return (
    <a
      class={css.button}
      href={props.href}
      aria-label={props.label}
      title={props.label}
      target={leavesApp() ? '_blank' : '_self'}
      rel="noopener noreferrer"
    >
      <Dynamic component={props.icon} aria-hidden="true" />
    </a>
  )
}
