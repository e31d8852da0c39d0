/** A new worker group: a name, an id, a place in the tree. It says nothing until its features are set. */
import type { JSX } from 'solid-js'
import { administratorsId, organizationId } from '../../../../core/catalogue/preconfigured-groups.ts'
import { foldText } from '../../../../core/records/fold.ts'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { showToast } from '../../../components/toasts.ts'
import { outcomeSentence } from '../../record/outcome-sentence.ts'
import { RecordFormSheet, type Values } from '../../record/RecordFormSheet.tsx'
import { groupName, placeOfGroup } from '../names.ts'
import { useSettings } from '../settings-data.ts'
import { checkNewGroup, codeOf } from './new-group.ts'

const FIELDS = ['name', 'code', 'description', 'parentId']

export interface NewGroupSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onMade: (id: string) => void
}

export function NewGroupSheet(props: NewGroupSheetProps): JSX.Element {
  const { actions } = usePortal()
  const data = useSettings()
  const save = async (values: Values) => {
    const code = codeOf(values)
    const parent = data.directory().groups.get(String(values['parentId'] ?? ''))
    const type = parent?.type ?? 'user'
    const outcome = await actions.create('group', { ...values, code, type, enabled: true }, code)
    const sentence = outcomeSentence(outcome, 'group', 'create')
    if (sentence === undefined) {
      showToast(t('settings.groupAdded', { name: String(values['name'] ?? '') }))
      props.onMade(code)
    }
    return sentence
  }
  return (
    <RecordFormSheet
      open={props.open}
      onClose={props.onClose}
      title={t('settings.addGroup')}
      lede={t('settings.addGroupLede')}
      kind="group"
      fields={FIELDS}
      initial={{ parentId: data.directory().groups.has(organizationId) ? organizationId : null }}
      draftKey="group/new"
      drafts={data.drafts}
      check={(values) => checkNewGroup(values, data.directory())}
      hintOf={(field) => (field === 'code' ? t('settings.codeHint') : undefined)}
      onSave={save}
      nameOf={(_, id) => groupName(data.directory(), id)}
      optionsFor={(_, query) =>
        [...data.directory().groups.values()]
          .filter(({ id, name }) => id !== administratorsId && foldText(name).includes(foldText(query)))
          .sort((a, b) => a.name.localeCompare(b.name))
          .map((group) => ({
            value: group.id,
            label: group.name,
            note: placeOfGroup(data.directory(), group),
          }))
      }
    />
  )
}
