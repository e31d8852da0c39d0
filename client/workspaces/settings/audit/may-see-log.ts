/** Whether the reader may see the log, and the sentence that says why not. */
import { rightOf } from '../../../../core/access/decisions.ts'
import { explain, inOneText } from '../../../../core/access/explain.ts'
import type { Decision, Principal } from '../../../../core/access/types.ts'
import { noRights } from '../../../access/decision.ts'
import { surroundings } from '../../../access/surroundings.ts'
import { t } from '../../../app/i18n.ts'

export function auditRight(principal: Principal | null): Decision {
  return principal === null ? noRights : rightOf(principal, 'settings.audit.view')
}

export function whyNoLog(decision: Decision): string {
  const words = { kind: t('audit.title'), plural: t('audit.theLog') }
  return inOneText(explain(decision, { ...surroundings(), action: 'view', ...words }))
}
