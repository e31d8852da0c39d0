/**
 * One feature in one group: inherit, allow or deny. Three radio buttons, so the arrow keys work as everywhere.
 *
 * A deny above decides; the control then shows it, locked, and the row that it stands in names the ancestor.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js'
import LockIcon from '~icons/lucide/lock'
import layout from '../styles/layout.module.css'
import { t } from '../app/i18n.ts'
import css from './TriState.module.css'

export type FeatureState = 'inherit' | 'allow' | 'deny'

export interface TriStateProps {
  /** The feature's name: names the group of buttons. */
  readonly label: string
  readonly value: FeatureState
  readonly onChange?: ((value: FeatureState) => void) | undefined
  /** Why it may not be changed here: "Denied above, by Organization". Locks it; show the sentence beside it too. */
  readonly locked?: string | undefined
}

export function TriState(props: TriStateProps): JSX.Element {
  const name = createUniqueId()
  const sentenceId = createUniqueId()
  const locked = () => props.locked !== undefined
  return (
    <span class={css.place}>
      <Show when={locked()}>
        <LockIcon aria-hidden="true" />
        <span id={sentenceId} class={layout.hidden}>
          {props.locked}
        </span>
      </Show>
      <span
        class={css.tri}
        role="radiogroup"
        aria-label={props.label}
        aria-disabled={locked() ? 'true' : undefined}
        aria-describedby={locked() ? sentenceId : undefined}
      >
        <For each={STATES}>
          {(state) => (
            <label class={css.option} data-state={state} title={WORDS[state]()}>
              <input
                type="radio"
                class={layout.hidden}
                name={name}
                value={state}
                aria-label={WORDS[state]()}
                aria-disabled={locked() ? 'true' : undefined}
                checked={props.value === state}
                onClick={(event) => {
                  // Prevented rather than disabled, so that the keyboard still finds it and hears why.
                  if (locked()) event.preventDefault()
                }}
                onChange={() => {
                  if (!locked()) props.onChange?.(state)
                }}
              />
              <span aria-hidden="true">{state === 'inherit' ? '–' : WORDS[state]()}</span>
            </label>
          )}
        </For>
      </span>
    </span>
  )
}

const STATES: readonly FeatureState[] = ['inherit', 'allow', 'deny']

const WORDS: Record<FeatureState, () => string> = {
  inherit: () => t('access.inherit'),
  allow: () => t('access.allow'),
  deny: () => t('access.deny'),
}

export interface FeatureRowProps {
  /** The feature's name on screen, and its id below it. */
  readonly name: string
  readonly code?: string | undefined
  /** Instead of the code: "Denied above, by Organization". */
  readonly note?: JSX.Element
  /** A whole workspace stands out from its features. */
  readonly workspace?: boolean | undefined
  /** At the end: a TriState, a tag, a button. */
  readonly children: JSX.Element
}

/** A feature in a list of features. Put it in a `ul` inside a flush card. */
export function FeatureRow(props: FeatureRowProps): JSX.Element {
  return (
    <li class={css.feature} data-workspace={props.workspace ? '' : undefined}>
      <div class={css.name}>
        {props.name}
        <Show when={props.note} fallback={<Show when={props.code}>{(code) => <code>{code()}</code>}</Show>}>
          <small>{props.note}</small>
        </Show>
      </div>
      {props.children}
    </li>
  )
}
