/**
 * Library folders, reports, e-mail template folders and the callback list (U-15..U-17, U-32): kept now, and in effect as
 * soon as this portal has what they speak of.
 */
import { type JSX, Show } from 'solid-js'
import { fieldKey } from '../../../../../core/documents/field-key.ts'
import type { Row } from '../../../../../core/records/kind-spec.ts'
import { fieldLabel } from '../../../../access/field-label.ts'
import { t } from '../../../../app/i18n.ts'
import { Card } from '../../../../components/Card.tsx'
import { ChipsField } from '../../../../components/ChipsField.tsx'
import { SwitchField } from '../../../../components/SwitchField.tsx'
import layout from '../../../../styles/layout.module.css'
import { stringsOf } from '../worker-words.ts'
import { RestrictionCard } from './RestrictionCard.tsx'

export interface FilesCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly locked: boolean
  readonly onSet: (field: string, value: boolean | null) => void
}

export function FilesCard(props: FilesCardProps): JSX.Element {
  const names = (field: 'libraryFolders' | 'templateFolders', hint: string) => (
    <Show
      when={!props.locked}
      fallback={<Told label={fieldLabel('worker', field)} value={stringsOf(props.row[field]).join(' · ')} />}
    >
      <ChipsField
        label={fieldLabel('worker', field)}
        values={stringsOf(props.row[field])}
        hint={hint}
        onAdd={(entry) => props.onSet(fieldKey(field, entry), true)}
        onRemove={(entry) => props.onSet(fieldKey(field, entry), null)}
      />
    </Show>
  )
  const listed = () => props.row.callbackListed === true
  return (
    <>
      <RestrictionCard
        {...props}
        field="reports"
        note={`${t('internal.reportsNote')} ${t('internal.later')}`}
      >
        {(entries) => (
          <ChipsField
            label={t('internal.reportNames')}
            values={entries()}
            onAdd={(entry) => props.onSet(fieldKey('reports', entry), true)}
            onRemove={(entry) => props.onSet(fieldKey('reports', entry), null)}
          />
        )}
      </RestrictionCard>
      <Card title={t('internal.files')}>
        {names('libraryFolders', t('internal.libraryHint'))}
        {names('templateFolders', t('internal.templateHint'))}
        <small class={layout.quiet}>{t('internal.later')}</small>
      </Card>
      <Card title={t('internal.callback')}>
        <Show
          when={!props.locked}
          fallback={
            <Told
              label={fieldLabel('worker', 'callbackListed')}
              value={listed() ? t('settings.on') : t('settings.off')}
            />
          }
        >
          <SwitchField
            label={fieldLabel('worker', 'callbackListed')}
            checked={listed()}
            hint={listed() ? t('internal.callbackOn') : t('internal.callbackOff')}
            onChange={(checked) => props.onSet('callbackListed', checked)}
          />
        </Show>
      </Card>
    </>
  )
}

function Told(props: { readonly label: string; readonly value: string }): JSX.Element {
  return (
    <p>
      {props.label}: <b>{props.value || t('settings.nothing')}</b>
    </p>
  )
}
