/**
 * The workers on this device: search, filters, and a list of any length. A table where it has the whole width; rows on a
 * phone and beside an open worker. Several can be chosen, for what is done with all of them.
 */
import { type JSX, Match, Show, Switch } from 'solid-js'
import WorkersIcon from '~icons/lucide/id-card'
import PlusIcon from '~icons/lucide/plus'
import SearchIcon from '~icons/lucide/search-x'
import SelectIcon from '~icons/lucide/list-checks'
import TableIcon from '~icons/lucide/table-2'
import { recordKey, type Row as RecordRow } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Avatar } from '../../../components/Avatar.tsx'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import iconButton from '../../../components/IconButton.module.css'
import { longPress } from '../../../components/long-press.ts'
import { PickRow } from '../../../components/PickRow.tsx'
import { Row } from '../../../components/Row.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import { VirtualList, type VirtualListHandle } from '../../../components/VirtualList.tsx'
import layout from '../../../styles/layout.module.css'
import type { Selection } from '../create-selection.ts'
import { workerHref, workersHref, type WorkerTab } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { useSettings } from '../settings-data.ts'
import { SectionTitle } from '../SectionTitle.tsx'
import { useListHref, type WorkerViewState } from './create-worker-view.ts'
import { FilterBar } from './FilterBar.tsx'
import { endWords } from './worker-cells.ts'
import type { WorkerFacets } from './worker-facets.ts'
import { countFilters, noWorkerFilters } from './worker-filters.ts'
import { WorkerTable } from './WorkerTable.tsx'
import type { WorkerListData } from './use-worker-list.ts'
import { workerLede } from './worker-words.ts'

export interface WorkerListProps {
  /** Workers on this device, before search and filters. */
  readonly total: number
  readonly list: WorkerListData
  readonly view: WorkerViewState
  readonly facets: WorkerFacets
  /** Undefined where nothing can be done with several. */
  readonly selection: Selection | undefined
  readonly current: string | undefined
  /** The part of the detail that is open: another worker opens with the same one. */
  readonly tab: WorkerTab
  /** It has the whole width of a tablet. */
  readonly asTable: boolean
  /** There is room for it, and a worker stands in it. */
  readonly beside: boolean
  /** The sentence that says why no worker may be added. */
  readonly addDenied: string | undefined
  readonly onAdd: () => void
}

export function WorkerList(props: WorkerListProps): JSX.Element {
  const listHref = useListHref()
  const rows = () => props.list.rows()
  const resetOn = () => JSON.stringify([props.view.query(), props.view.filters(), props.view.sort()])
  return (
    <>
      <SectionTitle
        section="workers"
        title={t('settings.workers')}
        action={
          <>
            <Show when={props.beside}>
              <a
                class={iconButton.button}
                href={listHref(workersHref)}
                aria-label={t('manage.asTable')}
                title={t('manage.asTable')}
              >
                <TableIcon aria-hidden="true" />
              </a>
            </Show>
            <Show when={!props.asTable && !props.beside && props.selection}>
              {(selection) => (
                <IconButton
                  icon={SelectIcon}
                  label={t('manage.select')}
                  onClick={() => selection().begin()}
                />
              )}
            </Show>
            <IconButton
              icon={PlusIcon}
              label={t('settings.addWorker')}
              denied={props.addDenied}
              onClick={props.onAdd}
            />
          </>
        }
      >
        <SearchField
          label={t('settings.searchWorkers')}
          placeholder={
            props.total === 0
              ? t('settings.searchWorkers')
              : formatCount(props.total, t('settings.searchWorkersCount'))
          }
          value={props.view.query()}
          onInput={props.view.setQuery}
        />
        <FilterBar
          filters={props.view.filters()}
          onFilters={props.view.setFilters}
          facets={props.facets}
          accountName={props.list.accountName()}
          found={rows().length}
          roomy={props.asTable}
          sort={props.view.sort()}
          onSort={props.view.setSort}
        />
        <p class={layout.hidden} role="status">
          {formatCount(rows().length, t('manage.found'))}
        </p>
      </SectionTitle>
      <Show when={rows().length > 0} fallback={<Nothing {...props} />}>
        <Show when={props.asTable} fallback={<Rows {...props} resetOn={resetOn()} />}>
          <WorkerTable
            list={props.list}
            sort={props.view.sort()}
            onSort={props.view.setSort}
            selection={props.selection}
            resetOn={resetOn()}
          />
        </Show>
      </Show>
    </>
  )
}

function Rows(props: WorkerListProps & { readonly resetOn: string }): JSX.Element {
  const data = useSettings()
  const listHref = useListHref()
  const name = (row: RecordRow) => kindSpecs.worker.title(row)
  const press = longPress((target) => {
    const id = target.closest<HTMLElement>('[data-key]')?.dataset['key']
    if (id !== undefined) props.selection?.begin(id)
  })
  /** Opened from the table, or by an address: the worker's row is in sight beside them. */
  const showCurrent = (list: VirtualListHandle) => {
    const place = props.list.rows().findIndex(({ id }) => id === props.current)
    if (place !== -1) requestAnimationFrame(() => list.scrollTo(place))
  }
  const tag = (row: RecordRow) => (
    <MarkTag mark={data.markOf(recordKey('worker', row.id))} disabled={row.active !== true} />
  )
  return (
    // A long press is an addition for fingers: the button above begins the same.
    <div
      class={layout.fill}
      onPointerDown={press.onPointerDown}
      onPointerMove={press.onPointerMove}
      onPointerUp={press.onPointerUp}
      onPointerCancel={press.onPointerCancel}
      onContextMenu={press.onContextMenu}
      on:click={{ handleEvent: press.onClickCapture, capture: true }}
    >
      <VirtualList
        label={t('settings.workers')}
        items={props.list.rows()}
        itemKey={(row) => row.id}
        scrollKey="workers"
        resetOn={props.resetOn}
        ref={showCurrent}
      >
        {(row) => (
          <Show
            when={props.selection?.isOn() ? props.selection : undefined}
            fallback={
              <Row
                href={listHref(workerHref(row().id, props.tab))}
                lead={<Avatar name={name(row())} kind="person" />}
                title={name(row())}
                lede={workerLede(row(), data.directory())}
                end={endWords(row(), props.view.sort().by, props.list, data.now())}
                tag={tag(row())}
                current={row().id === props.current}
              />
            }
          >
            {(selection) => (
              <PickRow
                title={name(row())}
                lede={workerLede(row(), data.directory())}
                end={endWords(row(), props.view.sort().by, props.list, data.now())}
                tag={tag(row())}
                checked={selection().has(row().id)}
                onPick={(range) => selection().toggle(row().id, range)}
              />
            )}
          </Show>
        )}
      </VirtualList>
    </div>
  )
}

function Nothing(props: WorkerListProps): JSX.Element {
  const query = () => props.view.query().trim()
  const filtered = () => countFilters(props.view.filters()) > 0
  const clear = () => {
    props.view.setQuery('')
    props.view.setFilters(noWorkerFilters)
  }
  /** Only "disabled" is chosen, or nothing: the words of the list before it had other filters. */
  const onlyActive = () => {
    const { active } = props.view.filters()
    const others = countFilters({ ...props.view.filters(), active: noWorkerFilters.active })
    return others === 0 && active !== 'both' ? active : undefined
  }
  return (
    <Switch>
      <Match when={props.total === 0}>
        <EmptyState icon={WorkersIcon} title={t('settings.noWorkers')}>
          {t('settings.noWorkersNote')}
        </EmptyState>
      </Match>
      <Match when={query() !== '' && filtered()}>
        <EmptyState
          icon={SearchIcon}
          title={t('manage.noneFitsBoth', { query: query() })}
          action={
            <Button onClick={clear}>
              {formatCount(countFilters(props.view.filters()), t('manage.clearFilters'))}
            </Button>
          }
        />
      </Match>
      <Match when={query() !== ''}>
        <EmptyState
          icon={SearchIcon}
          title={t('settings.noWorkerMatch', { query: query() })}
          action={<Button onClick={() => props.view.setQuery('')}>{t('settings.clearSearch')}</Button>}
        />
      </Match>
      <Match when={onlyActive()}>
        {(active) => (
          <EmptyState
            icon={WorkersIcon}
            title={t(`settings.noWorkerFilter.${active()}`)}
            action={
              <Button onClick={() => props.view.setFilters({ ...noWorkerFilters, active: 'both' })}>
                {t('settings.showBoth')}
              </Button>
            }
          />
        )}
      </Match>
      <Match when={filtered()}>
        <EmptyState
          icon={SearchIcon}
          title={t('manage.noneFits')}
          action={
            <Button onClick={clear}>
              {formatCount(countFilters(props.view.filters()), t('manage.clearFilters'))}
            </Button>
          }
        />
      </Match>
    </Switch>
  )
}
