/** The filters above the list of workers: chips where there is room for all of them, one chip and a sheet where not. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import CrossIcon from '~icons/lucide/x'
import FilterIcon from '~icons/lucide/list-filter'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { FilterMenu, type FilterOption } from '../../../components/FilterMenu.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import layout from '../../../styles/layout.module.css'
import { useLookups } from '../../record/lookups.ts'
import { ChooseSheet } from '../AddSheet.tsx'
import type { ActiveFilter } from './filter-workers.ts'
import type { WorkerFacets } from './worker-facets.ts'
import {
  countFilters,
  type EditFilter,
  noWorkerFilters,
  type SortKey,
  type ValidityFilter,
  type WorkerFilters,
  type WorkerSort,
} from './worker-filters.ts'

export interface FilterBarProps {
  readonly filters: WorkerFilters
  readonly onFilters: (filters: WorkerFilters) => void
  readonly facets: WorkerFacets
  /** The name of the account that is filtered by. */
  readonly accountName: string
  /** How many workers are left. */
  readonly found: number
  /** All filters as chips. */
  readonly roomy: boolean
  readonly sort: WorkerSort
  readonly onSort: (sort: WorkerSort) => void
}

export function FilterBar(props: FilterBarProps): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const [choosing, setChoosing] = createSignal(false)
  const lookups = useLookups(() => [])
  const set = (part: Partial<WorkerFilters>) => props.onFilters({ ...props.filters, ...part })
  const menus = { ...menusFor(props, set), account: () => setChoosing(true) }
  return (
    <>
      <Show
        when={props.roomy}
        fallback={
          <ChipRow label={t('manage.filters')}>
            <Chip
              icon={FilterIcon}
              data-on={countFilters(props.filters) > 0 ? '' : undefined}
              aria-haspopup="dialog"
              onClick={() => setOpen(true)}
            >
              <FiltersLabel filters={props.filters} />
            </Chip>
            <Clear filters={props.filters} onClear={() => props.onFilters(noWorkerFilters)} />
            <SortMenu sort={props.sort} onSort={props.onSort} />
            <Menu {...menus.active()} />
          </ChipRow>
        }
      >
        <ChipRow label={t('manage.filters')}>
          <Clear filters={props.filters} onClear={() => props.onFilters(noWorkerFilters)} />
          <Menu {...menus.active()} />
          <Menu {...menus.groups()} />
          <Menu {...menus.userTypes()} />
          <Menu {...menus.accounts()} />
          <Menu {...menus.repCodes()} />
          <Menu {...menus.validity()} />
          <Menu {...menus.edits()} />
          <AccountChip {...props} onSet={set} onChoose={menus.account} />
        </ChipRow>
      </Show>
      <Sheet
        open={open()}
        onClose={() => setOpen(false)}
        title={t('manage.filters')}
        placement="side"
        actions={
          <>
            <Button kind="primary" onClick={() => setOpen(false)}>
              {formatCount(props.found, t('manage.showFound'))}
            </Button>
            <Show when={countFilters(props.filters) > 0}>
              <Button onClick={() => props.onFilters(noWorkerFilters)}>{t('common.clear')}</Button>
            </Show>
          </>
        }
      >
        <Choices {...menus.active()} />
        <Section title={t('manage.filterNames.group')} note={t('manage.groupNote')}>
          <Menu {...menus.groups()} />
        </Section>
        <Choices {...menus.userTypes()} />
        <Choices {...menus.accounts()} />
        <Section title={t('manage.filterNames.repCode')}>
          <Menu {...menus.repCodes()} />
        </Section>
        <Choices {...menus.validity()} />
        <Choices {...menus.edits()} />
        <Section title={t('manage.filterNames.account')} note={t('manage.accountNote')}>
          <AccountChip {...props} onSet={set} onChoose={menus.account} />
        </Section>
      </Sheet>
      <ChooseSheet
        open={choosing()}
        onClose={() => setChoosing(false)}
        label={t('manage.lookForAccount')}
        options={(query) => lookups.optionsFor('account', query)}
        onChoose={(id) => {
          setChoosing(false)
          set({ account: id })
        }}
      />
    </>
  )
}

interface MenuProps {
  readonly label: string
  readonly options: readonly FilterOption[]
  readonly values: readonly string[]
  readonly multiple: boolean
  readonly required?: boolean | undefined
  readonly onChange: (values: readonly string[]) => void
}

/** What each filter offers and sets, whether it is drawn as a menu or as chips. */
function menusFor(props: FilterBarProps, set: (part: Partial<WorkerFilters>) => void) {
  const several = (
    label: string,
    options: readonly FilterOption[],
    values: readonly string[],
    onChange: (values: readonly string[]) => void,
  ): MenuProps => ({ label, options, values, onChange, multiple: true })
  return {
    active: (): MenuProps => ({
      label: t('manage.filterNames.active'),
      options: props.facets.active,
      values: [props.filters.active],
      multiple: false,
      required: true,
      onChange: ([active]) => set({ active: (active ?? noWorkerFilters.active) as ActiveFilter }),
    }),
    groups: () =>
      several(t('manage.filterNames.group'), props.facets.groups, props.filters.groups, (groups) =>
        set({ groups }),
      ),
    userTypes: () =>
      several(
        t('manage.filterNames.userType'),
        props.facets.userTypes,
        props.filters.userTypes,
        (userTypes) => set({ userTypes }),
      ),
    accounts: () =>
      several(
        t('manage.filterNames.accounts'),
        props.facets.accountFilters,
        props.filters.accountFilters,
        (accountFilters) => set({ accountFilters }),
      ),
    repCodes: () =>
      several(t('manage.filterNames.repCode'), props.facets.repCodes, props.filters.repCodes, (repCodes) =>
        set({ repCodes }),
      ),
    validity: (): MenuProps => ({
      label: t('manage.filterNames.validity'),
      options: props.facets.validity,
      values: props.filters.validity === null ? [] : [props.filters.validity],
      multiple: false,
      onChange: ([validity]) => set({ validity: (validity ?? null) as ValidityFilter | null }),
    }),
    edits: () =>
      several(t('manage.filterNames.edits'), props.facets.edits, props.filters.edits, (edits) =>
        set({ edits: edits as readonly EditFilter[] }),
      ),
  }
}

function Menu(props: MenuProps): JSX.Element {
  return (
    <Show when={props.options.length > 0 || props.values.length > 0}>
      <FilterMenu {...props} />
    </Show>
  )
}

/** The same choices, all in sight. */
function Choices(props: MenuProps): JSX.Element {
  const press = (value: string) => {
    const on = props.values.includes(value)
    if (!props.multiple) return props.onChange(on && !props.required ? [] : [value])
    props.onChange(on ? props.values.filter((other) => other !== value) : [...props.values, value])
  }
  return (
    <Section title={props.label}>
      <ChipRow label={props.label} wrap>
        <For each={props.options}>
          {(option) => (
            <Chip pressed={props.values.includes(option.value)} onClick={() => press(option.value)}>
              {option.count === undefined ? option.label : `${option.label} ${option.count}`}
            </Chip>
          )}
        </For>
      </ChipRow>
    </Section>
  )
}

function Section(props: {
  readonly title: string
  readonly note?: string | undefined
  readonly children: JSX.Element
}): JSX.Element {
  return (
    <section class={layout.stackSmall}>
      <h3>{props.title}</h3>
      <div>{props.children}</div>
      <Show when={props.note}>
        <small>{props.note}</small>
      </Show>
    </section>
  )
}

function AccountChip(props: {
  readonly filters: WorkerFilters
  readonly accountName: string
  readonly onSet: (part: Partial<WorkerFilters>) => void
  readonly onChoose: () => void
}): JSX.Element {
  return (
    <Show
      when={props.filters.account}
      fallback={
        <Chip aria-haspopup="dialog" onClick={() => props.onChoose()}>
          {t('manage.filterNames.account')}
        </Chip>
      }
    >
      <Chip
        data-on=""
        icon={CrossIcon}
        aria-label={t('common.remove', {
          what: `${t('manage.filterNames.account')}: ${props.accountName}`,
        })}
        onClick={() => props.onSet({ account: null })}
      >
        {props.accountName}
      </Chip>
    </Show>
  )
}

function FiltersLabel(props: { readonly filters: WorkerFilters }): JSX.Element {
  const count = () => countFilters(props.filters)
  return (
    <>{count() === 0 ? t('manage.filters') : t('manage.filtersCount', { count: formatNumber(count()) })}</>
  )
}

function Clear(props: { readonly filters: WorkerFilters; readonly onClear: () => void }): JSX.Element {
  const count = () => countFilters(props.filters)
  return (
    <Show when={count() > 0}>
      <Chip icon={CrossIcon} onClick={() => props.onClear()}>
        {formatCount(count(), t('manage.clearFilters'))}
      </Chip>
    </Show>
  )
}

const SORTS = ['name', '-lastSignIn', 'validity', '-rights'] as const

/** What a phone's list is ordered by: the way round that people look for. */
function SortMenu(props: {
  readonly sort: WorkerSort
  readonly onSort: (sort: WorkerSort) => void
}): JSX.Element {
  const current = () => `${props.sort.descending ? '-' : ''}${props.sort.by}`
  return (
    <FilterMenu
      label={t('manage.sort')}
      required
      shown={t('manage.sortedBy', { column: t(`manage.columns.${props.sort.by}`) })}
      options={SORTS.map((value) => ({ value, label: t(`manage.sortMenu.${value}`) }))}
      values={[current()]}
      onChange={([value]) => {
        const chosen = value ?? 'name'
        props.onSort({ by: chosen.replace(/^-/, '') as SortKey, descending: chosen.startsWith('-') })
      }}
    />
  )
}
