/** /settings/workers and /settings/workers/:id: the list, and beside it or in its place the worker that is open. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import WorkersIcon from '~icons/lucide/id-card'
import { createDecision } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { SplitPanes } from '../../../components/SplitPanes.tsx'
import { sentenceOf } from '../../record/why.ts'
import { workerLoginHref, type WorkerTab } from '../hrefs.ts'
import { useSettings } from '../settings-data.ts'
import { SettingsProvider } from '../SettingsProvider.tsx'
import { type ActiveFilter, filterWorkers } from './filter-workers.ts'
import { NewWorkerSheet } from './NewWorkerSheet.tsx'
import { WorkerList } from './WorkerList.tsx'
import { WorkerPane } from './WorkerPane.tsx'

const TABS: readonly WorkerTab[] = ['profile', 'access', 'devices', 'history']

export default function WorkersScreen(): JSX.Element {
  const params = useParams()
  const tab = () => TABS.find((known) => known === params['tab']) ?? 'profile'
  return (
    <SettingsProvider kind="worker">
      <SplitPanes
        listLabel={t('settings.workers')}
        open={params['id'] !== undefined}
        placeholder={<EmptyState icon={WorkersIcon} title={t('settings.chooseWorker')} />}
        list={<List current={params['id']} tab={tab()} />}
        detail={
          <Show when={params['id']} keyed>
            {(id) => <WorkerPane id={id} tab={tab()} />}
          </Show>
        }
      />
    </SettingsProvider>
  )
}

function List(props: { readonly current: string | undefined; readonly tab: WorkerTab }): JSX.Element {
  const data = useSettings()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const [query, setQuery] = createSignal('')
  const [filter, setFilter] = createSignal<ActiveFilter>('active')
  const rows = createMemo(() => filterWorkers(data.workers(), query(), filter()))
  const create = createDecision(() => ({ action: 'create', kind: 'worker' }))
  const addDenied = () =>
    create().outcome === 'denied'
      ? sentenceOf(create(), { action: 'create', kind: 'worker', catalogue: data.directory().catalogue })
      : undefined
  return (
    <>
      <WorkerList
        total={data.workers().length}
        rows={rows()}
        query={query()}
        onQuery={setQuery}
        filter={filter()}
        onFilter={setFilter}
        current={props.current}
        tab={props.tab}
        addDenied={addDenied()}
        onAdd={() => setSearch({ new: '1' })}
      />
      <NewWorkerSheet
        open={search['new'] !== undefined && addDenied() === undefined}
        onClose={() => setSearch({ new: null }, { replace: true })}
        onMade={(id) => navigate(workerLoginHref(id))}
      />
    </>
  )
}
