/** The parts of Settings, above each of their lists: those that are open to the reader, as the others' addresses are closed. */
import type { JSX } from 'solid-js'
import { usePortal } from '../../app/context.tsx'
import { t } from '../../app/i18n.ts'
import { Tabs } from '../../components/Tabs.tsx'
import { type SectionId, openSections } from './sections.ts'
import css from './SettingsSections.module.css'

export function SettingsSections(props: { readonly current: SectionId }): JSX.Element {
  const { principal } = usePortal()
  return (
    <div class={css.sections}>
      <Tabs label={t('settings.sections')} current={props.current} tabs={openSections(principal())} />
    </div>
  )
}
