/**
 * All workers as a table, of any length: only what is seen is in the page. Its heads order it; the check boxes choose
 * workers for a bulk change, with Shift for everything in between.
 */
import { createVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, For, type JSX, on, Show } from 'solid-js'
import UpIcon from '~icons/lucide/arrow-up'
import DownIcon from '~icons/lucide/arrow-down'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import type { Selection } from '../create-selection.ts'
import { workerHref } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { PickBox } from '../PickBox.tsx'
import { useSettings } from '../settings-data.ts'
import { useListHref } from './create-worker-view.ts'
import { cellText } from './worker-cells.ts'
import type { WorkerListData } from './use-worker-list.ts'
import { type SortKey, sortKeys, type WorkerSort } from './worker-filters.ts'
import css from '../table.module.css'

export interface WorkerTableProps {
  readonly list: WorkerListData
  readonly sort: WorkerSort
  readonly onSort: (sort: WorkerSort) => void
  /** Undefined where nothing can be done with several. */
  readonly selection: Selection | undefined
  /** Back to the top when this changes. */
  readonly resetOn: string
}

const ROW_HEIGHT_PX = 52
const OVERSCAN = 10

/** In rem, at least: where there is more room the columns share it. */
const WIDTHS: Readonly<Record<SortKey, number>> = {
  name: 13,
  username: 8,
  groups: 10.5,
  accounts: 9,
  repCodes: 6,
  rights: 5,
  lastSignIn: 7,
  lastSync: 7,
  userType: 9,
  validity: 11,
  state: 7,
}

/** Of all columns, and the boxes before them. */
const WIDTH = Object.values(WIDTHS).reduce((sum, width) => sum + width, 3)

/** Where the list was left, when the reader comes back from a worker. */
let lastOffset = 0

export function WorkerTable(props: WorkerTableProps): JSX.Element {
  let scroller: HTMLDivElement | undefined
  const rows = () => props.list.rows()
  const virtualizer = createVirtualizer({
    get count() {
      return rows().length
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: OVERSCAN,
    initialOffset: lastOffset,
  })
  createEffect(
    on(
      () => props.resetOn,
      () => virtualizer.scrollToOffset(0),
      { defer: true },
    ),
  )
  const items = () => virtualizer.getVirtualItems()
  // Places and not the virtualiser's items, which are new ones when the list is another: a row that stays where it is
  // says something else, and is not made again.
  const places = createMemo(() => items().map(({ index }) => index))
  const above = () => items()[0]?.start ?? 0
  const below = () => virtualizer.getTotalSize() - (items().at(-1)?.end ?? 0)
  const columns = () => sortKeys.length + (props.selection === undefined ? 0 : 1)
  const allShown = () => {
    const { selection } = props
    return selection !== undefined && rows().length > 0 && rows().every(({ id }) => selection.has(id))
  }
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-index]')
    if (step === 0 || row === null || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const index = Math.max(0, Math.min(rows().length - 1, Number(row.dataset['index']) + step))
    virtualizer.scrollToIndex(index)
    const what = target.tagName === 'INPUT' ? 'input' : 'a'
    scroller?.querySelector<HTMLElement>(`[data-index="${index}"] ${what}`)?.focus({ preventScroll: true })
  }
  return (
    <div
      ref={scroller}
      class={css.scroller}
      onKeyDown={move}
      onScroll={() => {
        lastOffset = scroller?.scrollTop ?? 0
      }}
    >
      <table
        class={css.table}
        style={{ width: `${WIDTH}rem` }}
        aria-label={t('manage.table')}
        aria-rowcount={rows().length + 1}
      >
        <colgroup>
          <Show when={props.selection}>
            <col style={{ width: '3rem' }} />
          </Show>
          <For each={sortKeys}>{(key) => <col style={{ width: `${WIDTHS[key]}rem` }} />}</For>
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <Show when={props.selection}>
              {(selection) => (
                <th class={css.pick} scope="col">
                  <PickBox
                    label={t('manage.selectAllShown')}
                    checked={allShown()}
                    mixed={!allShown() && selection().ids().size > 0}
                    onPick={() => (allShown() ? selection().none() : selection().all())}
                  />
                </th>
              )}
            </Show>
            <For each={sortKeys}>{(key) => <Head {...props} by={key} />}</For>
          </tr>
        </thead>
        <tbody>
          <Gap height={above()} columns={columns()} />
          <For each={places()}>
            {(place) => (
              <Show when={rows()[place]}>
                {(row) => (
                  <WorkerLine row={row()} index={place} list={props.list} selection={props.selection} />
                )}
              </Show>
            )}
          </For>
          <Gap height={below()} columns={columns()} />
        </tbody>
      </table>
    </div>
  )
}

function Head(props: Pick<WorkerTableProps, 'sort' | 'onSort'> & { readonly by: SortKey }): JSX.Element {
  const isOn = () => props.sort.by === props.by
  const press = () => props.onSort({ by: props.by, descending: isOn() && !props.sort.descending })
  return (
    <th
      scope="col"
      class={props.by === 'name' ? css.name : props.by === 'rights' ? css.number : undefined}
      aria-sort={isOn() ? (props.sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" class={css.sort} data-on={isOn() ? '' : undefined} onClick={press}>
        {t(`manage.columns.${props.by}`)}
        <Show when={isOn() && props.sort.descending} fallback={<UpIcon aria-hidden="true" />}>
          <DownIcon aria-hidden="true" />
        </Show>
      </button>
    </th>
  )
}

function WorkerLine(props: {
  readonly row: Row
  readonly index: number
  readonly list: WorkerListData
  readonly selection: Selection | undefined
}): JSX.Element {
  const data = useSettings()
  const listHref = useListHref()
  const name = () => kindSpecs.worker.title(props.row)
  const chosen = () => props.selection?.has(props.row.id) === true
  return (
    <tr
      data-index={props.index}
      aria-rowindex={props.index + 2}
      aria-selected={props.selection === undefined ? undefined : chosen()}
    >
      <Show when={props.selection}>
        {(selection) => (
          <td class={css.pick}>
            <PickBox
              label={t('manage.selectOne', { name: name() })}
              checked={chosen()}
              onPick={(range) => selection().toggle(props.row.id, range)}
            />
          </td>
        )}
      </Show>
      <For each={sortKeys}>
        {(key) =>
          key === 'name' ? (
            <th scope="row" class={css.name}>
              <span class={css.nameLine}>
                <a href={listHref(workerHref(props.row.id))} title={name()}>
                  {name()}
                </a>
                <MarkTag mark={data.markOf(recordKey('worker', props.row.id))} />
              </span>
            </th>
          ) : key === 'rights' ? (
            <td class={css.number}>
              {props.list.rightsOf(props.row.id) === undefined
                ? ''
                : formatNumber(props.list.rightsOf(props.row.id) ?? 0)}
            </td>
          ) : key === 'state' ? (
            <td>
              <Show when={props.row.active === true} fallback={<MarkTag mark={undefined} disabled />}>
                {t('settings.active')}
              </Show>
            </td>
          ) : (
            <Cell text={cellText(props.row, key, data, props.list.activityOf(props.row.id))} />
          )
        }
      </For>
    </tr>
  )
}

function Cell(props: { readonly text: string }): JSX.Element {
  return <td title={props.text}>{props.text}</td>
}

/** Keeps the place of rows that are not in the page. */
function Gap(props: { readonly height: number; readonly columns: number }): JSX.Element {
  return (
    <Show when={props.height > 0}>
      <tr class={css.gap} aria-hidden="true">
        <td colspan={props.columns} style={{ height: `${props.height}px` }} />
      </tr>
    </Show>
  )
}
