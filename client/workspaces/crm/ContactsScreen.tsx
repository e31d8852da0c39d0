/** /crm/contacts: everybody at the accounts that the reader sees, with the contact that is open beside the list. */
import { useParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import HouseIcon from '~icons/lucide/house'
import SearchIcon from '~icons/lucide/search-x'
import UsersIcon from '~icons/lucide/users-round'
import { type RecordKey, recordKey, type Row as RecordRow } from '../../../core/records/kind-spec.ts'
import { createDecision, useLiveQuery, usePortal, useQuarantine, useRecordList } from '../../app/context.tsx'
import { DeniedScreen } from '../../app/Fallbacks.tsx'
import { formatCount } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'
import { ListTitle } from '../../app/shell/Titles.tsx'
import { Avatar } from '../../components/Avatar.tsx'
import { Button } from '../../components/Button.tsx'
import { Chip, ChipRow } from '../../components/Chip.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Row } from '../../components/Row.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { SplitPanes } from '../../components/SplitPanes.tsx'
import { VirtualList } from '../../components/VirtualList.tsx'
import type { StoredRecord } from '../../replica/stored.ts'
import { namesOf } from '../record/lookups.ts'
import { sentenceOf } from '../record/why.ts'
import { contactHref, titleOf } from './account-words.ts'
import { CrmSections } from './CrmSections.tsx'
import { FirstSync } from './FirstSync.tsx'
import { SyncTag } from './SyncTag.tsx'

// The list comes first; what opens from it is loaded when it is opened.
const ContactPane = lazy(async () => ({ default: (await import('./ContactPane.tsx')).ContactPane }))

export default function ContactsScreen(): JSX.Element {
  const portal = usePortal()
  const params = useParams()
  const view = createDecision(() => ({ action: 'view', kind: 'contact' }))
  const isDenied = () => portal.principal() !== null && view().outcome === 'denied'
  return (
    <Show
      when={!isDenied()}
      fallback={
        <DeniedScreen
          title={t('crm.contactsDeniedTitle')}
          sentence={sentenceOf(view(), { action: 'view', kind: 'contact', whole: true })}
        />
      }
    >
      <SplitPanes
        listLabel={t('crm.contacts')}
        open={params['id'] !== undefined}
        placeholder={<EmptyState icon={UsersIcon} title={t('crm.chooseContact')} />}
        list={<List current={params['id']} />}
        detail={
          <Show when={params['id']} keyed>
            {(id) => (
              <Suspense>
                <ContactPane id={id} />
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
  const [query, setQuery] = createSignal('')
  const [house, setHouse] = createSignal(false)
  const list = useRecordList(() => ({ kind: 'contact', words: query() }))
  // Their ids say which are House Contacts, so that the choice reads no record.
  const places = createMemo(() => {
    const all = list.keys()
    if (all === undefined) return undefined
    return all.flatMap((key, place) => (house() || !isHouseKey(key) ? [{ key, place }] : []))
  })
  const keys = createMemo(() => places()?.map(({ key }) => key))
  const at = (index: number) => {
    const place = places()?.[index]?.place
    return place === undefined ? undefined : list.at(place)
  }
  const [seen, setSeen] = createSignal<readonly [number, number]>([0, 0])
  const accounts = useAccountNames(() => {
    const [start, end] = seen()
    return Array.from({ length: end - start }, (_, offset) => at(start + offset)?.row.accountId)
  })
  const [total, setTotal] = createSignal(0)
  createMemo(() => {
    if (query().trim() === '' && keys() !== undefined) setTotal(keys()?.length ?? 0)
  })
  const quarantine = useQuarantine()
  const refused = createMemo(() => new Set((quarantine() ?? []).map(({ record }) => record)))
  const progress = () => portal.syncState().progress
  return (
    <>
      <ListTitle title={t('crm.contacts')}>
        <CrmSections current="contacts" />
        <SearchField
          label={t('crm.searchContacts')}
          placeholder={
            total() > 0 ? formatCount(total(), t('crm.searchContactsCount')) : t('crm.searchContacts')
          }
          value={query()}
          onInput={setQuery}
        />
        <ChipRow label={t('crm.filters')}>
          <Chip pressed={house()} icon={HouseIcon} onClick={() => setHouse(!house())}>
            {t('crm.showHouse')}
          </Chip>
        </ChipRow>
      </ListTitle>
      <Show when={progress()}>{(running) => <FirstSync {...running()} rows={total() === 0} />}</Show>
      <Switch>
        <Match when={(keys()?.length ?? 0) > 0}>
          <VirtualList
            label={t('crm.contacts')}
            items={keys() ?? []}
            itemKey={(key) => key}
            scrollKey="contacts"
            resetOn={JSON.stringify([query(), house()])}
            onRange={(start, end) => {
              setSeen([start, end])
              const [first, last] = [places()?.[start], places()?.[end - 1]]
              if (first !== undefined && last !== undefined) list.show(first.place, last.place + 1)
            }}
          >
            {(key, index) => (
              <ContactLine
                id={key().slice('contact/'.length)}
                record={at(index())}
                account={accounts(at(index())?.row.accountId)}
                refused={refused().has(key())}
                current={props.current}
              />
            )}
          </VirtualList>
        </Match>
        <Match when={keys() === undefined || progress() !== null}>{null}</Match>
        <Match when={query().trim() !== ''}>
          <EmptyState
            icon={SearchIcon}
            title={t('crm.noContactMatch', { query: query().trim() })}
            action={<Button onClick={() => setQuery('')}>{t('crm.clearSearch')}</Button>}
          />
        </Match>
        <Match when={true}>
          <EmptyState icon={UsersIcon} title={t('crm.noContactsAtAll')}>
            {t('crm.noContactsAtAllNote')}
          </EmptyState>
        </Match>
      </Switch>
    </>
  )
}

function ContactLine(props: {
  readonly id: string
  readonly record: StoredRecord | undefined
  readonly account: string | undefined
  readonly refused: boolean
  readonly current: string | undefined
}): JSX.Element {
  const row = (): RecordRow | undefined => props.record?.row
  const name = () => {
    const known = row()
    return known === undefined ? '' : titleOf(known)
  }
  const mark = () => (props.refused ? 'refused' : (props.record?.pending ?? 0) > 0 ? 'waiting' : undefined)
  return (
    <Row
      href={contactHref(props.id)}
      lead={<Avatar name={name()} kind="person" />}
      title={name()}
      lede={[row()?.jobTitle, props.account].filter(Boolean).map(String).join(' · ')}
      tag={<SyncTag mark={mark()} inactive={row()?.active === false} />}
      current={props.id === props.current}
    />
  )
}

function isHouseKey(key: RecordKey): boolean {
  return key.startsWith('contact/house-')
}

/** The names of the accounts of the contacts that are seen. */
function useAccountNames(ids: () => readonly unknown[]): (id: unknown) => string | undefined {
  const wanted = createMemo(() =>
    [...new Set(ids().filter((id): id is string => typeof id === 'string'))].sort().join(' '),
  )
  const names = useLiveQuery((db) => {
    const keys = wanted()
      .split(' ')
      .filter(Boolean)
      .map((id) => recordKey('account', id))
    return keys.length === 0 ? null : () => namesOf(db, keys)
  })
  return (id) => (typeof id === 'string' ? names()?.get(recordKey('account', id)) : undefined)
}
