/**
 * Buttons. One primary on a screen; danger for what cannot be undone by itself; quiet beside another.
 *
 * A denied button stays in sight and in the tab order, does nothing, and says why below itself.
 */
import { createUniqueId, type JSX, Show, splitProps } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import LockIcon from '~icons/lucide/lock'
import css from './Button.module.css'
import type { IconComponent } from './types.ts'

export type ButtonKind = 'default' | 'primary' | 'quiet' | 'danger'

export interface ButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'class'> {
  readonly kind?: ButtonKind | undefined
  /** Before the words. */
  readonly icon?: IconComponent | undefined
  /** The sentence that says why not; its presence disables the button. */
  readonly denied?: string | undefined
  /** Takes the width of the place it stands in. */
  readonly wide?: boolean | undefined
  readonly onClick?: ((event: MouseEvent) => void) | undefined
}

export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['kind', 'icon', 'denied', 'wide', 'onClick', 'children', 'type'])
  const sentenceId = createUniqueId()
  const press = (event: MouseEvent) => {
    if (own.denied === undefined) own.onClick?.(event)
    else event.preventDefault()
  }
  const button = () => (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={css.button}
      data-kind={own.kind ?? 'default'}
      data-wide={own.wide ? '' : undefined}
      aria-disabled={own.denied === undefined ? undefined : 'true'}
      aria-describedby={own.denied === undefined ? undefined : sentenceId}
      onClick={press}
    >
      <ButtonFace icon={own.icon}>{own.children}</ButtonFace>
    </button>
  )
  return (
    <Show when={own.denied} fallback={button()}>
      <span class={css.denied} data-wide={own.wide ? '' : undefined}>
        {button()}
        <small id={sentenceId} class={css.sentence}>
          <LockIcon aria-hidden="true" />
          <span>{own.denied}</span>
        </small>
      </span>
    </Show>
  )
}

export interface LinkButtonProps extends Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, 'class'> {
  readonly href: string
  readonly kind?: ButtonKind | undefined
  readonly icon?: IconComponent | undefined
}

/** A link that looks like a button: it goes somewhere, or calls, or opens a map. */
export function LinkButton(props: LinkButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['kind', 'icon', 'children'])
  return (
    <a {...rest} class={css.button} data-kind={own.kind ?? 'default'}>
      <ButtonFace icon={own.icon}>{own.children}</ButtonFace>
    </a>
  )
}

function ButtonFace(props: { icon?: IconComponent | undefined; children: JSX.Element }): JSX.Element {
  return (
    <>
      <Show when={props.icon}>{(icon) => <Dynamic component={icon()} aria-hidden="true" />}</Show>
      <span>{props.children}</span>
    </>
  )
}
