/** The first and the last day, beside each other. */
import type { JSX } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { TextField } from '../../components/TextField.tsx'
import css from './settings.module.css'
import type { ValidityFieldsState } from './validity-fields.ts'

export function ValidityFields(props: { readonly fields: ValidityFieldsState }): JSX.Element {
  return (
    <div class={css.days}>
      <TextField
        type="date"
        label={t('settings.firstDayShort')}
        value={props.fields.textOf('from')}
        onInput={(text) => props.fields.type('from', text)}
        error={props.fields.errorOf('from')}
      />
      <TextField
        type="date"
        label={t('settings.lastDayShort')}
        value={props.fields.textOf('until')}
        onInput={(text) => props.fields.type('until', text)}
        error={props.fields.errorOf('until')}
      />
    </div>
  )
}
