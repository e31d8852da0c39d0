/**
 * All worker groups as the tree they are. A table where it has the whole width; else lines with members and what each
 * decides. Several can be chosen, to be enabled or disabled at once.
 */
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import GroupsIcon from '~icons/lucide/users-round'
import PlusIcon from '~icons/lucide/plus'
import SearchIcon from '~icons/lucide/search-x'
import SelectIcon from '~icons/lucide/list-checks'
import TableIcon from '~icons/lucide/table-2'
import { type GroupType, groupTypeLabels, groupTypes } from '../../../../core/catalogue/group-types.ts'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { ChipRow } from '../../../components/Chip.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FilterMenu } from '../../../components/FilterMenu.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import iconButton from '../../../components/IconButton.module.css'
import { PickRow } from '../../../components/PickRow.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { TreeList, type TreeNode } from '../../../components/TreeList.tsx'
import type { Selection } from '../create-selection.ts'
import { groupHref, groupsHref, type GroupTab } from '../hrefs.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { SectionTitle } from '../SectionTitle.tsx'
import { groupIcons } from './group-icons.ts'
import { countEntries, groupLines, type GroupNode } from './group-tree.ts'
import { GroupTable } from './GroupTable.tsx'

export interface GroupListProps {
  /** What search and filter leave, each with the way to it. */
  readonly tree: readonly GroupNode[]
  readonly total: number
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly type: GroupType | null
  readonly onType: (type: GroupType | null) => void
  /** Undefined where nothing can be done with several. */
  readonly selection: Selection | undefined
  readonly current: string | undefined
  /** The part of the detail that is open: another group opens with the same one. */
  readonly tab: GroupTab
  /** It has the whole width of a tablet. */
  readonly asTable: boolean
  /** There is room for it, and a group stands in it. */
  readonly beside: boolean
  /** The sentence that says why no group may be added. */
  readonly addDenied: string | undefined
  readonly onAdd: () => void
}

export function GroupList(props: GroupListProps): JSX.Element {
  return (
    <>
      <SectionTitle
        section="groups"
        title={t('settings.groups')}
        action={
          <>
            <Show when={props.beside}>
              <a
                class={iconButton.button}
                href={groupsHref}
                aria-label={t('manage.asTree')}
                title={t('manage.asTree')}
              >
                <TableIcon aria-hidden="true" />
              </a>
            </Show>
            <Show when={!props.asTable && !props.beside && props.selection}>
              {(selection) => (
                <IconButton
                  icon={SelectIcon}
                  label={t('manage.selectGroups')}
                  onClick={() => selection().begin()}
                />
              )}
            </Show>
            <IconButton
              icon={PlusIcon}
              label={t('settings.addGroup')}
              denied={props.addDenied}
              onClick={props.onAdd}
            />
          </>
        }
      >
        <SearchField
          label={t('settings.searchGroups')}
          placeholder={
            props.total === 0
              ? t('settings.searchGroups')
              : formatCount(props.total, t('settings.searchGroupsCount'))
          }
          value={props.query}
          onInput={props.onQuery}
        />
        <ChipRow label={t('manage.filters')}>
          <FilterMenu
            label={t('manage.groupType')}
            options={groupTypes.map((type) => ({ value: type, label: groupTypeLabels[type] }))}
            values={props.type === null ? [] : [props.type]}
            onChange={([type]) => props.onType((type ?? null) as GroupType | null)}
          />
        </ChipRow>
      </SectionTitle>
      <Switch>
        <Match when={props.tree.length > 0 && props.asTable}>
          <GroupTable lines={groupLines(props.tree)} selection={props.selection} />
        </Match>
        <Match when={props.tree.length > 0}>
          <Lines {...props} />
        </Match>
        <Match when={props.total === 0}>
          <EmptyState icon={GroupsIcon} title={t('settings.noGroups')}>
            {t('settings.noGroupsNote')}
          </EmptyState>
        </Match>
        <Match when={props.query.trim() !== ''}>
          <EmptyState
            icon={SearchIcon}
            title={t('settings.noGroupMatch', { query: props.query.trim() })}
            action={<Button onClick={() => props.onQuery('')}>{t('settings.clearSearch')}</Button>}
          />
        </Match>
        <Match when={props.type !== null}>
          <EmptyState
            icon={SearchIcon}
            title={t('manage.noGroupFits')}
            action={<Button onClick={() => props.onType(null)}>{t('manage.allTypes')}</Button>}
          />
        </Match>
      </Switch>
    </>
  )
}

function Lines(props: GroupListProps): JSX.Element {
  const data = useSettings()
  const note = ({ group }: GroupNode) => {
    const { allowed, denied } = countEntries(group, data.directory().catalogue)
    const counts = t('manage.allowsDenies', { allowed: formatNumber(allowed), denied: formatNumber(denied) })
    return [
      groupTypeLabels[group.type],
      counts,
      data.rowByKey().get(`group/${group.id}`)?.preconfigured === true ? t('settings.preconfigured') : null,
    ]
      .filter((part) => part !== null)
      .join(' · ')
  }
  const node = (one: GroupNode): TreeNode => ({
    id: one.group.id,
    label: one.group.name,
    note: note(one),
    href: groupHref(one.group.id, props.tab),
    icon: groupIcons[one.group.type],
    count: formatNumber(one.workers),
    muted: one.group.enabled ? undefined : t('settings.disabled'),
    children: one.children.map(node),
  })
  return (
    <div class={css.scroll}>
      <Show
        when={props.selection?.isOn() ? props.selection : undefined}
        fallback={
          <TreeList label={t('settings.groups')} nodes={props.tree.map(node)} current={props.current} />
        }
      >
        {(selection) => (
          <ul aria-label={t('settings.groups')} class={css.divided}>
            <For each={groupLines(props.tree)}>
              {(line) => (
                <li>
                  <PickRow
                    title={line.group.name}
                    lede={note(line)}
                    tag={line.group.enabled ? undefined : <Tag>{t('settings.disabled')}</Tag>}
                    checked={selection().has(line.group.id)}
                    onPick={(range) => selection().toggle(line.group.id, range)}
                  />
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
    </div>
  )
}
