/** /crm/accounts and /crm/accounts/:id: the list, and beside it or in its place the account that is open. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, lazy, Show, Suspense } from 'solid-js'
import StoreIcon from '~icons/lucide/store'
import { decideNewAccount } from '../../../core/access/decide-create.ts'
import type { RecordKey } from '../../../core/records/kind-spec.ts'
import { noRights } from '../../access/decision.ts'
import {
  createDecision,
  useLiveQuery,
  usePacedQuery,
  usePortal,
  useQuarantine,
  useRecordList,
} from '../../app/context.tsx'
import { DeniedScreen } from '../../app/Fallbacks.tsx'
import { t } from '../../app/i18n.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SplitPanes } from '../../components/SplitPanes.tsx'
import { countRecords } from '../../reactive/list-keys.ts'
import type { StoredRecord } from '../../replica/stored.ts'
import { explanationOfUnseen, sentenceOf } from '../record/why.ts'
import { type AccountFilters, AccountList, noFilters } from './AccountList.tsx'
import type { AccountTab } from './account-words.ts'
import { useFacets } from './use-facets.ts'
import { useFavourites } from './use-favourites.ts'
import { useTowns } from './use-towns.ts'

// The list comes first; what opens from it is loaded when it is opened.
const AccountPane = lazy(async () => ({ default: (await import('./AccountPane.tsx')).AccountPane }))
const NewAccountSheet = lazy(async () => ({
  default: (await import('./NewAccountSheet.tsx')).NewAccountSheet,
}))

const TABS: readonly AccountTab[] = ['overview', 'contacts', 'addresses', 'access', 'history']

export default function AccountsScreen(): JSX.Element {
  const portal = usePortal()
  const params = useParams()
  const view = createDecision(() => ({ action: 'view', kind: 'account' }))
  // Before the first meeting with the server no rights are known: that is a first sync, not a denial.
  const isDenied = () => portal.principal() !== null && view().outcome === 'denied'
  const tab = () => TABS.find((known) => known === params['tab']) ?? 'overview'
  return (
    <Show
      when={!isDenied()}
      fallback={
        <DeniedScreen
          title={t('crm.deniedTitle')}
          sentence={sentenceOf(view(), { action: 'view', kind: 'account', whole: true })}
        />
      }
    >
      <SplitPanes
        listLabel={t('crm.accounts')}
        open={params['id'] !== undefined}
        placeholder={<EmptyState icon={StoreIcon} title={t('crm.choose')} />}
        list={<List current={params['id']} />}
        detail={
          <Show when={params['id']} keyed>
            {(id) => (
              <Suspense>
                <AccountPane id={id} tab={tab()} />
              </Suspense>
            )}
          </Show>
        }
      />
    </Show>
  )
}

function List(props: { readonly current: string | undefined }): JSX.Element {
  const portal = usePortal()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const [query, setQuery] = createSignal('')
  const [filters, setFilters] = createSignal<AccountFilters>(noFilters)
  const favourites = useFavourites()
  const list = useRecordList(() => ({
    kind: 'account',
    words: query(),
    terms: [filters().territories, filters().repCodes].filter((group) => group.length > 0),
  }))
  const total = usePacedQuery(['account'], (db) => countRecords(db, 'account'))
  const progress = createMemo(() => portal.syncState().progress ?? undefined)
  const facets = useFacets(() => progress() === undefined)
  const starred = useStarred(() => (filters().favourites ? [...favourites.keys()] : []))
  const keys = createMemo(() => {
    const all = list.keys()
    if (!filters().favourites) return all
    const wanted = favourites.keys()
    return all?.filter((key) => wanted.has(key))
  })
  const at = (index: number) => {
    if (!filters().favourites) return list.at(index)
    const key = keys()?.[index]
    return key === undefined ? undefined : starred()?.get(key)
  }
  const [seen, setSeen] = createSignal<readonly [number, number]>([0, 0])
  const townOf = useTowns(() => (keys() ?? []).slice(...seen()).map((key) => key.slice('account/'.length)))

  const quarantine = useQuarantine()
  const refused = createMemo(() => new Set((quarantine() ?? []).map(({ record }) => record)))
  const addDenied = () => {
    const principal = portal.principal()
    const decision = principal === null ? noRights : decideNewAccount(principal)
    return decision.outcome === 'denied'
      ? sentenceOf(decision, { action: 'create', kind: 'account' })
      : undefined
  }
  const whyUnseen = (typed: string) => {
    const principal = portal.principal()
    return principal === null ? undefined : explanationOfUnseen(principal, 'account', typed)
  }
  const isAdding = () => search['new'] !== undefined && addDenied() === undefined
  const wasAdding = createMemo<boolean>((before) => before || isAdding(), false)
  const reach = () => {
    const scope = portal.principal()?.scope
    if (scope === undefined) return 'some'
    if (scope.everything) return 'everything'
    return scope.keys.size === 0 ? 'nothing' : 'some'
  }
  return (
    <>
      <AccountList
        total={total() ?? 0}
        keys={keys()}
        at={at}
        onRange={(start, end) => {
          list.show(start, end)
          setSeen([start, end])
        }}
        query={query()}
        onQuery={setQuery}
        filters={filters()}
        onFilters={setFilters}
        territories={facets.territories()}
        repCodes={facets.repCodes()}
        markOf={({ key, pending }) => (refused().has(key) ? 'refused' : pending > 0 ? 'waiting' : undefined)}
        townOf={townOf}
        current={props.current}
        firstSync={progress()}
        connecting={portal.principal() === null && portal.syncState().link.type !== 'offline'}
        offline={portal.syncState().link.type === 'offline'}
        reach={reach()}
        addDenied={addDenied()}
        whyUnseen={whyUnseen}
        onAdd={() => setSearch({ new: '1' })}
      />
      <Show when={wasAdding()}>
        <Suspense>
          <NewAccountSheet
            open={isAdding()}
            onClose={() => setSearch({ new: null }, { replace: true })}
            onMade={(id) => navigate(`/crm/accounts/${id}`)}
          />
        </Suspense>
      </Show>
    </>
  )
}

function useStarred(wanted: () => readonly RecordKey[]) {
  return useLiveQuery((db) => {
    const keys = [...wanted()]
    if (keys.length === 0) return null
    return async () => {
      const records = await db.records.bulkGet(keys)
      return new Map<string, StoredRecord>(
        records.flatMap((record) => (record === undefined ? [] : [[record.key, record] as const])),
      )
    }
  })
}
