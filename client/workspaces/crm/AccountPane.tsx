/** One account from this device: its row, what hangs on it, what the reader may do, and the forms over it. */
import { createMemo, createSignal, type JSX, lazy, Match, Switch } from 'solid-js'
import { withSearchReason } from '../../../core/access/search-filter.ts'
import type { Decision } from '../../../core/access/types.ts'
import { recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { decisionFor } from '../../access/decision.ts'
import { createDecision, useLiveQuery, usePortal, useQuarantine, useRecord } from '../../app/context.tsx'
import { NotHere } from '../../app/Fallbacks.tsx'
import { t } from '../../app/i18n.ts'
import { DetailTitle } from '../../app/shell/Titles.tsx'
import { recordsOfTerm } from '../../reactive/list-keys.ts'
import type { RecordView } from '../../reactive/create-record-view.ts'
import { term } from '../../replica/terms.ts'
import { createKeyed } from '../record/create-keyed.ts'
import { useLookups } from '../record/lookups.ts'
import { useRecordForm } from '../record/use-record-form.ts'
import { historyTab } from '../settings/audit/may-see-log.ts'
import { AccountDetail } from './AccountDetail.tsx'
import { type AccountTab, accountHref, titleOf } from './account-words.ts'
import { AddressSheet } from './AddressSheet.tsx'
import { ContactSheet } from './ContactSheet.tsx'
import type { SyncMark } from './SyncTag.tsx'
import { useFavourites } from './use-favourites.ts'

/** For few readers. */
const HistoryTab = lazy(() =>
  import('../settings/audit/HistoryTab.tsx').then((module) => ({ default: module.HistoryTab })),
)

export interface AccountPaneProps {
  readonly id: string
  readonly tab: AccountTab
}

export function AccountPane(props: AccountPaneProps): JSX.Element {
  const portal = usePortal()
  const view = useRecord(() => ({ kind: 'account', id: props.id }))
  // Under way: before the first sync has ended, a record that is not here may still come.
  const isComing = () => portal.syncState().progress !== null || portal.principal() === null
  return (
    <Switch>
      <Match when={view()}>{(found) => <Found view={found()} tab={props.tab} />}</Match>
      <Match when={view() === null && !isComing()}>
        <DetailTitle title={t('frame.notHereTitle')} back={{ href: '/crm/accounts', label: t('crm.back') }} />
        <NotHere />
      </Match>
    </Switch>
  )
}

/** Which form is open: a record's id, null for a new one, undefined for none. */
type Opened = string | null | undefined

function Found(props: { readonly view: RecordView; readonly tab: AccountTab }): JSX.Element {
  const portal = usePortal()
  const favourites = useFavourites()
  const row = () => props.view.row
  const id = createMemo(() => row().id)
  const lookups = useLookups(() => [
    ...(typeof row().ownerId === 'string' ? [recordKey('worker', String(row().ownerId))] : []),
    ...(typeof row().parentId === 'string' ? [recordKey('account', String(row().parentId))] : []),
  ])
  const form = useRecordForm('account', row, lookups)
  const contacts = useDependants('contact', id)
  const addresses = useDependants('address', id)
  const viewing = createDecision(() => ({ action: 'view', kind: 'account', row: row() }))
  /** With what search does about it: asked for the explanation alone (S11). */
  const explained = () => {
    const mine = portal.principal()
    return mine === null
      ? viewing()
      : withSearchReason(viewing(), mine, { kind: 'account', id: id(), row: row() })
  }
  const addContact = createDecision(() => ({ action: 'create', kind: 'contact', account: row() }))
  const addAddress = createDecision(() => ({ action: 'create', kind: 'address', account: row() }))
  const decisionOn = (dependant: Row | undefined, add: Decision) =>
    dependant === undefined
      ? add
      : decisionFor(portal.principal(), {
          action: 'edit',
          kind: dependant.kind,
          row: dependant,
          account: row(),
        })

  const quarantine = useQuarantine()
  const refused = createMemo(() => new Set((quarantine() ?? []).map(({ record }) => record)))
  const waiting = useLiveQuery((db) => async () => new Set(await db.outbox.orderBy('record').uniqueKeys()))
  const markOf = (record: Row): SyncMark => {
    const key = recordKey(record.kind, record.id)
    if (refused().has(key)) return 'refused'
    return waiting()?.has(key) ? 'waiting' : undefined
  }
  const [contact, setContact] = createSignal<Opened>()
  const [address, setAddress] = createSignal<Opened>()
  const openContact = createMemo(() => contacts()?.find(({ id: one }) => one === contact()))
  const openAddress = createMemo(() => addresses()?.find(({ id: one }) => one === address()))
  return (
    <>
      <AccountDetail
        account={row()}
        form={form}
        tab={props.tab}
        mark={markOf(row())}
        refused={(quarantine() ?? []).filter(({ record }) => record === recordKey('account', id()))}
        markOf={markOf}
        contacts={contacts()}
        addresses={addresses()}
        view={explained()}
        addContact={addContact()}
        addAddress={addAddress()}
        onOpenContact={setContact}
        onOpenAddress={setAddress}
        favourite={favourites.keys().has(recordKey('account', id()))}
        onFavourite={(on) => void favourites.set(recordKey('account', id()), on)}
        online={portal.syncState().link.type === 'live'}
        historyTab={historyTab(portal.principal(), accountHref(id(), 'history'))}
        history={<HistoryTab record={recordKey('account', id())} title={titleOf(row())} />}
      />
      <ContactSheet
        open={contact() !== undefined}
        account={row()}
        contact={openContact()}
        decision={decisionOn(openContact(), addContact())}
        onClose={() => setContact(undefined)}
      />
      <AddressSheet
        open={address() !== undefined}
        account={row()}
        address={openAddress()}
        decision={decisionOn(openAddress(), addAddress())}
        onClose={() => setAddress(undefined)}
      />
    </>
  )
}

/** By title; undefined while they are read. Rows keep their identity while they stay the same record. */
function useDependants(kind: 'contact' | 'address', account: () => string) {
  const records = useLiveQuery((db) => {
    const wanted = term(kind, `account:${account()}`)
    return async () => (await recordsOfTerm(db, wanted)).map(({ row }) => row)
  })
  return createKeyed(records, 'id')
}
