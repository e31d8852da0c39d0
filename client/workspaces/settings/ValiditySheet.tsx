/** From when until when a membership counts: two days, either may stay empty. */
import { createEffect, type JSX, on } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { Button } from '../../components/Button.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { createValidityFields } from './validity-fields.ts'
import { ValidityFields } from './ValidityFields.tsx'
import type { Validity } from './validity-words.ts'

export interface ValiditySheetProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Whom or what it is about. */
  readonly name: string
  readonly value: Validity
  readonly onApply: (value: Validity) => void
}

export function ValiditySheet(props: ValiditySheetProps): JSX.Element {
  const fields = createValidityFields()
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (open) fields.fill(props.value)
      },
    ),
  )
  const apply = () => {
    const validity = fields.read()
    if (validity === null) return
    props.onApply(validity)
    props.onClose()
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('settings.validityTitle', { name: props.name })}
      lede={t('settings.validityLede')}
      actions={
        <>
          <Button kind="primary" onClick={apply}>
            {t('settings.apply')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <ValidityFields fields={fields} />
    </Sheet>
  )
}
