/** A group as a template (U-29): another group's features copied into this one, or this one saved as a new group. */
import { createSignal, type JSX, Show } from 'solid-js'
import { useNavigate } from '@solidjs/router'
import CopyIcon from '~icons/lucide/copy-plus'
import { administratorsId } from '../../../../core/catalogue/preconfigured-groups.ts'
import { foldText } from '../../../../core/records/fold.ts'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'
import { outcomeSentence } from '../../record/outcome-sentence.ts'
import { RecordFormSheet, type Values } from '../../record/RecordFormSheet.tsx'
import { ChooseSheet } from '../AddSheet.tsx'
import { groupHref } from '../hrefs.ts'
import { groupName, placeOfGroup } from '../names.ts'
import type { Proposal } from '../proposal/create-proposal.ts'
import { useSettings } from '../settings-data.ts'
import { featuresLike } from './features-like.ts'
import { checkNewGroup, codeOf } from './new-group.ts'

export interface TemplateCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly proposal: Proposal
  /** The sentence that says why its features may not be changed. */
  readonly locked: string | undefined
  /** The sentence that says why no group may be made. */
  readonly addDenied: string | undefined
}

export function TemplateCard(props: TemplateCardProps): JSX.Element {
  const data = useSettings()
  const [choosing, setChoosing] = createSignal(false)
  const [saving, setSaving] = createSignal(false)
  const options = (query: string) =>
    [...data.directory().groups.values()]
      .filter(
        ({ id, name }) =>
          id !== props.row.id && id !== administratorsId && foldText(name).includes(foldText(query)),
      )
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((group) => ({ value: group.id, label: group.name, note: placeOfGroup(data.directory(), group) }))
  const copyFrom = (id: string) => {
    setChoosing(false)
    const group = groupName(data.directory(), id)
    const overlay = featuresLike(props.row, data.directory().groups.get(id)?.features ?? new Map())
    if (Object.keys(overlay).length === 0) return showToast(t('manage.copySame', { group }))
    props.proposal.setMany(new Map([[recordKey('group', props.row.id), overlay]]))
    showToast(t('manage.copyDone', { group }))
  }
  return (
    <Show when={props.row.id !== administratorsId}>
      <Card title={t('manage.template')}>
        <div class={layout.stackSmall}>
          <Button wide denied={props.locked} onClick={() => setChoosing(true)}>
            {t('manage.copyFeatures')}
          </Button>
          <Button wide icon={CopyIcon} denied={props.addDenied} onClick={() => setSaving(true)}>
            {t('manage.saveAs')}
          </Button>
        </div>
        <ChooseSheet
          open={choosing()}
          onClose={() => setChoosing(false)}
          label={t('manage.copyFeatures')}
          options={options}
          onChoose={copyFrom}
        />
        <SaveAsSheet row={props.row} open={saving()} onClose={() => setSaving(false)} />
      </Card>
    </Show>
  )
}

function SaveAsSheet(props: {
  readonly row: Row
  readonly open: boolean
  readonly onClose: () => void
}): JSX.Element {
  const { actions } = usePortal()
  const data = useSettings()
  const navigate = useNavigate()
  const original = () => String(props.row.name ?? '')
  const save = async (values: Values) => {
    const code = codeOf(values)
    const { type, parentId, features } = props.row
    const copied = { type, parentId: parentId ?? null, features: features ?? {}, enabled: true }
    const outcome = await actions.create('group', { ...values, ...copied, code }, code)
    const sentence = outcomeSentence(outcome, 'group', 'create')
    if (sentence !== undefined) return sentence
    showToast(t('manage.savedAs', { group: String(values['name'] ?? '') }))
    navigate(`${groupHref(code, 'members')}?from=${encodeURIComponent(props.row.id)}`)
    return undefined
  }
  return (
    <RecordFormSheet
      open={props.open}
      onClose={props.onClose}
      title={t('manage.saveAsTitle', { group: original() })}
      lede={t('manage.saveAsLede')}
      kind="group"
      fields={['name', 'code', 'description']}
      initial={{ description: props.row.description ?? null }}
      draftKey={`group/save-as/${props.row.id}`}
      drafts={data.drafts}
      check={(values) => checkNewGroup(values, data.directory())}
      hintOf={(field) => (field === 'code' ? t('settings.codeHint') : undefined)}
      onSave={save}
      nameOf={(_, id) => groupName(data.directory(), id)}
      optionsFor={() => []}
    />
  )
}
