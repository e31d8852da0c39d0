/** The first sync, while it runs: a count that moves, and rows that are on their way where there are none yet. */
import { type JSX, Show } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { ProgressMeter } from '../../components/ProgressMeter.tsx'
import { SkeletonRows } from '../../components/SkeletonRows.tsx'
import layout from '../../styles/layout.module.css'

export interface FirstSyncProgress {
  readonly done: number
  readonly total: number
}

export function FirstSync(props: FirstSyncProgress & { readonly rows: boolean }): JSX.Element {
  return (
    <>
      <div class={`${layout.pad} ${layout.stackSmall}`}>
        <ProgressMeter label={t('crm.firstSyncOf')} value={props.done} max={props.total} />
        <small>{t('crm.firstSyncNote')}</small>
      </div>
      <Show when={props.rows}>
        <SkeletonRows />
      </Show>
    </>
  )
}
