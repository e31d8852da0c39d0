/** The log as a list: search, filters in the address, and rows that come as they are scrolled to. */
import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, type JSX, Match, on, Show, Switch } from 'solid-js'
import DownloadIcon from '~icons/lucide/download'
import { decisionFor } from '../../../access/decision.ts'
import { usePortal } from '../../../app/context.tsx'
import { createOnline } from '../../../app/create-online.ts'
import { t } from '../../../app/i18n.ts'
import { IconButton } from '../../../components/IconButton.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import { SkeletonRows } from '../../../components/SkeletonRows.tsx'
import { showToast } from '../../../components/toasts.ts'
import { VirtualList, type VirtualListHandle } from '../../../components/VirtualList.tsx'
import layout from '../../../styles/layout.module.css'
import { createNow } from '../../record/use-record-form.ts'
import { changeSetHref } from '../hrefs.ts'
import { SectionTitle } from '../SectionTitle.tsx'
import { exportHref, type LogFilters } from './audit-api.ts'
import { createLog } from './create-log.ts'
import { LogFilterRow } from './LogFilterRow.tsx'
import { LogRow } from './LogRow.tsx'
import { LogState } from './LogState.tsx'
import { NewsChip } from './NewsChip.tsx'

const FILTERS = ['what', 'worker', 'kind', 'surface', 'from', 'until', 'q'] as const

/** Rows below the last one seen that are fetched ahead. */
const AHEAD = 20

export function AuditList(props: { readonly current: string | undefined }): JSX.Element {
  const [search, setSearch] = useSearchParams()
  const portal = usePortal()
  const online = createOnline()
  const now = createNow()
  const filters = createMemo(
    (): LogFilters =>
      Object.fromEntries(FILTERS.flatMap((name) => (search[name] ? [[name, String(search[name])]] : []))),
  )
  const [typed, setTyped] = createSignal(filters().q ?? '')
  const log = createLog(filters)
  let list: VirtualListHandle | undefined
  const set = (next: LogFilters) => setSearch({ ...next }, { replace: true })
  const isFiltered = () => Object.keys(filters()).length > 0
  /** The same filters stay beside what is opened, and on the way back. */
  const hrefOf = (id: string) => changeSetHref(id) + location.search
  createEffect(
    on(
      () => filters().q,
      (q = '') => {
        if (q !== typed()) setTyped(q)
      },
      { defer: true },
    ),
  )
  const download = () => {
    // Said beside what comes: a file does not say what is not in it.
    if (decisionFor(portal.principal(), { action: 'export', kind: 'account' }).outcome === 'denied')
      showToast(
        t('audit.exportPart', { right: portal.catalogue().featureById.get('crm.export')?.label ?? '' }),
      )
    location.assign(exportHref(filters()))
  }
  const clear = () => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))
  return (
    <>
      <SectionTitle
        section="audit"
        title={t('audit.title')}
        action={
          <IconButton
            icon={DownloadIcon}
            label={t('audit.export')}
            denied={online() ? undefined : t('audit.exportOffline')}
            onClick={download}
          />
        }
      >
        <SearchField
          label={t('audit.search')}
          value={typed()}
          onInput={(value) => {
            setTyped(value)
            set({ q: value.trim() || undefined })
          }}
        />
        <LogFilterRow filters={filters()} now={now()} onChange={set} />
      </SectionTitle>
      <Switch fallback={<LogState log={log} isFiltered={isFiltered()} onClear={clear} />}>
        <Match when={log.state() === 'loading' && log.items().length === 0}>
          <p class={layout.hidden} aria-live="polite">
            {t('audit.loading')}
          </p>
          <SkeletonRows />
        </Match>
        <Match when={log.items().length > 0}>
          <Show when={log.state() === 'offline' || log.state() === 'failed'}>
            <LogState log={log} isFiltered={isFiltered()} onClear={clear} brief />
          </Show>
          <NewsChip log={log} onShow={() => list?.scrollTo(0)} />
          <VirtualList
            ref={(handle) => (list = handle)}
            label={t('audit.title')}
            items={log.items()}
            itemKey={(item) => item.id}
            scrollKey="audit"
            resetOn={JSON.stringify(filters())}
            onRange={(_, end) => {
              if (end + AHEAD > log.items().length) log.loadMore()
            }}
          >
            {(item) => (
              <LogRow
                item={item()}
                href={hrefOf(item().id)}
                now={now()}
                current={item().id === props.current}
              />
            )}
          </VirtualList>
        </Match>
      </Switch>
    </>
  )
}
