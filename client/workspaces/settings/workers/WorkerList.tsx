/** The workers on this device: search by name or username, active or disabled, and a list of any length. */
import { For, type JSX, Match, Switch } from 'solid-js'
import WorkersIcon from '~icons/lucide/id-card'
import PlusIcon from '~icons/lucide/plus'
import SearchIcon from '~icons/lucide/search-x'
import { recordKey, type Row as RecordRow } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { ListTitle } from '../../../app/shell/Titles.tsx'
import { Avatar } from '../../../components/Avatar.tsx'
import { Button } from '../../../components/Button.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { Row } from '../../../components/Row.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import { VirtualList } from '../../../components/VirtualList.tsx'
import { workerHref, type WorkerTab } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { useSettings } from '../settings-data.ts'
import { SettingsSections } from '../SettingsSections.tsx'
import type { ActiveFilter } from './filter-workers.ts'
import { workerLede } from './worker-words.ts'

export interface WorkerListProps {
  /** Workers on this device, before search and filter. */
  readonly total: number
  readonly rows: readonly RecordRow[]
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly filter: ActiveFilter
  readonly onFilter: (filter: ActiveFilter) => void
  readonly current: string | undefined
  /** The part of the detail that is open: another worker opens with the same one. */
  readonly tab: WorkerTab
  /** The sentence that says why no worker may be added. */
  readonly addDenied: string | undefined
  readonly onAdd: () => void
}

const FILTERS: readonly ActiveFilter[] = ['active', 'disabled', 'both']

export function WorkerList(props: WorkerListProps): JSX.Element {
  const data = useSettings()
  const name = (row: RecordRow) => kindSpecs.worker.title(row)
  const searching = () => props.query.trim() !== ''
  return (
    <>
      <ListTitle
        title={t('settings.workers')}
        action={
          <IconButton
            icon={PlusIcon}
            label={t('settings.addWorker')}
            denied={props.addDenied}
            onClick={props.onAdd}
          />
        }
      >
        <SettingsSections current="workers" />
        <SearchField
          label={t('settings.searchWorkers')}
          placeholder={
            props.total === 0
              ? t('settings.searchWorkers')
              : formatCount(props.total, t('settings.searchWorkersCount'))
          }
          value={props.query}
          onInput={props.onQuery}
        />
        <ChipRow label={t('settings.filters')}>
          <For each={FILTERS}>
            {(filter) => (
              <Chip pressed={props.filter === filter} onClick={() => props.onFilter(filter)}>
                {t(`settings.${filter}`)}
              </Chip>
            )}
          </For>
        </ChipRow>
      </ListTitle>
      <Switch>
        <Match when={props.rows.length > 0}>
          <VirtualList
            label={t('settings.workers')}
            items={props.rows}
            itemKey={(row) => row.id}
            scrollKey="workers"
            resetOn={JSON.stringify([props.query, props.filter])}
          >
            {(row) => (
              <Row
                href={workerHref(row().id, props.tab)}
                lead={<Avatar name={name(row())} kind="person" />}
                title={name(row())}
                lede={workerLede(row(), data.directory())}
                end={Array.isArray(row().repCodes) ? (row().repCodes as string[]).join(' · ') : undefined}
                tag={
                  <MarkTag
                    mark={data.markOf(recordKey('worker', row().id))}
                    disabled={row().active !== true}
                  />
                }
                current={row().id === props.current}
              />
            )}
          </VirtualList>
        </Match>
        <Match when={props.total === 0}>
          <EmptyState icon={WorkersIcon} title={t('settings.noWorkers')}>
            {t('settings.noWorkersNote')}
          </EmptyState>
        </Match>
        <Match when={searching()}>
          <EmptyState
            icon={SearchIcon}
            title={t('settings.noWorkerMatch', { query: props.query.trim() })}
            action={<Button onClick={() => props.onQuery('')}>{t('settings.clearSearch')}</Button>}
          />
        </Match>
        <Match when={props.filter !== 'both' ? props.filter : undefined}>
          {(filter) => (
            <EmptyState
              icon={WorkersIcon}
              title={t(`settings.noWorkerFilter.${filter()}`)}
              action={<Button onClick={() => props.onFilter('both')}>{t('settings.showBoth')}</Button>}
            />
          )}
        </Match>
      </Switch>
    </>
  )
}
