/** One label set: pick a kind, and write what its fields are to be called; beside it what that looks like. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { type Kind, recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { LABEL_LENGTH_MAX, labelEntry } from '../../../../core/records/label-set.ts'
import { labelsOf } from '../../../../core/records/portal-words.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { usePortal } from '../../../app/context.tsx'
import { NotHere } from '../../../app/Fallbacks.tsx'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { Card } from '../../../components/Card.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { Field, FieldList } from '../../../components/FieldList.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'
import { useLookups } from '../../record/lookups.ts'
import { outcomeSentence } from '../../record/outcome-sentence.ts'
import { RecordField } from '../../record/RecordField.tsx'
import { useRecordForm } from '../../record/use-record-form.ts'
import { organisationHref } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { useSettings } from '../settings-data.ts'
import css from './organisation.module.css'
import { useGiven } from './use-given.ts'

/** Those whose fields stand on screens that people work with. */
const KINDS = ['account', 'contact', 'address', 'worker', 'group'] as const satisfies readonly Kind[]

export function LabelSetPane(props: { readonly id: string }): JSX.Element {
  const data = useSettings()
  const row = () => data.rowByKey().get(recordKey('label-set', props.id))
  const back = { href: organisationHref('labels'), label: t('organisation.backToLabels') }
  return (
    <Show
      when={row()}
      fallback={
        <>
          <DetailTitle title={t('frame.notHereTitle')} back={back} />
          <NotHere />
        </>
      }
    >
      {(found) => (
        <article aria-label={String(found().name ?? '')}>
          <DetailTitle
            title={String(found().name ?? '')}
            lede={useGiven('label-set')(found().id)}
            aside={
              <MarkTag
                mark={data.markOf(recordKey('label-set', found().id))}
                disabled={found().active === false}
              />
            }
            back={back}
            parent={t('organisation.parts.labels')}
          />
          <PaneBody>
            <Editor row={found()} />
          </PaneBody>
        </article>
      )}
    </Show>
  )
}

function Editor(props: { readonly row: Row }): JSX.Element {
  const { actions } = usePortal()
  const form = useRecordForm(
    'label-set',
    () => props.row,
    useLookups(() => []),
  )
  const [kind, setKind] = createSignal<(typeof KINDS)[number]>('account')
  const labels = () => labelsOf(props.row)
  const fields = () => Object.entries(kindSpecs[kind()].fields)
  const labelOf = (field: string) => labels()[labelEntry(kind(), field)] ?? ''
  const save = async (field: string, text: string) => {
    const label = text.trim() === '' ? null : text.trim()
    const entry = fieldKey('labels', labelEntry(kind(), field))
    const outcome = await actions.editEntries('label-set', props.row.id, { [entry]: label })
    const sentence = outcomeSentence(outcome, 'label-set')
    if (sentence !== undefined) showToast(sentence, { tone: 'denied' })
  }
  const renamed = () => fields().filter(([field]) => labelOf(field) !== '')
  return (
    <div class={layout.columns}>
      <div class={layout.stack}>
        <Card flush label={t('organisation.parts.general')}>
          <RecordField form={form} field="name" />
          <RecordField
            form={form}
            field="active"
            hint={props.row.active === false ? t('organisation.labelSetOff') : undefined}
          />
        </Card>
        <Card flush title={t('organisation.preview')}>
          <FieldList>
            <For
              each={renamed()}
              fallback={<Field label={kindSpecs[kind()].plural}>{t('organisation.previewEmpty')}</Field>}
            >
              {([field, spec]) => (
                <Field label={labelOf(field)}>{t('organisation.previewWas', { label: spec.label })}</Field>
              )}
            </For>
          </FieldList>
        </Card>
      </div>
      <Card title={t('organisation.labelsFor')}>
        <ChipRow label={t('organisation.labelsFor')} wrap>
          <For each={KINDS}>
            {(one) => (
              <Chip pressed={kind() === one} onClick={() => setKind(one)}>
                {kindSpecs[one].plural}
              </Chip>
            )}
          </For>
        </ChipRow>
        <small class={layout.quiet}>{t('organisation.clearToShipped')}</small>
        {/* Keyed: a box that is typed in belongs to one field of one kind. */}
        <Show when={kind()} keyed>
          <div class={css.fields}>
            <For each={fields()}>
              {([field, spec]) => (
                <TextField
                  label={spec.label}
                  value={labelOf(field)}
                  placeholder={t('organisation.labelPlaceholder', { label: spec.label })}
                  maxLength={LABEL_LENGTH_MAX}
                  onCommit={(text) => void save(field, text)}
                />
              )}
            </For>
          </div>
        </Show>
      </Card>
    </div>
  )
}
