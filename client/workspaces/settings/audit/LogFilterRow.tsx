/** The filters of the log as chips: what was done, who, which kind of record, by which way, and when. */
import { createSignal, For, type JSX } from 'solid-js'
import CalendarIcon from '~icons/lucide/calendar'
import PersonIcon from '~icons/lucide/user-round'
import { kinds } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { formatDay } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { FilterMenu } from '../../../components/FilterMenu.tsx'
import pick from '../../../components/PickField.module.css'
import { SearchField } from '../../../components/SearchField.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { useLookups } from '../../record/lookups.ts'
import { type LogFilters, sorts, type Surface } from './audit-api.ts'
import { DatesSheet } from './DatesSheet.tsx'
import { surfaceLabel } from './log-words.ts'

export interface LogFilterRowProps {
  readonly filters: LogFilters
  readonly now: number
  /** Of the filters named, those that change; undefined for none. */
  readonly onChange: (filters: LogFilters) => void
}

/** What changes are kept of; colleagues are worked out from workers. */
const KINDS = kinds.filter((kind) => kind !== 'colleague' && kind !== 'desk')
const SURFACES: readonly Surface[] = ['screen', 'import', 'review', 'undo', 'room', 'command-line', 'server']

export function LogFilterRow(props: LogFilterRowProps): JSX.Element {
  const [opened, setOpened] = createSignal<'person' | 'dates'>()
  const lookups = useLookups(() => (props.filters.worker ? [`worker/${props.filters.worker}`] : []))
  const person = () =>
    props.filters.worker === undefined
      ? t('audit.person')
      : (lookups.nameOf('worker', props.filters.worker) ?? props.filters.worker)
  const close = () => setOpened(undefined)
  return (
    <ChipRow label={t('audit.filters')}>
      <FilterMenu
        label={t('audit.what')}
        options={sorts.map((sort) => ({ value: sort, label: t(`audit.sorts.${sort}`) }))}
        values={props.filters.what === undefined ? [] : [props.filters.what]}
        onChange={([what]) => props.onChange({ what })}
      />
      <Chip
        icon={PersonIcon}
        aria-haspopup="dialog"
        data-on={props.filters.worker === undefined ? undefined : ''}
        pressed={props.filters.worker === undefined ? undefined : true}
        onClick={() => setOpened('person')}
      >
        {person()}
      </Chip>
      <FilterMenu
        label={t('audit.kind')}
        options={KINDS.map((kind) => ({ value: kind, label: kindSpecs[kind].plural }))}
        values={props.filters.kind === undefined ? [] : [props.filters.kind]}
        onChange={([kind]) => props.onChange({ kind })}
      />
      <FilterMenu
        label={t('audit.surface')}
        options={SURFACES.map((surface) => ({ value: surface, label: surfaceLabel(surface) }))}
        values={props.filters.surface === undefined ? [] : [props.filters.surface]}
        onChange={([surface]) => props.onChange({ surface })}
      />
      <Chip
        icon={CalendarIcon}
        aria-haspopup="dialog"
        pressed={props.filters.from === undefined && props.filters.until === undefined ? undefined : true}
        onClick={() => setOpened('dates')}
      >
        {datesWords(props.filters, props.now)}
      </Chip>
      <PersonSheet
        open={opened() === 'person'}
        onClose={close}
        chosen={props.filters.worker}
        onChoose={(worker) => {
          close()
          props.onChange({ worker })
        }}
        lookups={lookups}
      />
      <DatesSheet
        open={opened() === 'dates'}
        onClose={close}
        from={props.filters.from}
        until={props.filters.until}
        onApply={(dates) => {
          close()
          props.onChange(dates)
        }}
      />
    </ChipRow>
  )
}

function datesWords({ from, until }: LogFilters, now: number): string {
  const day = (instant: string, offset: number) => formatDay(Date.parse(instant) - offset, now)
  // `until` is the first instant that no longer counts.
  if (from !== undefined && until !== undefined)
    return t('audit.between', { from: day(from, 0), until: day(until, 1) })
  if (from !== undefined) return t('audit.since', { day: day(from, 0) })
  return until === undefined ? t('audit.dates') : t('audit.until', { day: day(until, 1) })
}

interface PersonSheetProps {
  readonly open: boolean
  readonly chosen: string | undefined
  readonly lookups: Pick<ReturnType<typeof useLookups>, 'optionsFor'>
  readonly onClose: () => void
  readonly onChoose: (worker: string | undefined) => void
}

function PersonSheet(props: PersonSheetProps): JSX.Element {
  const [query, setQuery] = createSignal('')
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('audit.person')}
      placement="side"
      actions={<Button onClick={() => props.onChoose(undefined)}>{t('audit.anyPerson')}</Button>}
    >
      <SearchField label={t('settings.searchWorkers')} value={query()} onInput={setQuery} />
      <ul class={pick.options} aria-label={t('audit.person')}>
        <For
          each={props.lookups.optionsFor('colleague', query())}
          fallback={<li class={pick.none}>{t('common.nothingFound', { query: query() })}</li>}
        >
          {(option) => (
            <li>
              <button
                type="button"
                class={pick.option}
                aria-pressed={option.value === props.chosen}
                onClick={() => props.onChoose(option.value)}
              >
                <span>{option.label}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Sheet>
  )
}
