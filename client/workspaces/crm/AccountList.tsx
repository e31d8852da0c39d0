/**
 * The accounts on this device: search, filters, and a list of any length. It knows no storage: rows come in.
 */
import { type JSX, Match, Show, Switch } from 'solid-js'
import PlusIcon from '~icons/lucide/plus'
import SearchIcon from '~icons/lucide/search-x'
import StoreIcon from '~icons/lucide/store'
import type { RecordKey, Row as RecordRow } from '../../../core/records/kind-spec.ts'
import { fieldLabel } from '../../access/field-label.ts'
import { formatCount, formatNumber } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'
import { ListTitle } from '../../app/shell/Titles.tsx'
import { Avatar } from '../../components/Avatar.tsx'
import { Button } from '../../components/Button.tsx'
import { Chip, ChipRow } from '../../components/Chip.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FilterMenu, type FilterOption } from '../../components/FilterMenu.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Row } from '../../components/Row.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { SkeletonRows } from '../../components/SkeletonRows.tsx'
import type { Explanation } from '../../components/types.ts'
import { VirtualList } from '../../components/VirtualList.tsx'
import { WhyLink } from '../../components/WhyLink.tsx'
import type { StoredRecord } from '../../replica/stored.ts'
import { FirstSync, type FirstSyncProgress } from './FirstSync.tsx'
import { accountHref, placeOf } from './account-words.ts'
import { CrmSections } from './CrmSections.tsx'
import { SyncTag, type SyncMark } from './SyncTag.tsx'

export interface AccountFilters {
  readonly territories: readonly string[]
  readonly repCodes: readonly string[]
  readonly favourites: boolean
}

export const noFilters: AccountFilters = { territories: [], repCodes: [], favourites: false }

export interface AccountListProps {
  /** Accounts on this device, before search and filters. */
  readonly total: number
  /** What search and filters leave, in order; undefined while they are read for the first time. */
  readonly keys: readonly RecordKey[] | undefined
  /** The record at a place of `keys`; undefined until it has been read. */
  readonly at: (index: number) => StoredRecord | undefined
  readonly onRange: (start: number, end: number) => void
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly filters: AccountFilters
  readonly onFilters: (filters: AccountFilters) => void
  readonly territories: readonly FilterOption[]
  readonly repCodes: readonly FilterOption[]
  readonly markOf: (record: StoredRecord) => SyncMark
  /** The town, where it is known from an address. */
  readonly townOf: (id: string) => string | undefined
  readonly current: string | undefined
  /** The first sync, while it runs. */
  readonly firstSync: FirstSyncProgress | undefined
  /** The server is being met for the first time. */
  readonly connecting: boolean
  readonly offline: boolean
  /** What the reader's filter reaches, for the words of an empty list. */
  readonly reach: 'everything' | 'some' | 'nothing'
  /** The sentence that says why no account may be added. */
  readonly addDenied: string | undefined
  /** Why a name that was typed is not among them; absent while nobody knows what the reader may see. */
  readonly whyUnseen?: ((typed: string) => Explanation | undefined) | undefined
  readonly onAdd: () => void
}

export function AccountList(props: AccountListProps): JSX.Element {
  const filtered = () =>
    props.filters.favourites || props.filters.territories.length > 0 || props.filters.repCodes.length > 0
  const searching = () => props.query.trim() !== ''
  const placeholder = () =>
    props.total > 0 ? formatCount(props.total, t('crm.searchCount')) : t('crm.search')
  return (
    <>
      <ListTitle
        title={t('crm.accounts')}
        action={
          <IconButton icon={PlusIcon} label={t('crm.add')} denied={props.addDenied} onClick={props.onAdd} />
        }
      >
        <CrmSections current="accounts" />
        <SearchField
          label={t('crm.search')}
          placeholder={placeholder()}
          value={props.query}
          onInput={props.onQuery}
        />
        <ChipRow label={t('crm.filters')}>
          <Chip pressed={!filtered()} onClick={() => props.onFilters(noFilters)}>
            {t('crm.all', { count: formatNumber(props.total) })}
          </Chip>
          <Chip
            pressed={props.filters.favourites}
            onClick={() => props.onFilters({ ...props.filters, favourites: !props.filters.favourites })}
          >
            {t('crm.favourites')}
          </Chip>
          <Show when={props.territories.length > 1 || props.filters.territories.length > 0}>
            <FilterMenu
              label={fieldLabel('account', 'territory')}
              multiple
              options={props.territories}
              values={props.filters.territories}
              onChange={(territories) => props.onFilters({ ...props.filters, territories })}
            />
          </Show>
          <Show when={props.repCodes.length > 1 || props.filters.repCodes.length > 0}>
            <FilterMenu
              label={fieldLabel('account', 'repCodes')}
              multiple
              options={props.repCodes}
              values={props.filters.repCodes}
              onChange={(repCodes) => props.onFilters({ ...props.filters, repCodes })}
            />
          </Show>
        </ChipRow>
      </ListTitle>
      <Show when={props.firstSync}>
        {(progress) => <FirstSync {...progress()} rows={(props.keys?.length ?? 0) === 0} />}
      </Show>
      <Switch>
        <Match when={(props.keys?.length ?? 0) > 0}>
          <VirtualList
            label={t('crm.accounts')}
            items={props.keys ?? []}
            itemKey={(key) => key}
            scrollKey="accounts"
            resetOn={JSON.stringify([props.query, props.filters])}
            onRange={props.onRange}
          >
            {(key, index) => (
              <AccountRow
                id={key().slice('account/'.length)}
                record={props.at(index())}
                markOf={props.markOf}
                townOf={props.townOf}
                current={props.current}
              />
            )}
          </VirtualList>
        </Match>
        <Match when={props.connecting}>
          <SkeletonRows />
        </Match>
        <Match when={props.keys === undefined || props.firstSync !== undefined}>{null}</Match>
        <Match when={searching()}>
          <EmptyState
            icon={SearchIcon}
            title={t('crm.noMatch', { query: props.query.trim() })}
            action={<Button onClick={() => props.onQuery('')}>{t('crm.clearSearch')}</Button>}
          >
            <Show when={props.whyUnseen?.(props.query.trim())}>
              {(explanation) => (
                <WhyLink explanation={explanation()} title={t('crm.whyUnseenTitle')}>
                  {t('crm.whyUnseen')}
                </WhyLink>
              )}
            </Show>
          </EmptyState>
        </Match>
        <Match when={filtered()}>
          <EmptyState
            icon={SearchIcon}
            title={t('crm.noMatchFilter')}
            action={<Button onClick={() => props.onFilters(noFilters)}>{t('crm.clearFilters')}</Button>}
          />
        </Match>
        <Match when={props.offline && props.total === 0}>
          <EmptyState icon={StoreIcon} title={t('crm.none')}>
            {props.reach === 'nothing' ? t('crm.noneFilter') : t('crm.noneOfflineNote')}
          </EmptyState>
        </Match>
        <Match when={props.total === 0}>
          <EmptyState
            icon={StoreIcon}
            title={t('crm.none')}
            action={
              props.addDenied === undefined ? (
                <Button icon={PlusIcon} onClick={props.onAdd}>
                  {t('crm.add')}
                </Button>
              ) : undefined
            }
          >
            {props.reach === 'nothing'
              ? t('crm.noneFilter')
              : props.reach === 'everything'
                ? t('crm.noneNoteAll')
                : t('crm.noneNote')}
          </EmptyState>
        </Match>
      </Switch>
    </>
  )
}

interface AccountRowProps extends Pick<AccountListProps, 'markOf' | 'townOf' | 'current'> {
  readonly id: string
  readonly record: StoredRecord | undefined
}

/** Its place is there before its words are: the list does not jump while it is scrolled. */
function AccountRow(props: AccountRowProps): JSX.Element {
  const row = () => props.record?.row
  const name = () => String(row()?.name ?? '')
  const codes = () => {
    const list = row()?.repCodes
    return Array.isArray(list) ? list.join(' · ') : undefined
  }
  return (
    <Row
      href={accountHref(props.id)}
      lead={<Avatar name={name()} />}
      title={name()}
      lede={row() && placeOf(row() as RecordRow, props.townOf(props.id))}
      end={codes()}
      tag={
        <Show when={props.record}>
          {(record) => <SyncTag mark={props.markOf(record())} inactive={row()?.active === false} />}
        </Show>
      }
      current={props.id === props.current}
    />
  )
}
