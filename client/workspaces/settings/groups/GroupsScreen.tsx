/** /settings/groups and /settings/groups/:id: all groups, and beside the list or in its place the group that is open. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { decideKind } from '../../../../core/access/decide.ts'
import type { GroupType } from '../../../../core/catalogue/group-types.ts'
import { createDecision } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { useShell } from '../../../app/shell/shell-context.ts'
import { SplitPanes } from '../../../components/SplitPanes.tsx'
import { sentenceOf } from '../../record/why.ts'
import { createSelection } from '../create-selection.ts'
import { groupHref, type GroupTab } from '../hrefs.ts'
import { useSettings } from '../settings-data.ts'
import { SettingsProvider } from '../SettingsProvider.tsx'
import { GroupBulkBar } from './GroupBulkBar.tsx'
import { groupLines, groupsOfType, groupTree, searchGroups } from './group-tree.ts'
import { GroupList } from './GroupList.tsx'
import { GroupPane } from './GroupPane.tsx'
import { NewGroupSheet } from './NewGroupSheet.tsx'

const TABS: readonly GroupTab[] = ['general', 'features', 'members', 'history']

export default function GroupsScreen(): JSX.Element {
  const params = useParams()
  const tab = () => TABS.find((known) => known === params['tab']) ?? 'features'
  return (
    <SettingsProvider kind="group">
      <SplitPanes
        listLabel={t('settings.groups')}
        open={params['id'] !== undefined}
        whole
        list={<List current={params['id']} tab={tab()} />}
        detail={
          <Show when={params['id']} keyed>
            {(id) => <GroupPane id={id} tab={tab()} />}
          </Show>
        }
      />
    </SettingsProvider>
  )
}

function List(props: { readonly current: string | undefined; readonly tab: GroupTab }): JSX.Element {
  const data = useSettings()
  const shell = useShell()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const [query, setQuery] = createSignal('')
  const [type, setType] = createSignal<GroupType | null>(null)
  const tree = createMemo(() => searchGroups(groupsOfType(groupTree(data.directory()), type()), query()))
  const shown = createMemo(() => groupLines(tree()).map(({ group }) => group.id))
  const selection = createSelection(shown)
  const canEdit = createMemo(() => decideKind(data.principal(), 'edit', 'group').outcome === 'allowed')
  const create = createDecision(() => ({ action: 'create', kind: 'group' }))
  const addDenied = () =>
    create().outcome === 'denied'
      ? sentenceOf(create(), { action: 'create', kind: 'group', catalogue: data.directory().catalogue })
      : undefined
  return (
    <>
      <GroupList
        tree={tree()}
        total={data.groups().length}
        query={query()}
        onQuery={setQuery}
        type={type()}
        onType={setType}
        selection={canEdit() ? selection : undefined}
        current={props.current}
        tab={props.tab}
        asTable={shell.wide() && props.current === undefined}
        beside={shell.wide() && props.current !== undefined}
        addDenied={addDenied()}
        onAdd={() => setSearch({ new: '1' })}
      />
      <GroupBulkBar selection={selection} shown={shown()} />
      <NewGroupSheet
        open={search['new'] !== undefined && addDenied() === undefined}
        onClose={() => setSearch({ new: null }, { replace: true })}
        onMade={(id) => navigate(groupHref(id))}
      />
    </>
  )
}
