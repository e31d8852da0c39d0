/**
 * The parts of a detail. Each is an address, so that it can be shared, opened offline and left by the back button;
 * that makes them links in a navigation, not a tab list.
 */
import { createEffect, For, type JSX, Show } from 'solid-js'
import css from './Tabs.module.css'

export interface TabLink {
  readonly id: string
  readonly label: string
  readonly href: string
  /** How many there are, formatted. */
  readonly count?: string | undefined
}

export interface TabsProps {
  /** Names the navigation: "Account". */
  readonly label: string
  readonly tabs: readonly TabLink[]
  readonly current: string
}

export function Tabs(props: TabsProps): JSX.Element {
  let nav: HTMLElement | undefined
  createEffect(() => {
    const current = nav?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(props.current)}"]`)
    // Sideways only: the page must not jump because a tab came into view.
    if (current && nav) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2
  })
  return (
    <nav ref={nav} class={css.tabs} aria-label={props.label}>
      <For each={props.tabs}>
        {(tab) => (
          <a href={tab.href} data-tab={tab.id} aria-current={tab.id === props.current ? 'page' : undefined}>
            {tab.label}
            <Show when={tab.count}> {tab.count}</Show>
          </a>
        )}
      </For>
    </nav>
  )
}
