/**
 * A group's own data: name and description are saved at once; parent, type and the switch decide what people may do,
 * and go through the draft.
 */
import { For, type JSX, Show } from 'solid-js'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { type GroupType, groupTypeLabels, groupTypes } from '../../../../core/catalogue/group-types.ts'
import { administratorsId, organizationId } from '../../../../core/catalogue/preconfigured-groups.ts'
import { foldText } from '../../../../core/records/fold.ts'
import { fieldLabel } from '../../../access/field-label.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { Field, FieldList } from '../../../components/FieldList.tsx'
import { PickField } from '../../../components/PickField.tsx'
import { SelectField } from '../../../components/SelectField.tsx'
import { SwitchField } from '../../../components/SwitchField.tsx'
import layout from '../../../styles/layout.module.css'
import { RecordField, type RecordForm } from '../../record/RecordField.tsx'
import { groupName, placeOfGroup } from '../names.ts'
import { useSettings } from '../settings-data.ts'
import { CeilingCard } from './CeilingCard.tsx'
import { withDescendants } from './group-tree.ts'

export interface GeneralTabProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly form: RecordForm
  /** Nothing that decides access may be changed here by this reader. */
  readonly locked: boolean
  readonly onSet: (field: string, value: string | boolean | null) => void
  readonly side: JSX.Element
  /** What the group is good for beside itself: its features copied from or to another one. */
  readonly template: JSX.Element
}

const FIELDS = ['name', 'description']

export function GeneralTab(props: GeneralTabProps): JSX.Element {
  return (
    <div class={layout.columns}>
      <Card flush label={t('settings.general')}>
        <For each={FIELDS}>{(field) => <RecordField form={props.form} field={field} />}</For>
        <FieldList>
          <Field label={fieldLabel('group', 'code')}>{String(props.row.code ?? '')}</Field>
          <Show when={props.row.preconfigured === true}>
            <Field label={fieldLabel('group', 'preconfigured')}>{t('settings.preconfiguredNote')}</Field>
          </Show>
        </FieldList>
      </Card>
      <div class={layout.stack}>
        {props.side}
        <Structure {...props} />
        <CeilingCard row={props.row} />
        {props.template}
      </div>
    </div>
  )
}

function Structure(props: GeneralTabProps): JSX.Element {
  const data = useSettings()
  const type = () => props.row.type as GroupType
  const parentId = () => (typeof props.row.parentId === 'string' ? props.row.parentId : null)
  const parentName = () => {
    const id = parentId()
    return id === null ? t('settings.topLevel') : groupName(data.directory(), id)
  }
  // The one Administrative group stays what and where it is, for ever (P16).
  const fixed = () => props.locked || props.row.id === administratorsId
  const parents = (query: string) => {
    const below = withDescendants(data.directory(), props.row.id)
    const typed = foldText(query)
    return [...data.directory().groups.values()]
      .filter(({ id, type: other }) => !below.has(id) && other === type() && id !== administratorsId)
      .filter(({ name }) => foldText(name).includes(typed))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((group) => ({
        value: group.id,
        label: group.name,
        note: placeOfGroup(data.directory(), group),
      }))
  }
  const cap = () => {
    const which = type()
    return which === 'affiliate' || which === 'client' ? t(`settings.typeCaps.${which}`) : undefined
  }
  const enabled = () => props.row.enabled === true
  return (
    <Show
      when={!fixed()}
      fallback={
        <Card flush title={t('settings.structure')}>
          <FieldList>
            <Field label={fieldLabel('group', 'enabled')}>
              {enabled() ? t('record.yes') : t('record.no')}
            </Field>
            <Field label={fieldLabel('group', 'type')}>{groupTypeLabels[type()]}</Field>
            <Field label={fieldLabel('group', 'parentId')}>{parentName()}</Field>
            <Show when={props.row.id === administratorsId}>
              <Field label={t('settings.whyFixed')}>{t('settings.administrativeFixed')}</Field>
            </Show>
          </FieldList>
        </Card>
      }
    >
      <Card title={t('settings.structure')}>
        <SwitchField
          label={fieldLabel('group', 'enabled')}
          checked={enabled()}
          hint={enabled() ? t('settings.enabledHint') : t('settings.groupDisabledHint')}
          onChange={(checked) => props.onSet('enabled', checked)}
        />
        <PickField
          label={fieldLabel('group', 'parentId')}
          value={parentId()}
          shown={parentName()}
          options={parents}
          onChange={(id) => props.onSet('parentId', id)}
        />
        <SelectField
          label={fieldLabel('group', 'type')}
          required
          value={type()}
          hint={cap() ?? t('settings.typeHint')}
          options={groupTypes
            .filter((one) => one !== 'admin' && (props.row.id !== organizationId || one === 'user'))
            .map((one) => ({ value: one, label: groupTypeLabels[one] }))}
          onChange={(next) => props.onSet('type', next)}
        />
      </Card>
    </Show>
  )
}
