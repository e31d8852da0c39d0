/**
 * What asks before it acts: a sheet from below on phones, a panel in the middle or at the side from 48 rem.
 *
 * Focus stays inside, Escape and a press outside close it, and focus goes back where it was. The dialog's code is
 * loaded when a sheet is first opened; it is in the precache, so that works offline too.
 */
import { createEffect, createSignal, type JSX, lazy, Show, Suspense } from 'solid-js'
import { rememberFocus } from './remember-focus.ts'

const SheetDialog = lazy(() => import('./SheetDialog.tsx'))

export interface SheetProps {
  readonly open: boolean
  /** Called when the reader closes it, by whatever way; the caller sets `open`. */
  readonly onClose: () => void
  readonly title: string
  /** One quiet line under the title. */
  readonly lede?: string | undefined
  /** `side` stands at the end edge from 48 rem: for forms and long lists. */
  readonly placement?: 'middle' | 'side' | undefined
  /** Gets the focus when it closes and what opened it is gone; else the part of the page that this was in. */
  readonly after?: (() => HTMLElement | undefined) | undefined
  /** Actions, kept in sight below what scrolls. The main one first. */
  readonly actions?: JSX.Element
  readonly children: JSX.Element
}

export function Sheet(props: SheetProps): JSX.Element {
  const [needed, setNeeded] = createSignal(false)
  let giveBack: (instead?: HTMLElement) => void = () => undefined
  createEffect(() => {
    if (!props.open) return
    giveBack = rememberFocus()
    setNeeded(true)
  })
  return (
    <Show when={needed()}>
      {/* A boundary of its own: the screen below must not blink while the dialog loads. */}
      <Suspense>
        <SheetDialog {...props} onFocusBack={() => giveBack(props.after?.())} />
      </Suspense>
    </Show>
  )
}
