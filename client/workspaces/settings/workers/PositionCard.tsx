/** Whether a login is on, what type it has, whom the worker reports to, and from when until when it is valid. */
import { createSignal, type JSX, Show } from 'solid-js'
import { workerFromRow } from '../../../../core/access/from-rows.ts'
import { missingAbove } from '../../../../core/access/hierarchy.ts'
import { userTypeLabels, userTypes } from '../../../../core/catalogue/user-types.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { fieldLabel } from '../../../access/field-label.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { Field, FieldList } from '../../../components/FieldList.tsx'
import { PickField } from '../../../components/PickField.tsx'
import { SelectField } from '../../../components/SelectField.tsx'
import { SwitchField } from '../../../components/SwitchField.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { dayOf, instantOf } from '../days.ts'
import { workerName } from '../names.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { workerOptions } from './worker-options.ts'

export interface PositionCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly locked: boolean
  readonly onSet: (field: string, value: string | null) => void
  /** Asks first. */
  readonly onActive: (active: boolean) => void
}

export function PositionCard(props: PositionCardProps): JSX.Element {
  const data = useSettings()
  const managerId = () => (typeof props.row.managerId === 'string' ? props.row.managerId : null)
  const managerName = () => {
    const id = managerId()
    return id === null ? '' : workerName(data.directory(), id)
  }
  const userType = () => userTypes.find((type) => type === props.row.userType) ?? null
  const active = () => props.row.active === true
  const managers = (query: string) =>
    workerOptions(data, query, 'active').filter(({ value }) => value !== props.row.id)
  /** Advice only: whose manager is of no fitting type is seen by fewer than one would think (S14). */
  const managerHint = () => {
    const missing = missingAbove(workerFromRow(props.row), data.directory())
    return missing === null
      ? undefined
      : t('settings.belongsBelow', { type: label(userType() ?? undefined), above: userTypeLabels[missing] })
  }
  return (
    <Show when={!props.locked} fallback={<ReadOnly row={props.row} manager={managerName()} />}>
      <Card title={t('settings.position')}>
        <SwitchField
          label={fieldLabel('worker', 'active')}
          checked={active()}
          hint={active() ? t('settings.activeHint') : t('settings.disabledHint')}
          onChange={(checked) => props.onActive(checked)}
        />
        <SelectField
          label={fieldLabel('worker', 'userType')}
          value={userType()}
          none={t('settings.noUserType')}
          options={userTypes.map((type) => ({ value: type, label: userTypeLabels[type] }))}
          onChange={(type) => props.onSet('userType', type)}
        />
        <PickField
          label={fieldLabel('worker', 'managerId')}
          value={managerId()}
          shown={managerName()}
          hint={managerHint()}
          options={managers}
          onChange={(id) => props.onSet('managerId', id)}
        />
        <div class={css.dates}>
          <DayField
            label={fieldLabel('worker', 'validFrom')}
            which="from"
            value={props.row.validFrom}
            onSet={(instant) => props.onSet('validFrom', instant)}
          />
          <DayField
            label={fieldLabel('worker', 'validUntil')}
            which="until"
            hint={t('settings.lastDayHint')}
            value={props.row.validUntil}
            onSet={(instant) => props.onSet('validUntil', instant)}
          />
        </div>
      </Card>
    </Show>
  )
}

function DayField(props: {
  readonly label: string
  readonly which: 'from' | 'until'
  readonly hint?: string | undefined
  readonly value: unknown
  readonly onSet: (instant: string | null) => void
}): JSX.Element {
  const [problem, setProblem] = createSignal<string>()
  const commit = (day: string) => {
    const instant = instantOf(day, props.which)
    setProblem(instant === undefined ? t('settings.dateBad') : undefined)
    if (instant !== undefined) props.onSet(instant)
  }
  return (
    <TextField
      type="date"
      label={props.label}
      hint={props.hint}
      value={dayOf(props.value, props.which)}
      error={problem()}
      onCommit={commit}
    />
  )
}

function ReadOnly(props: { readonly row: Row; readonly manager: string }): JSX.Element {
  const type = () => userTypes.find((one) => one === props.row.userType)
  return (
    <Card flush title={t('settings.position')}>
      <FieldList>
        <Field label={fieldLabel('worker', 'active')}>
          {props.row.active === true ? t('record.yes') : t('record.no')}
        </Field>
        <Field label={fieldLabel('worker', 'userType')}>{label(type())}</Field>
        <Field label={fieldLabel('worker', 'managerId')}>{props.manager}</Field>
        <Show when={props.row.validFrom !== null || props.row.validUntil !== null}>
          <Field label={fieldLabel('worker', 'validFrom')}>{dayOf(props.row.validFrom, 'from')}</Field>
          <Field label={fieldLabel('worker', 'validUntil')}>{dayOf(props.row.validUntil, 'until')}</Field>
        </Show>
      </FieldList>
    </Card>
  )
}

function label(type: (typeof userTypes)[number] | undefined): string {
  return type === undefined ? '' : userTypeLabels[type]
}
