/**
 * The workspaces: a bar at the thumb on phones, a rail from 48 rem.
 *
 * A workspace that is closed to the reader is left out, or, with a sentence, shown and explained.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { Avatar } from '../../components/Avatar.tsx'
import { Bubble } from '../../components/Bubble.tsx'
import type { IconComponent } from '../../components/types.ts'
import layout from '../../styles/layout.module.css'
import { t } from '../i18n.ts'
import css from './NavBar.module.css'

export interface WorkspaceLink {
  readonly id: string
  readonly label: string
  readonly href: string
  readonly icon: IconComponent
  readonly open: boolean
  /** Why it is closed. Without it a closed workspace is not shown. */
  readonly denied?: string | undefined
}

export interface NavBarProps {
  readonly workspaces: readonly WorkspaceLink[]
  readonly current: string | null
  /** The reader, at the end of the rail. */
  readonly profile?: { readonly name: string; readonly href: string } | undefined
  /** The sync pill, in the rail. */
  readonly sync: JSX.Element
}

export function NavBar(props: NavBarProps): JSX.Element {
  const shown = () => props.workspaces.filter((workspace) => workspace.open || workspace.denied !== undefined)
  return (
    <nav class={css.nav} aria-label={t('shell.workspaces')}>
      <span class={css.mark} aria-hidden="true">
        <Mark />
      </span>
      <ul class={css.list}>
        <For each={shown()}>
          {(workspace) => (
            <li>
              <Show when={workspace.open} fallback={<ClosedWorkspace workspace={workspace} />}>
                <a
                  class={css.item}
                  href={workspace.href}
                  aria-current={workspace.id === props.current ? 'page' : undefined}
                >
                  <Dynamic component={workspace.icon} aria-hidden="true" />
                  <span>{workspace.label}</span>
                </a>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <div class={css.end}>
        {props.sync}
        <Show when={props.profile}>
          {(profile) => (
            <a class={css.profile} href={profile().href}>
              <span class={layout.hidden}>{t('shell.you', { name: profile().name })}</span>
              <Avatar name={profile().name} kind="person" />
            </a>
          )}
        </Show>
      </div>
    </nav>
  )
}

function ClosedWorkspace(props: { readonly workspace: WorkspaceLink }): JSX.Element {
  const id = `workspace-${createUniqueId()}`
  let button: HTMLButtonElement | undefined
  return (
    <>
      <button ref={button} type="button" class={css.item} aria-disabled="true" popovertarget={id}>
        <Dynamic component={props.workspace.icon} aria-hidden="true" />
        <span>{props.workspace.label}</span>
      </button>
      <Bubble id={id} anchor={() => button}>
        {props.workspace.denied}
      </Bubble>
    </>
  )
}

/** A boundary with a way in: the product's mark. */
export function Mark(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round">
      <title>{t('shell.product')}</title>
      <circle cx="12" cy="12" r="3" />
      <path d="M12 3.5a8.5 8.5 0 1 0 8.5 8.5" />
    </svg>
  )
}
