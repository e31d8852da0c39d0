/** /settings/exchange: a file brought in, step by step, and files to take out. Both are the server's to do. */
import { useParams } from '@solidjs/router'
import { type JSX, Match, Show, Switch } from 'solid-js'
import OfflineIcon from '~icons/lucide/cloud-off'
import { usePortal } from '../../../app/context.tsx'
import { createOnline } from '../../../app/create-online.ts'
import { DeniedScreen } from '../../../app/Fallbacks.tsx'
import { t } from '../../../app/i18n.ts'
import { Page } from '../../../app/shell/Page.tsx'
import { LinkButton } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import layout from '../../../styles/layout.module.css'
import { FirstSync } from '../../crm/FirstSync.tsx'
import { sentenceOf } from '../../record/why.ts'
import { workersHref } from '../hrefs.ts'
import { SectionTitle } from '../SectionTitle.tsx'
import { createImport } from './create-import.ts'
import css from './exchange.module.css'
import { ExportCard } from './ExportCard.tsx'
import { ImportFlowView } from './ImportFlowView.tsx'
import { decideFile, mayExchange } from './may-exchange.ts'

export default function ExchangeScreen(): JSX.Element {
  const portal = usePortal()
  const principal = () => portal.principal()
  const closed = () => {
    const mine = principal()
    return mine !== null && !mayExchange(mine)
  }
  const closedSentence = () =>
    sentenceOf(decideFile(principal(), 'import', 'worker'), { action: 'import', kind: 'worker', whole: true })
  return (
    <Show
      when={!closed()}
      fallback={<DeniedScreen title={t('exchange.denied')} sentence={closedSentence()} />}
    >
      <div class={css.screen}>
        <SectionTitle section="exchange" title={t('exchange.title')} />
        <Show
          when={principal() !== null}
          fallback={<FirstSync {...(portal.syncState().progress ?? { done: 0, total: 0 })} rows />}
        >
          <Open />
        </Show>
      </div>
    </Show>
  )
}

function Open(): JSX.Element {
  const params = useParams()
  const online = createOnline()
  const flow = createImport()
  const part = () => params['part']
  return (
    <Switch>
      <Match when={!online() && flow.stage() === 'choose'}>
        <Page>
          <EmptyState
            icon={OfflineIcon}
            title={t('exchange.offlineTitle')}
            action={<LinkButton href={workersHref}>{t('exchange.toWorkers')}</LinkButton>}
          >
            {t('exchange.offline')}
          </EmptyState>
        </Page>
      </Match>
      <Match when={flow.stage() === 'choose' || flow.stage() === 'reading'}>
        <Page>
          <div class={layout.columns}>
            <Show when={part() !== 'export'}>
              <ImportFlowView flow={flow} />
            </Show>
            <Show when={part() !== 'import'}>
              <ExportCard />
            </Show>
          </div>
        </Page>
      </Match>
      <Match when={true}>
        <ImportFlowView flow={flow} />
      </Match>
    </Switch>
  )
}
