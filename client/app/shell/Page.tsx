/**
 * A screen in one column that scrolls: Sync, Help, a form. SplitPanes takes its place where there is a list.
 */
import { type JSX, Show } from 'solid-js'
import css from './Page.module.css'

export interface PageProps {
  /** At most as wide as a line can be read: for forms and texts. */
  readonly narrow?: boolean | undefined
  /** What is done with the whole page, within the thumb's reach. */
  readonly actions?: JSX.Element
  readonly children: JSX.Element
}

export function Page(props: PageProps): JSX.Element {
  return (
    <div class={css.page}>
      <div class={css.column} data-narrow={props.narrow ? '' : undefined}>
        {props.children}
      </div>
      <Show when={props.actions}>
        <ActionBar narrow={props.narrow}>{props.actions}</ActionBar>
      </Show>
    </div>
  )
}

export interface PaneBodyProps {
  readonly children: JSX.Element
}

/** What stands below the title and the tabs of a detail. */
export function PaneBody(props: PaneBodyProps): JSX.Element {
  return <div class={css.body}>{props.children}</div>
}

export interface ActionBarProps {
  readonly narrow?: boolean | undefined
  /** The main action first; it takes the room that is left. */
  readonly children: JSX.Element
}

/** Sticks to the lower edge of what scrolls: Save and Cancel, while there is something to save. */
export function ActionBar(props: ActionBarProps): JSX.Element {
  return (
    <div class={css.actions}>
      <div class={css.actionsLine} data-narrow={props.narrow ? '' : undefined}>
        {props.children}
      </div>
    </div>
  )
}
