/** The parts of Settings, above each of their lists. */
import type { JSX } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { Tabs } from '../../components/Tabs.tsx'
import { groupsHref, workersHref } from './hrefs.ts'
import css from './SettingsSections.module.css'

export function SettingsSections(props: { readonly current: 'workers' | 'groups' }): JSX.Element {
  return (
    <div class={css.sections}>
      <Tabs
        label={t('settings.sections')}
        current={props.current}
        tabs={[
          { id: 'workers', label: t('settings.workers'), href: workersHref },
          { id: 'groups', label: t('settings.groups'), href: groupsHref },
        ]}
      />
    </div>
  )
}
