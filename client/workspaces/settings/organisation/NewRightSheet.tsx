/** A right of the organisation's own: an id, a label, the workspace that it belongs to. */
import { createEffect, createSignal, type JSX, on } from 'solid-js'
import {
  type Catalogue,
  workspaceFeatureIds,
  workspaceLabels,
  workspaces,
} from '../../../../core/catalogue/features.ts'
import { settings } from '../../../../core/records/settings.ts'
import { validateValue } from '../../../../core/records/validate.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { SelectField } from '../../../components/SelectField.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { TextField } from '../../../components/TextField.tsx'
import layout from '../../../styles/layout.module.css'
import type { RegisteredRight } from './RightsPart.tsx'

export interface NewRightSheetProps {
  readonly open: boolean
  /** With the rights that are proposed already. */
  readonly catalogue: Catalogue
  readonly onClose: () => void
  readonly onAdd: (right: RegisteredRight) => void
}

export function NewRightSheet(props: NewRightSheetProps): JSX.Element {
  const [id, setId] = createSignal('')
  const [label, setLabel] = createSignal('')
  const [workspace, setWorkspace] = createSignal<RegisteredRight['workspace']>('crm')
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.open,
      () => {
        setId('')
        setLabel('')
        setProblem(undefined)
      },
    ),
  )
  const add = () => {
    const right = { id: id().trim(), label: label().trim() || id().trim(), workspace: workspace() }
    const fault = faultOf(right, props.catalogue)
    setProblem(fault)
    if (fault !== undefined) return
    props.onAdd(right)
    props.onClose()
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('organisation.addRight')}
      lede={t('organisation.rightsLede')}
      placement="side"
      actions={
        <>
          <Button kind="primary" onClick={add}>
            {t('organisation.register')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <div class={layout.stack}>
        <TextField
          label={t('organisation.rightId')}
          hint={t('organisation.rightIdHint')}
          required
          value={id()}
          error={problem()}
          maxLength={64}
          onInput={setId}
        />
        <TextField
          label={t('organisation.rightLabel')}
          hint={t('organisation.rightLabelHint')}
          value={label()}
          maxLength={120}
          onInput={setLabel}
        />
        <SelectField
          label={t('organisation.rightWorkspace')}
          hint={t('organisation.rightWorkspaceHint')}
          required
          value={workspace()}
          options={workspaces.map((one) => ({ value: one, label: workspaceLabels[one] }))}
          onChange={(chosen) => setWorkspace(workspaces.find((one) => one === chosen) ?? 'crm')}
        />
      </div>
    </Sheet>
  )
}

/** As the gate would find it; undefined for a right that may be registered. */
function faultOf({ id, label, workspace }: RegisteredRight, catalogue: Catalogue): string | undefined {
  if (id === '') return t('organisation.rightIdMissing')
  const ids: readonly string[] = Object.values(workspaceFeatureIds)
  if (catalogue.featureById.has(id) || ids.includes(id)) return t('organisation.rightTaken')
  const field = settings.fields['customRights']
  const check = field && validateValue(field, { [id]: { label, workspace } }, catalogue)
  return check?.ok === false ? check.message : undefined
}
