/** A new label set or board: it begins with a name, and is filled where it is opened. */
import type { JSX } from 'solid-js'
import { foldValue } from '../../../../core/records/fold.ts'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { showToast } from '../../../components/toasts.ts'
import { outcomeSentence } from '../../record/outcome-sentence.ts'
import { RecordFormSheet, type Values } from '../../record/RecordFormSheet.tsx'
import { useSettings } from '../settings-data.ts'

export interface NamedSheetProps {
  readonly kind: 'label-set' | 'board'
  readonly open: boolean
  readonly title: string
  /** Said when it is saved. */
  readonly added: (name: string) => string
  readonly onClose: () => void
  readonly onMade: (id: string) => void
}

export function NamedSheet(props: NamedSheetProps): JSX.Element {
  const { actions } = usePortal()
  const data = useSettings()
  const nameOf = (values: Values) => String(values['name'] ?? '').trim()
  const check = (values: Values): Record<string, string> => {
    const name = foldValue(nameOf(values))
    const taken = data.small(props.kind).some((row) => foldValue(String(row.name ?? '')) === name)
    return name !== '' && taken ? { name: t('organisation.nameTaken') } : {}
  }
  const save = async (values: Values) => {
    const id = crypto.randomUUID()
    const outcome = await actions.create(props.kind, { name: nameOf(values), active: true }, id)
    const sentence = outcomeSentence(outcome, props.kind, 'create')
    if (sentence === undefined) {
      showToast(props.added(nameOf(values)))
      props.onMade(id)
    }
    return sentence
  }
  return (
    <RecordFormSheet
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      kind={props.kind}
      fields={['name']}
      initial={{ name: '' }}
      draftKey={`${props.kind}/new`}
      drafts={data.drafts}
      check={check}
      onSave={save}
      nameOf={() => undefined}
      optionsFor={() => []}
    />
  )
}
