/** One worker: who it is, what they may do and see and why, and every way to change it with its effect shown first. */
import { useSearchParams } from '@solidjs/router'
import { createMemo, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import KeyIcon from '~icons/lucide/key-round'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { NotHere } from '../../../app/Fallbacks.tsx'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { Avatar } from '../../../components/Avatar.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { SkeletonRows } from '../../../components/SkeletonRows.tsx'
import { Tabs } from '../../../components/Tabs.tsx'
import { Tag } from '../../../components/Tag.tsx'
import layout from '../../../styles/layout.module.css'
import { explanationOf } from '../../record/why.ts'
import { HistoryTab } from '../audit/HistoryTab.tsx'
import { historyTab } from '../audit/may-see-log.ts'
import { workerHref, workersHref, type WorkerTab } from '../hrefs.ts'
import { LoginSheet } from '../logins/LoginSheet.tsx'
import { MarkTag } from '../MarkTag.tsx'
import { ReviewBar } from '../proposal/Review.tsx'
import css from '../settings.module.css'
import { SettingsNotice } from '../SettingsNotice.tsx'
import { useSettings } from '../settings-data.ts'
import { AccessTab } from './AccessTab.tsx'
import { createWorkerDraft } from './create-worker-draft.ts'
import { ProfileTab } from './ProfileTab.tsx'
import { workerTitleLede } from './worker-words.ts'

const Devices = lazy(() =>
  import('../../../app/login/Devices.tsx').then((file) => ({ default: file.Devices })),
)

export interface WorkerPaneProps {
  readonly id: string
  readonly tab: WorkerTab
}

export function WorkerPane(props: WorkerPaneProps): JSX.Element {
  const data = useSettings()
  const stored = createMemo(() => data.rowByKey().get(recordKey('worker', props.id)))
  return (
    <Show
      when={stored()}
      fallback={
        <>
          <DetailTitle
            title={t('frame.notHereTitle')}
            back={{ href: workersHref, label: t('settings.backToWorkers') }}
          />
          <NotHere />
        </>
      }
    >
      {(row) => <Found row={row()} tab={props.tab} />}
    </Show>
  )
}

function Found(props: { readonly row: Row; readonly tab: WorkerTab }): JSX.Element {
  const data = useSettings()
  const draft = createWorkerDraft(() => props.row)
  const { title, lock, locked } = draft
  const [search, setSearch] = useSearchParams()
  return (
    <article aria-label={title()} class={css.pane}>
      <DetailTitle
        title={title()}
        lede={workerTitleLede(props.row, data.directory())}
        lead={<Avatar name={title()} kind="person" large />}
        aside={<StateTag row={props.row} />}
        back={{ href: workersHref, label: t('settings.backToWorkers') }}
        parent={t('settings.workers')}
        action={
          <IconButton icon={KeyIcon} label={t('logins.password')} onClick={() => setSearch({ login: '1' })} />
        }
      />
      <Tabs
        label={t('settings.workerTabs')}
        current={props.tab}
        tabs={[
          { id: 'profile', label: t('settings.profileTab'), href: workerHref(props.row.id) },
          { id: 'access', label: t('settings.accessTab'), href: workerHref(props.row.id, 'access') },
          { id: 'devices', label: t('logins.devicesTab'), href: workerHref(props.row.id, 'devices') },
          ...historyTab(data.principal(), workerHref(props.row.id, 'history')),
        ]}
      />
      <PaneBody>
        <Show when={locked() && props.tab === 'profile'}>
          <SettingsNotice
            explanation={explanationOf(lock(), { ...draft.why(), field: lock().reasons[0]?.field })}
          >
            {noticeOf(lock().reasons[0]?.code)}
          </SettingsNotice>
        </Show>
        <Show when={!data.complete()}>
          <small class={layout.quiet}>{t('settings.incomplete')}</small>
        </Show>
        <Switch>
          <Match when={props.tab === 'profile'}>
            <ProfileTab draft={draft} />
          </Match>
          <Match when={props.tab === 'access'}>
            <AccessTab principal={draft.principal()} name={title()} />
          </Match>
          <Match when={props.tab === 'devices'}>
            <Suspense fallback={<SkeletonRows count={3} />}>
              <Devices workerId={props.row.id} name={title()} />
            </Suspense>
          </Match>
          <Match when={props.tab === 'history'}>
            <HistoryTab record={recordKey('worker', props.row.id)} title={title()} />
          </Match>
        </Switch>
      </PaneBody>
      <LoginSheet
        row={props.row}
        open={search['login'] !== undefined}
        onClose={() => setSearch({ login: null }, { replace: true })}
      />
      <ReviewBar
        proposal={draft.proposal}
        lines={draft.accountLines()}
        accountName={(id) => draft.lookups.nameOf('account', id) ?? id}
      />
    </article>
  )
}

function StateTag(props: { readonly row: Row }): JSX.Element {
  const data = useSettings()
  const mark = () => data.markOf(recordKey('worker', props.row.id))
  return (
    <Show
      when={props.row.active === true && mark() === undefined}
      fallback={<MarkTag mark={mark()} disabled={props.row.active !== true} />}
    >
      <Tag tone="allowed">{t('settings.active')}</Tag>
    </Show>
  )
}

function noticeOf(code: string | undefined): string {
  if (code === 'own-access') return t('settings.ownAccess')
  return code === 'administrative-group' ? t('settings.notYoursToChange') : t('settings.readOnly')
}
