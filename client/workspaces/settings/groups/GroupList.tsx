/** All worker groups as the tree they are, with members and what is special about each. */
import { type JSX, Match, Switch } from 'solid-js'
import GroupsIcon from '~icons/lucide/users-round'
import PlusIcon from '~icons/lucide/plus'
import SearchIcon from '~icons/lucide/search-x'
import ShieldIcon from '~icons/lucide/shield-check'
import AffiliateIcon from '~icons/lucide/handshake'
import ClientIcon from '~icons/lucide/building'
import type { GroupType } from '../../../../core/catalogue/group-types.ts'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { ListTitle } from '../../../app/shell/Titles.tsx'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import type { IconComponent } from '../../../components/types.ts'
import { TreeList, type TreeNode } from '../../../components/TreeList.tsx'
import { groupHref, type GroupTab } from '../hrefs.ts'
import css from '../settings.module.css'
import { SettingsSections } from '../SettingsSections.tsx'
import { type GroupNode, searchGroups } from './group-tree.ts'

export interface GroupListProps {
  readonly tree: readonly GroupNode[]
  readonly total: number
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly current: string | undefined
  /** The part of the detail that is open: another group opens with the same one. */
  readonly tab: GroupTab
  /** The sentence that says why no group may be added. */
  readonly addDenied: string | undefined
  readonly onAdd: () => void
}

const ICON_BY_TYPE: Record<GroupType, IconComponent> = {
  admin: ShieldIcon,
  user: GroupsIcon,
  affiliate: AffiliateIcon,
  client: ClientIcon,
}

export function GroupList(props: GroupListProps): JSX.Element {
  const shown = () => searchGroups(props.tree, props.query)
  const node = ({ group, workers, children }: GroupNode): TreeNode => ({
    id: group.id,
    label: group.name,
    href: groupHref(group.id, props.tab),
    icon: ICON_BY_TYPE[group.type],
    count: formatNumber(workers),
    muted: group.enabled ? undefined : t('settings.disabled'),
    children: children.map(node),
  })
  return (
    <>
      <ListTitle
        title={t('settings.groups')}
        action={
          <IconButton
            icon={PlusIcon}
            label={t('settings.addGroup')}
            denied={props.addDenied}
            onClick={props.onAdd}
          />
        }
      >
        <SettingsSections current="groups" />
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
      </ListTitle>
      <Switch>
        <Match when={shown().length > 0}>
          <div class={css.scroll}>
            <TreeList label={t('settings.groups')} nodes={shown().map(node)} current={props.current} />
          </div>
        </Match>
        <Match when={props.total === 0}>
          <EmptyState icon={GroupsIcon} title={t('settings.noGroups')}>
            {t('settings.noGroupsNote')}
          </EmptyState>
        </Match>
        <Match when={true}>
          <EmptyState
            icon={SearchIcon}
            title={t('settings.noGroupMatch', { query: props.query.trim() })}
            action={<Button onClick={() => props.onQuery('')}>{t('settings.clearSearch')}</Button>}
          />
        </Match>
      </Switch>
    </>
  )
}
