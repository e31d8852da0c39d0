/**
 * One question before what cannot be taken back. Its button says what will happen: "Discard", "Save for 14 workers".
 */
import { type JSX, Show } from 'solid-js'
import { t } from '../app/i18n.ts'
import { Button } from './Button.tsx'
import { Sheet } from './Sheet.tsx'

export interface ConfirmSheetProps {
  readonly open: boolean
  readonly title: string
  /** What will happen, with numbers before adjectives. */
  readonly children: JSX.Element
  /** The words on the button. */
  readonly confirm: string
  readonly danger?: boolean | undefined
  /** Why it may not be done; the button then stays disabled with this sentence. */
  readonly denied?: string | undefined
  readonly onConfirm: () => void
  readonly onClose: () => void
}

export function ConfirmSheet(props: ConfirmSheetProps): JSX.Element {
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button kind={props.danger ? 'danger' : 'primary'} denied={props.denied} onClick={props.onConfirm}>
            {props.confirm}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <Show when={typeof props.children === 'string'} fallback={props.children}>
        <p>{props.children}</p>
      </Show>
    </Sheet>
  )
}
