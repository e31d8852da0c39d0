/** All worker groups as the tree they are, in a table: where each stands, whom it reaches and what it decides. */
import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { groupTypeLabels } from '../../../../core/catalogue/group-types.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Tag } from '../../../components/Tag.tsx'
import type { Selection } from '../create-selection.ts'
import { groupHref } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { groupName } from '../names.ts'
import { PickBox } from '../PickBox.tsx'
import { useSettings } from '../settings-data.ts'
import css from '../table.module.css'
import { groupIcons } from './group-icons.ts'
import { countEntries, type GroupLine } from './group-tree.ts'

export interface GroupTableProps {
  readonly lines: readonly GroupLine[]
  readonly selection: Selection | undefined
}

/** In rem. */
const WIDTHS = {
  name: 11.5,
  type: 4.75,
  parent: 6.5,
  members: 5.25,
  allowed: 4.625,
  denied: 4.375,
  state: 5.75,
} as const
/** Of all columns, and the boxes before them. */
const WIDTH = Object.values(WIDTHS).reduce((sum, width) => sum + width, 3)
const columns = Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]
const numbers: readonly string[] = ['members', 'allowed', 'denied']

export function GroupTable(props: GroupTableProps): JSX.Element {
  const allShown = () =>
    props.selection !== undefined && props.lines.every(({ group }) => props.selection?.has(group.id))
  return (
    <div class={css.scroller}>
      <table class={css.table} style={{ width: `${WIDTH}rem` }} aria-label={t('manage.groupsTable')}>
        <colgroup>
          <Show when={props.selection}>
            <col style={{ width: '3rem' }} />
          </Show>
          <For each={columns}>{(column) => <col style={{ width: `${WIDTHS[column]}rem` }} />}</For>
        </colgroup>
        <thead>
          <tr>
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
            <For each={columns}>
              {(column) => (
                <th
                  scope="col"
                  class={column === 'name' ? css.name : numbers.includes(column) ? css.number : undefined}
                >
                  <span class={css.label}>{t(`manage.groupColumns.${column}`)}</span>
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.lines}>{(line) => <Line line={line} selection={props.selection} />}</For>
        </tbody>
      </table>
    </div>
  )
}

function Line(props: { readonly line: GroupLine; readonly selection: Selection | undefined }): JSX.Element {
  const data = useSettings()
  const group = () => props.line.group
  const key = () => recordKey('group', group().id)
  const chosen = () => props.selection?.has(group().id) === true
  const counts = () => countEntries(group(), data.directory().catalogue)
  const members = () => data.directory().membersByGroup.get(group().id)?.length ?? 0
  const isPreconfigured = () => data.rowByKey().get(key())?.preconfigured === true
  const parent = () => {
    const { parentId } = group()
    return parentId === null ? t('manage.unknown') : groupName(data.directory(), parentId)
  }
  return (
    <tr aria-selected={props.selection === undefined ? undefined : chosen()}>
      <Show when={props.selection}>
        {(selection) => (
          <td class={css.pick}>
            <PickBox
              label={t('manage.selectOne', { name: group().name })}
              checked={chosen()}
              onPick={(range) => selection().toggle(group().id, range)}
            />
          </td>
        )}
      </Show>
      <th scope="row" class={css.name}>
        <span class={css.tree} style={{ 'padding-inline-start': `${props.line.depth}rem` }}>
          <Dynamic component={groupIcons[group().type]} aria-hidden="true" />
          <span class={css.twoLines} data-muted={group().enabled ? undefined : ''}>
            <a href={groupHref(group().id)} title={group().name}>
              {group().name}
            </a>
            <Show when={isPreconfigured()}>
              <small>{t('settings.preconfigured')}</small>
            </Show>
          </span>
        </span>
      </th>
      <td>{groupTypeLabels[group().type]}</td>
      <td title={parent()}>{parent()}</td>
      <td class={css.number}>{formatNumber(members())}</td>
      <td class={css.number}>{formatNumber(counts().allowed)}</td>
      <td class={css.number}>{formatNumber(counts().denied)}</td>
      <td>
        <Show
          when={group().enabled && data.markOf(key()) === undefined}
          fallback={<MarkTag mark={data.markOf(key())} disabled={!group().enabled} />}
        >
          <Tag tone="allowed">{t('settings.enabled')}</Tag>
        </Show>
      </td>
    </tr>
  )
}
