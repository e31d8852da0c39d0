/**
 * Shows the toasts, once, in the shell. They wait while a pointer or the focus rests on them.
 *
 * A live region without a role: role `status` belongs to the sync state alone.
 */
import { createEffect, createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import CrossIcon from '~icons/lucide/x'
import { t } from '../app/i18n.ts'
import css from './Toaster.module.css'
import { focusFirst } from './remember-focus.ts'
import { dismissToast, type Toast, toasts } from './toasts.ts'

export function Toaster(): JSX.Element {
  return (
    <section class={css.toaster} aria-label={t('common.notifications')} aria-live="polite">
      <ul>
        <For each={toasts()}>{(toast) => <ToastItem toast={toast} />}</For>
      </ul>
    </section>
  )
}

function ToastItem(props: { readonly toast: Toast }): JSX.Element {
  const [held, setHeld] = createSignal(false)
  let item: HTMLLIElement | undefined
  let before: EventTarget | null = null
  /** Whoever came here with the focus goes back with it. */
  const dismiss = () => {
    const hasFocus = item?.contains(document.activeElement)
    dismissToast(props.toast.id)
    if (hasFocus) focusFirst([before])
  }
  createEffect(() => {
    if (held()) return
    const timer = setTimeout(dismiss, props.toast.durationMs)
    onCleanup(() => clearTimeout(timer))
  })
  return (
    <li
      ref={item}
      class={css.toast}
      data-tone={props.toast.tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={(event) => {
        setHeld(true)
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) before = event.relatedTarget
      }}
      onFocusOut={() => setHeld(false)}
    >
      <span>{props.toast.text}</span>
      <Show when={props.toast.action}>
        {(action) => (
          <button
            type="button"
            class={css.action}
            onClick={() => {
              action().onPress()
              dismiss()
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <button type="button" class={css.dismiss} aria-label={t('common.dismiss')} onClick={dismiss}>
        <CrossIcon aria-hidden="true" />
      </button>
    </li>
  )
}
