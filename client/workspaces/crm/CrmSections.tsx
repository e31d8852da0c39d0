/** The parts of the CRM workspace, above each of its lists. */
import type { JSX } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { Tabs } from '../../components/Tabs.tsx'
import css from './CrmSections.module.css'

export function CrmSections(props: { readonly current: 'accounts' | 'contacts' }): JSX.Element {
  return (
    <div class={css.sections}>
      <Tabs
        label={t('crm.sections')}
        current={props.current}
        tabs={[
          { id: 'accounts', label: t('crm.accounts'), href: '/crm/accounts' },
          { id: 'contacts', label: t('crm.contacts'), href: '/crm/contacts' },
        ]}
      />
    </div>
  )
}
