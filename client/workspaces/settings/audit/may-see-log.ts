/** Whether the reader may see the log, the sentence that says why not, and the tab that leads to a record's part of it. */
import { rightOf } from '../../../../core/access/decisions.ts'
import { explain, inOneText } from '../../../../core/access/explain.ts'
import type { Decision, Principal } from '../../../../core/access/types.ts'
import { noRights } from '../../../access/decision.ts'
import { surroundings } from '../../../access/surroundings.ts'
import { t } from '../../../app/i18n.ts'
import type { TabLink } from '../../../components/Tabs.tsx'

export function auditRight(principal: Principal | null): Decision {
  return principal === null ? noRights : rightOf(principal, 'settings.audit.view')
}

export function whyNoLog(decision: Decision): string {
  const words = { kind: t('audit.title'), plural: t('audit.theLog') }
  return inOneText(explain(decision, { ...surroundings(), action: 'view', ...words }))
}

/** For a record's tabs: nothing for who may not see the log. */
export function historyTab(principal: Principal | null, href: string): readonly TabLink[] {
  return auditRight(principal).outcome === 'allowed'
    ? [{ id: 'history', label: t('audit.history'), href }]
    : []
}
