/**
 * Actions that are rarely needed, behind one icon: from below on phones, under the icon from 48 rem.
 *
 * A list of buttons and links in a native popover. A denied action stays in the list with its sentence.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import CheckIcon from '~icons/lucide/check'
import MoreIcon from '~icons/lucide/ellipsis'
import { t } from '../app/i18n.ts'
import css from './ActionMenu.module.css'
import iconButton from './IconButton.module.css'
import { placeBeside } from './place-beside.ts'
import type { IconComponent } from './types.ts'

export interface MenuAction {
  readonly label: string
  readonly icon?: IconComponent | undefined
  readonly danger?: boolean | undefined
  /** A link to what is open already. */
  readonly current?: boolean | undefined
  /** The sentence that says why not; its presence disables the action. */
  readonly denied?: string | undefined
  /** Either of the two. */
  readonly href?: string | undefined
  readonly onPress?: (() => void) | undefined
}

export interface ActionMenuProps {
  /** "More actions" unless given. */
  readonly label?: string | undefined
  /** Three dots unless given. */
  readonly icon?: IconComponent | undefined
  readonly actions: readonly MenuAction[]
}

export function ActionMenu(props: ActionMenuProps): JSX.Element {
  const id = `menu-${createUniqueId()}`
  let trigger: HTMLButtonElement | undefined
  let panel: HTMLUListElement | undefined
  const label = () => props.label ?? t('common.moreActions')
  const place = (event: ToggleEvent) => {
    if (event.newState !== 'open' || panel === undefined || trigger === undefined) return
    if (window.matchMedia('(min-width: 48rem)').matches) placeBeside(panel, trigger)
    else panel.style.removeProperty('top')
    panel.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true })
  }
  return (
    <>
      <button
        ref={trigger}
        type="button"
        class={iconButton.button}
        aria-label={label()}
        title={label()}
        popovertarget={id}
      >
        <Dynamic component={props.icon ?? MoreIcon} aria-hidden="true" />
      </button>
      <ul ref={panel} id={id} popover="auto" class={css.panel} aria-label={label()} on:toggle={place}>
        <For each={props.actions}>
          {(action) => (
            <li>
              <Item action={action} close={() => panel?.hidePopover()} />
            </li>
          )}
        </For>
      </ul>
    </>
  )
}

function Item(props: { readonly action: MenuAction; readonly close: () => void }): JSX.Element {
  const sentenceId = createUniqueId()
  const press = () => {
    if (props.action.denied !== undefined) return
    props.close()
    props.action.onPress?.()
  }
  const face = () => (
    <>
      <Show when={props.action.icon}>{(icon) => <Dynamic component={icon()} aria-hidden="true" />}</Show>
      <span>{props.action.label}</span>
    </>
  )
  return (
    <Show
      when={props.action.denied === undefined ? props.action.href : undefined}
      fallback={
        <>
          <button
            type="button"
            class={css.item}
            data-danger={props.action.danger ? '' : undefined}
            aria-disabled={props.action.denied === undefined ? undefined : 'true'}
            aria-describedby={props.action.denied === undefined ? undefined : sentenceId}
            onClick={press}
          >
            {face()}
          </button>
          <Show when={props.action.denied}>
            <small id={sentenceId} class={css.sentence}>
              {props.action.denied}
            </small>
          </Show>
        </>
      }
    >
      {(href) => (
        <a
          class={css.item}
          href={href()}
          aria-current={props.action.current ? 'page' : undefined}
          onClick={() => props.close()}
        >
          {face()}
          <Show when={props.action.current}>
            <CheckIcon aria-hidden="true" class={css.check} />
          </Show>
        </a>
      )}
    </Show>
  )
}
