/** Switching a login off asks first, and says what a hard rule forbids; switching it on is said and can be taken back. */
import type { JSX } from 'solid-js'
import { checkChange } from '../../../../core/access/check-change.ts'
import { withWorker } from '../../../../core/access/directory.ts'
import { workerFromRow } from '../../../../core/access/from-rows.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { t } from '../../../app/i18n.ts'
import { ConfirmSheet } from '../../../components/ConfirmSheet.tsx'
import { showToast } from '../../../components/toasts.ts'
import { reasonSentence } from '../../record/why.ts'
import { type SettingsData, useSettings } from '../settings-data.ts'

/** Says what happens, and does it only then; what a hard rule forbids is said instead (P18). */
export function DisableSheet(props: {
  readonly row: Row
  readonly open: boolean
  readonly onClose: () => void
}): JSX.Element {
  const data = useSettings()
  const name = () => kindSpecs.worker.title(props.row)
  const denied = () => {
    if (!props.open) return undefined
    const { directory, principal, now } = data
    const off = withWorker(
      directory(),
      { ...workerFromRow(props.row), active: false },
      directory().policyVersion,
    )
    const decision = checkChange({
      before: directory(),
      after: off,
      author: principal(),
      now: now(),
      changed: [{ kind: 'worker', id: props.row.id, fields: ['active'] }],
    })
    if (decision.outcome === 'allowed') return undefined
    return reasonSentence(decision, { action: 'edit', kind: 'worker', title: name(), field: 'active' })
  }
  return (
    <ConfirmSheet
      open={props.open}
      title={t('settings.disableTitle', { name: name() })}
      confirm={t('settings.disable')}
      danger
      denied={denied()}
      onConfirm={() => {
        props.onClose()
        void saveActive(data, props.row, false)
      }}
      onClose={props.onClose}
    >
      {t('settings.disableText', { name: name() })}
    </ConfirmSheet>
  )
}

/** Says that it is done, with a way back. */
export async function saveActive(data: SettingsData, row: Row, active: boolean): Promise<void> {
  const name = kindSpecs.worker.title(row)
  const sentence = await data.save([{ kind: 'worker', id: row.id, fields: { active } }])
  if (sentence !== undefined) return showToast(sentence, { tone: 'denied', durationMs: 12_000 })
  showToast(active ? t('settings.enabledDone', { name }) : t('settings.disabledDone', { name }), {
    action: { label: t('common.undo'), onPress: () => void saveActive(data, row, !active) },
  })
}
