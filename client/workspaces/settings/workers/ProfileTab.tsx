/** Who the worker is, and everything that decides what they may do and see. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { administratorsId } from '../../../../core/catalogue/preconfigured-groups.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import layout from '../../../styles/layout.module.css'
import { RecordField } from '../../record/RecordField.tsx'
import { useRecordForm } from '../../record/use-record-form.ts'
import { sentenceOf } from '../../record/why.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { AccountsCard } from './AccountsCard.tsx'
import type { WorkerDraft } from './create-worker-draft.ts'
import { DisableSheet, saveActive } from './DisableSheet.tsx'
import { MembershipsCard } from './MembershipsCard.tsx'
import { PositionCard } from './PositionCard.tsx'
import { ReductionsCard } from './ReductionsCard.tsx'
import { RightsCard } from './RightsCard.tsx'
import { membershipsOf, stringsOf } from './worker-words.ts'

/** Saved at once: none of these decides what anybody may do. */
const PROFILE = ['firstName', 'lastName', 'username', 'email', 'phone', 'jobTitle']

export function ProfileTab(props: { readonly draft: WorkerDraft }): JSX.Element {
  const data = useSettings()
  const { stored, row, set, lock, locked, lookups, asIfOn, reach, why } = props.draft
  const form = useRecordForm('worker', stored, lookups)
  const [asking, setAsking] = createSignal(false)
  const switchActive = (active: boolean) => {
    if (!active) return setAsking(true)
    void saveActive(data, stored(), true)
  }
  /** Who may change the login may still not change this: only an administrator without reductions does (P17). */
  const reductionsLock = () => {
    if (lock().outcome === 'denied') return sentenceOf(lock(), { ...why(), field: 'reductions' })
    return data.principal().fullAdministrator ? undefined : t('manage.reductionsClosed')
  }
  const isAdministrator = () => membershipsOf(row()).some(({ id }) => id === administratorsId)
  return (
    <div class={`${layout.columns} ${css.profile}`}>
      <Card flush label={t('settings.profile')}>
        <For each={PROFILE}>{(field) => <RecordField form={form} field={field} />}</For>
      </Card>
      <div class={layout.stack}>
        <PositionCard row={row()} locked={locked()} onSet={set} onActive={switchActive} />
        <MembershipsCard stored={stored()} row={row()} locked={locked()} onSet={set} />
      </div>
      <RightsCard row={row()} principal={asIfOn()} locked={locked()} onSet={set} />
      <div class={layout.stack}>
        <AccountsCard
          row={row()}
          principal={asIfOn()}
          reach={reach()}
          locked={locked()}
          lookups={lookups}
          onSet={set}
        />
        <Show when={isAdministrator() || stringsOf(row().reductions).length > 0}>
          <ReductionsCard row={row()} locked={reductionsLock()} onSet={set} />
        </Show>
      </div>
      <DisableSheet row={stored()} open={asking()} onClose={() => setAsking(false)} />
    </div>
  )
}
