/** What stands before a line that is about no person: a drawing on soft ground. */
import type { JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { IconComponent } from '../../../components/types.ts'
import css from './organisation.module.css'

export function PartIcon(props: { readonly icon: IconComponent }): JSX.Element {
  return (
    <span class={css.icon}>
      <Dynamic component={props.icon} aria-hidden="true" />
    </span>
  )
}
