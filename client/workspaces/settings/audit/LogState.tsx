/** What stands in the log's place: nothing fits, no network, no answer. Offline it tells what of this device is not in it. */
import { type JSX, Match, Show, Switch } from 'solid-js'
import CloudOffIcon from '~icons/lucide/cloud-off'
import HistoryIcon from '~icons/lucide/history'
import SearchIcon from '~icons/lucide/search-x'
import { usePortal } from '../../../app/context.tsx'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Banner, BannerButton } from '../../../components/Banner.tsx'
import { Button, LinkButton } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import type { Log } from './create-log.ts'

export interface LogStateProps {
  readonly log: Pick<Log, 'state' | 'reload'>
  readonly isFiltered?: boolean | undefined
  readonly onClear?: (() => void) | undefined
  /** Above rows that are there already. */
  readonly brief?: boolean | undefined
  /** Of one record. */
  readonly ofRecord?: boolean | undefined
}

export function LogState(props: LogStateProps): JSX.Element {
  const portal = usePortal()
  const waiting = () => portal.syncState().waiting
  const waitingWords = () =>
    waiting() === 0 ? t('audit.nothingWaits') : formatCount(waiting(), t('audit.waitingHere'))
  return (
    <Switch>
      <Match when={props.log.state() === 'offline' && props.brief}>
        <Banner icon={CloudOffIcon}>
          {t('audit.offline')}. {t('audit.offlineNote')}
        </Banner>
      </Match>
      <Match when={props.log.state() === 'failed' && props.brief}>
        <Banner action={<BannerButton onClick={props.log.reload}>{t('audit.again')}</BannerButton>}>
          {t('audit.failed')}
        </Banner>
      </Match>
      <Match when={props.log.state() === 'offline'}>
        <EmptyState
          icon={CloudOffIcon}
          title={t('audit.offline')}
          action={
            <Show when={waiting() > 0}>
              <LinkButton href="/sync">{t('audit.toSync')}</LinkButton>
            </Show>
          }
        >
          {t('audit.offlineNote')} {waitingWords()}
        </EmptyState>
      </Match>
      <Match when={props.log.state() === 'failed'}>
        <EmptyState
          icon={CloudOffIcon}
          title={t('audit.failed')}
          action={<Button onClick={props.log.reload}>{t('audit.again')}</Button>}
        >
          {t('audit.failedNote')}
        </EmptyState>
      </Match>
      <Match when={props.log.state() === 'told' && props.isFiltered}>
        <EmptyState
          icon={SearchIcon}
          title={t('audit.noMatch')}
          action={<Button onClick={() => props.onClear?.()}>{t('audit.clearFilters')}</Button>}
        >
          {t('audit.noMatchNote')}
        </EmptyState>
      </Match>
      <Match when={props.log.state() === 'told'}>
        <EmptyState icon={HistoryIcon} title={props.ofRecord ? t('audit.historyEmpty') : t('audit.empty')}>
          {props.ofRecord ? t('audit.historyEmptyNote') : t('audit.emptyNote')}
        </EmptyState>
      </Match>
    </Switch>
  )
}
