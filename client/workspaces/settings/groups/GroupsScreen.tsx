/** /settings/groups and /settings/groups/:id: the tree, and beside it or in its place the group that is open. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import GroupsIcon from '~icons/lucide/users-round'
import { createDecision } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { SplitPanes } from '../../../components/SplitPanes.tsx'
import { sentenceOf } from '../../record/why.ts'
import { groupHref, type GroupTab } from '../hrefs.ts'
import { useSettings } from '../settings-data.ts'
import { SettingsProvider } from '../SettingsProvider.tsx'
import { groupTree } from './group-tree.ts'
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
        placeholder={<EmptyState icon={GroupsIcon} title={t('settings.chooseGroup')} />}
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
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const [query, setQuery] = createSignal('')
  const tree = createMemo(() => groupTree(data.directory()))
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
        current={props.current}
        tab={props.tab}
        addDenied={addDenied()}
        onAdd={() => setSearch({ new: '1' })}
      />
      <NewGroupSheet
        open={search['new'] !== undefined && addDenied() === undefined}
        onClose={() => setSearch({ new: null }, { replace: true })}
        onMade={(id) => navigate(groupHref(id))}
      />
    </>
  )
}
