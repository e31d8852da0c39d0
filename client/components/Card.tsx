/**
 * A raised surface with 16 px inside, and a title where it needs one. `flush` for lists that reach its edges.
 */
import { createUniqueId, type JSX, Show } from 'solid-js'
import css from './Card.module.css'

export interface CardProps {
  readonly title?: string | undefined
  /** Before the title: a tag that says what this card is. */
  readonly lead?: JSX.Element
  /** At the end of the title's line. */
  readonly aside?: JSX.Element
  /** Names the card where no title is shown, or where several have the same title. */
  readonly label?: string | undefined
  /** No padding: what is inside brings its own. */
  readonly flush?: boolean | undefined
  readonly children: JSX.Element
}

export function Card(props: CardProps): JSX.Element {
  const titleId = createUniqueId()
  return (
    <section
      class={css.card}
      aria-label={props.label}
      aria-labelledby={props.title === undefined || props.label !== undefined ? undefined : titleId}
    >
      <Show when={props.title}>
        <header class={css.head}>
          {props.lead}
          <h2 id={titleId}>{props.title}</h2>
          {props.aside}
        </header>
      </Show>
      <div class={props.flush ? css.flush : css.body}>{props.children}</div>
    </section>
  )
}
