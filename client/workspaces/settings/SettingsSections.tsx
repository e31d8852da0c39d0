/** The parts of Settings, above each of their lists. */
import type { JSX } from 'solid-js'
import type { Principal } from '../../../core/access/types.ts'
import { decisionFor } from '../../access/decision.ts'
import { usePortal } from '../../app/context.tsx'
import { t } from '../../app/i18n.ts'
import { Tabs } from '../../components/Tabs.tsx'
import { groupsHref, workersHref } from './hrefs.ts'
import type { DirectoryKind } from './settings-data.ts'
import css from './SettingsSections.module.css'

export function SettingsSections(props: { readonly current: 'workers' | 'groups' }): JSX.Element {
  const { principal } = usePortal()
  const workers = { id: 'workers', label: t('settings.workers'), href: workersHref }
  const groups = { id: 'groups', label: t('settings.groups'), href: groupsHref }
  // Where the reader may see one of the two, the other is left out, as its address is.
  const sections = () => [
    ...(isClosed(principal(), 'worker') ? [] : [workers]),
    ...(isClosed(principal(), 'group') ? [] : [groups]),
  ]
  return (
    <div class={css.sections}>
      <Tabs label={t('settings.sections')} current={props.current} tabs={sections()} />
    </div>
  )
}

/** Rights that are not known yet close nothing. */
export function isClosed(principal: Principal | null, kind: DirectoryKind): boolean {
  return principal !== null && decisionFor(principal, { action: 'view', kind }).outcome === 'denied'
}
