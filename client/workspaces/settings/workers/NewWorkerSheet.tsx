/** A new worker: who it is and how they sign in. Rights, groups and accounts follow on the worker's own screen. */
import type { JSX } from 'solid-js'
import { foldText, foldValue } from '../../../../core/records/fold.ts'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { showToast } from '../../../components/toasts.ts'
import { outcomeSentence } from '../../record/outcome-sentence.ts'
import { RecordFormSheet, type Values } from '../../record/RecordFormSheet.tsx'
import { workerName } from '../names.ts'
import { useSettings } from '../settings-data.ts'

const FIELDS = ['firstName', 'lastName', 'username', 'email', 'phone', 'jobTitle', 'userType', 'managerId']

export interface NewWorkerSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onMade: (id: string) => void
}

export function NewWorkerSheet(props: NewWorkerSheetProps): JSX.Element {
  const { actions } = usePortal()
  const data = useSettings()
  const check = (values: Values): Record<string, string> => {
    const username = foldValue(String(values['username'] ?? ''))
    const taken = data.workers().some((row) => foldValue(String(row.username ?? '')) === username)
    return username !== '' && taken ? { username: t('settings.usernameTaken') } : {}
  }
  const save = async (values: Values) => {
    const outcome = await actions.create('worker', { ...values, active: true })
    const sentence = outcomeSentence(outcome, 'worker', 'create')
    if (sentence === undefined && outcome.type === 'saved') {
      const name = [values['firstName'], values['lastName']].filter(Boolean).join(' ')
      showToast(t('settings.workerAdded', { name: name || String(values['username'] ?? '') }))
      props.onMade(outcome.key.slice('worker/'.length))
    }
    return sentence
  }
  return (
    <RecordFormSheet
      open={props.open}
      onClose={props.onClose}
      title={t('settings.addWorker')}
      lede={t('settings.addWorkerLede')}
      kind="worker"
      fields={FIELDS}
      initial={{}}
      draftKey="worker/new"
      drafts={data.drafts}
      check={check}
      onSave={save}
      nameOf={(_, id) => workerName(data.directory(), id)}
      optionsFor={(_, query) =>
        [...data.directory().workers.values()]
          .filter(({ name, active }) => active && foldText(name).includes(foldText(query)))
          .sort((a, b) => a.name.localeCompare(b.name))
          .slice(0, 40)
          .map(({ id, name, username }) => ({ value: id, label: name, note: username }))
      }
    >
      <small>{t('settings.nextInvite')}</small>
    </RecordFormSheet>
  )
}
