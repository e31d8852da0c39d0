/** The organisation's name, how long a device works without the server, how long passwords are, and what everybody begins with. */
import { For, type JSX, Show } from 'solid-js'
import BuildingIcon from '~icons/lucide/building'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import layout from '../../../styles/layout.module.css'
import { useLookups } from '../../record/lookups.ts'
import { RecordField } from '../../record/RecordField.tsx'
import { useRecordForm } from '../../record/use-record-form.ts'
import { useSettings } from '../settings-data.ts'
import { PartTitle } from './PartTitle.tsx'

const PLAIN = ['name', 'offlineLeaseDays', 'passwordLengthMin'] as const
const DEFAULTS = ['defaultLabelSet', 'defaultBoard'] as const

export function GeneralPart(): JSX.Element {
  const data = useSettings()
  return (
    <article aria-label={t('organisation.parts.general')}>
      <PartTitle part="general" />
      <PaneBody>
        <Show
          when={data.settings()}
          fallback={<EmptyState icon={BuildingIcon} title={t('organisation.notYet')} />}
        >
          {(row) => <Fields row={row()} />}
        </Show>
      </PaneBody>
    </article>
  )
}

function Fields(props: { readonly row: Row }): JSX.Element {
  const lookups = useLookups(() =>
    (['label-set', 'board'] as const).flatMap((kind) => {
      const id = props.row[kind === 'board' ? 'defaultBoard' : 'defaultLabelSet']
      return typeof id === 'string' ? [recordKey(kind, id)] : []
    }),
  )
  const form = useRecordForm('settings', () => props.row, lookups)
  const hints: Partial<Record<string, string>> = {
    offlineLeaseDays: t('organisation.leaseHint'),
    passwordLengthMin: t('organisation.passwordHint'),
    defaultLabelSet: t('organisation.labelsDefaultHint'),
    defaultBoard: t('organisation.boardDefaultHint'),
  }
  return (
    <div class={layout.columns}>
      <Card flush label={t('organisation.parts.general')}>
        <For each={PLAIN}>{(field) => <RecordField form={form} field={field} hint={hints[field]} />}</For>
      </Card>
      <Card flush title={t('organisation.defaults')}>
        <For each={DEFAULTS}>{(field) => <RecordField form={form} field={field} hint={hints[field]} />}</For>
      </Card>
    </div>
  )
}
