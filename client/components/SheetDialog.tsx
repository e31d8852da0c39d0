/**
 * The dialog behind Sheet. Loaded on first use; import Sheet instead.
 */
import { Dialog } from '@kobalte/core/dialog'
import { type JSX, Show } from 'solid-js'
import CrossIcon from '~icons/lucide/x'
import { t } from '../app/i18n.ts'
import iconButton from './IconButton.module.css'
import type { SheetProps } from './Sheet.tsx'
import css from './SheetDialog.module.css'

export interface SheetDialogProps extends SheetProps {
  /** Gives the focus back to where it was. */
  readonly onFocusBack: () => void
}

export default function SheetDialog(props: SheetDialogProps): JSX.Element {
  const returnFocus = (event: Event) => {
    event.preventDefault()
    props.onFocusBack()
  }
  return (
    <Dialog open={props.open} onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay class={css.scrim} />
        <div class={css.place} data-placement={props.placement ?? 'middle'}>
          <Dialog.Content class={css.sheet} onCloseAutoFocus={returnFocus}>
            <div class={css.grip} aria-hidden="true" />
            <header class={css.head}>
              <div class={css.titles}>
                <Dialog.Title class={css.title}>{props.title}</Dialog.Title>
                <Show when={props.lede}>
                  <Dialog.Description as="small">{props.lede}</Dialog.Description>
                </Show>
              </div>
              <Dialog.CloseButton class={iconButton.button} aria-label={t('common.close')}>
                <CrossIcon aria-hidden="true" />
              </Dialog.CloseButton>
            </header>
            <div class={css.body}>{props.children}</div>
            <Show when={props.actions}>
              <footer class={css.actions}>{props.actions}</footer>
            </Show>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  )
}
