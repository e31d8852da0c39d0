/**
 * A button that is only an icon. Its label is spoken, and shown while a mouse rests on it.
 *
 * There is no room for a sentence below it, so a denied one shows why when it is pressed.
 */
import { createUniqueId, type JSX, Show, splitProps } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import LockIcon from '~icons/lucide/lock'
import layout from '../styles/layout.module.css'
import { Bubble } from './Bubble.tsx'
import css from './IconButton.module.css'
import type { IconComponent } from './types.ts'

export interface IconButtonProps
  extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'class' | 'children'> {
  readonly icon: IconComponent
  readonly label: string
  /** Soft is green on green: yours to do, in a row of things to give or add. */
  readonly kind?: 'plain' | 'soft' | undefined
  /** The sentence that says why not; its presence disables the button. */
  readonly denied?: string | undefined
  readonly onClick?: ((event: MouseEvent) => void) | undefined
}

export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['icon', 'label', 'kind', 'denied', 'onClick', 'type'])
  const bubbleId = `bubble-${createUniqueId()}`
  const sentenceId = createUniqueId()
  let button: HTMLButtonElement | undefined
  // A denied press is not prevented: it is what opens the bubble.
  const press = (event: MouseEvent) => {
    if (own.denied === undefined) own.onClick?.(event)
  }
  return (
    <>
      <button
        {...rest}
        ref={button}
        type={own.denied === undefined ? (own.type ?? 'button') : 'button'}
        class={css.button}
        data-kind={own.kind ?? 'plain'}
        aria-label={own.label}
        title={own.label}
        aria-disabled={own.denied === undefined ? undefined : 'true'}
        aria-describedby={own.denied === undefined ? undefined : sentenceId}
        popovertarget={own.denied === undefined ? undefined : bubbleId}
        onClick={press}
      >
        <Dynamic component={own.denied === undefined ? own.icon : LockIcon} aria-hidden="true" />
      </button>
      <Show when={own.denied}>
        {(sentence) => (
          <>
            <span id={sentenceId} class={layout.hidden}>
              {sentence()}
            </span>
            <Bubble id={bubbleId} anchor={() => button}>
              {sentence()}
            </Bubble>
          </>
        )}
      </Show>
    </>
  )
}
