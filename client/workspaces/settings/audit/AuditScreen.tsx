/** /settings/audit and /settings/audit/:id: what was changed, the latest first, and beside it what was before and after. */
import { useParams } from '@solidjs/router'
import { type JSX, Match, Show, Switch } from 'solid-js'
import HistoryIcon from '~icons/lucide/history'
import { usePortal } from '../../../app/context.tsx'
import { DeniedScreen } from '../../../app/Fallbacks.tsx'
import { t } from '../../../app/i18n.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { SplitPanes } from '../../../components/SplitPanes.tsx'
import { AuditList } from './AuditList.tsx'
import { ChangeSetPane } from './ChangeSetPane.tsx'
import { auditRight, whyNoLog } from './may-see-log.ts'

export default function AuditScreen(): JSX.Element {
  const params = useParams()
  const portal = usePortal()
  return (
    <Switch>
      <Match when={portal.principal() !== null && auditRight(portal.principal()).outcome === 'denied'}>
        <DeniedScreen title={t('audit.denied')} sentence={whyNoLog(auditRight(portal.principal()))} />
      </Match>
      <Match when={portal.principal() !== null}>
        <SplitPanes
          listLabel={t('audit.title')}
          open={params['id'] !== undefined}
          placeholder={<EmptyState icon={HistoryIcon} title={t('audit.choose')} />}
          list={<AuditList current={params['id']} />}
          detail={
            <Show when={params['id']} keyed>
              {(id) => <ChangeSetPane id={id} />}
            </Show>
          }
        />
      </Match>
    </Switch>
  )
}
