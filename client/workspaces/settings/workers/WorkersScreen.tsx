/**
 * /settings/workers and /settings/workers/:id: all workers, as a table where there is room, and beside the list or in its
 * place the worker that is open.
 */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, type JSX, Show } from 'solid-js'
import { decideKind } from '../../../../core/access/decide.ts'
import { createDecision } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { useShell } from '../../../app/shell/shell-context.ts'
import { SplitPanes } from '../../../components/SplitPanes.tsx'
import { sentenceOf } from '../../record/why.ts'
import { createSelection } from '../create-selection.ts'
import { workerLoginHref, type WorkerTab } from '../hrefs.ts'
import { useSettings } from '../settings-data.ts'
import { SettingsProvider } from '../SettingsProvider.tsx'
import { BulkBar } from './bulk/BulkBar.tsx'
import { createWorkerView } from './create-worker-view.ts'
import { NewWorkerSheet } from './NewWorkerSheet.tsx'
import { useWorkerList } from './use-worker-list.ts'
import { workerFacets } from './worker-facets.ts'
import { WorkerList } from './WorkerList.tsx'
import { WorkerPane } from './WorkerPane.tsx'

const TABS: readonly WorkerTab[] = ['profile', 'access', 'internal', 'devices', 'history']

export default function WorkersScreen(): JSX.Element {
  const params = useParams()
  const tab = () => TABS.find((known) => known === params['tab']) ?? 'profile'
  return (
    <SettingsProvider kind="worker">
      <SplitPanes
        listLabel={t('settings.workers')}
        open={params['id'] !== undefined}
        whole
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
  const shell = useShell()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const view = createWorkerView()
  const list = useWorkerList(view)
  const facets = createMemo(() => workerFacets(data.workers(), data.directory()))
  const selection = createSelection(() => list.rows().map(({ id }) => id))
  const canSelect = createMemo(() =>
    (['edit', 'export'] as const).some(
      (action) => decideKind(data.principal(), action, 'worker').outcome === 'allowed',
    ),
  )
  const create = createDecision(() => ({ action: 'create', kind: 'worker' }))
  const addDenied = () =>
    create().outcome === 'denied'
      ? sentenceOf(create(), { action: 'create', kind: 'worker', catalogue: data.directory().catalogue })
      : undefined
  return (
    <>
      <WorkerList
        total={data.workers().length}
        list={list}
        view={view}
        facets={facets()}
        selection={canSelect() ? selection : undefined}
        current={props.current}
        tab={props.tab}
        asTable={shell.wide() && props.current === undefined}
        beside={shell.wide() && props.current !== undefined}
        addDenied={addDenied()}
        onAdd={() => setSearch({ new: '1' })}
      />
      <BulkBar selection={selection} shown={list.rows()} />
      <NewWorkerSheet
        open={search['new'] !== undefined && addDenied() === undefined}
        onClose={() => setSearch({ new: null }, { replace: true })}
        onMade={(id) => navigate(workerLoginHref(id))}
      />
    </>
  )
}
