/**
 * Two letters for a name: round for people, square for what they look after. Decoration; the name stands beside it.
 */
import type { JSX } from 'solid-js'
import css from './Avatar.module.css'
import { initials } from './initials.ts'

export interface AvatarProps {
  readonly name: string
  /** A person is round. */
  readonly kind?: 'record' | 'person' | undefined
  /** For the head of a detail. */
  readonly large?: boolean | undefined
}

export function Avatar(props: AvatarProps): JSX.Element {
  return (
    <span
      class={css.avatar}
      data-kind={props.kind ?? 'record'}
      data-large={props.large ? '' : undefined}
      aria-hidden="true"
    >
      {initials(props.name)}
    </span>
  )
}
