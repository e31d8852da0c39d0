/**
 * One account: who and where it is, what is done with it most, and its parts as tabs.
 */
import { type JSX, Match, Show, Switch } from 'solid-js'
import MapIcon from '~icons/lucide/map-pin'
import PhoneIcon from '~icons/lucide/phone'
import StarIcon from '~icons/lucide/star'
import StarOffIcon from '~icons/lucide/star-off'
import type { Decision } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { formatNumber } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'
import { PaneBody } from '../../app/shell/Page.tsx'
import { DetailTitle } from '../../app/shell/Titles.tsx'
import { Avatar } from '../../components/Avatar.tsx'
import { LinkButton } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { type TabLink, Tabs } from '../../components/Tabs.tsx'
import type { QuarantineEntry } from '../../replica/stored.ts'
import type { RecordForm } from '../record/RecordField.tsx'
import { AccessTab } from './AccessTab.tsx'
import { AddressesTab } from './AddressesTab.tsx'
import { type AccountTab, accountHref, accountLede, mapHref, telHref, titleOf } from './account-words.ts'
import { ContactsTab } from './ContactsTab.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { SyncTag, type SyncMark } from './SyncTag.tsx'

export interface AccountDetailProps {
  readonly account: Row
  readonly form: RecordForm
  readonly tab: AccountTab
  readonly mark: SyncMark
  readonly refused: readonly QuarantineEntry[]
  readonly markOf: (row: Row) => SyncMark
  /** Undefined while they are being read. */
  readonly contacts: readonly Row[] | undefined
  readonly addresses: readonly Row[] | undefined
  readonly view: Decision
  readonly addContact: Decision
  readonly addAddress: Decision
  readonly onOpenContact: (id: string | null) => void
  readonly onOpenAddress: (id: string | null) => void
  readonly favourite: boolean
  readonly onFavourite: (on: boolean) => void
  readonly online: boolean
  /** For who may see the log: the tab, and what is in it. */
  readonly historyTab: readonly TabLink[]
  readonly history: JSX.Element
}

export function AccountDetail(props: AccountDetailProps): JSX.Element {
  const town = () => {
    const city = props.addresses?.find(
      (address) => typeof address.city === 'string' && address.city !== '',
    )?.city
    return typeof city === 'string' ? city : undefined
  }
  const map = () => props.addresses?.map(mapHref).find((href) => href !== null) ?? null
  const counted = (rows: readonly Row[] | undefined) =>
    rows === undefined ? undefined : formatNumber(rows.length)
  return (
    <article aria-label={titleOf(props.account)}>
      <DetailTitle
        title={titleOf(props.account)}
        lede={accountLede(props.account, town())}
        lead={<Avatar name={titleOf(props.account)} large />}
        aside={<SyncTag mark={props.mark} inactive={props.account.active === false} />}
        back={{ href: '/crm/accounts', label: t('crm.back') }}
        action={
          <IconButton
            icon={props.favourite ? StarOffIcon : StarIcon}
            label={props.favourite ? t('crm.unfavourite') : t('crm.favourite')}
            onClick={() => props.onFavourite(!props.favourite)}
          />
        }
      >
        <Show when={telHref(props.account.phone)}>
          {(href) => (
            <LinkButton href={href()} icon={PhoneIcon} target="_self">
              {t('crm.call')}
            </LinkButton>
          )}
        </Show>
        <Show when={map()}>
          {(href) => (
            <LinkButton href={href()} icon={MapIcon} target="_blank" rel="noopener noreferrer">
              {t('crm.map')}
            </LinkButton>
          )}
        </Show>
      </DetailTitle>
      <Tabs
        label={t('crm.tabs')}
        current={props.tab}
        tabs={[
          { id: 'overview', label: t('crm.overview'), href: accountHref(props.account.id) },
          {
            id: 'contacts',
            label: t('crm.contacts'),
            count: counted(props.contacts),
            href: accountHref(props.account.id, 'contacts'),
          },
          {
            id: 'addresses',
            label: t('crm.addresses'),
            count: counted(props.addresses),
            href: accountHref(props.account.id, 'addresses'),
          },
          { id: 'access', label: t('crm.access'), href: accountHref(props.account.id, 'access') },
          ...props.historyTab,
        ]}
      />
      <PaneBody>
        <Switch>
          <Match when={props.tab === 'overview'}>
            <OverviewTab form={props.form} refused={props.refused} />
          </Match>
          <Match when={props.tab === 'contacts'}>
            <ContactsTab
              contacts={props.contacts ?? []}
              add={props.addContact}
              markOf={props.markOf}
              onOpen={props.onOpenContact}
            />
          </Match>
          <Match when={props.tab === 'addresses'}>
            <AddressesTab
              addresses={props.addresses ?? []}
              add={props.addAddress}
              markOf={props.markOf}
              onOpen={props.onOpenAddress}
            />
          </Match>
          <Match when={props.tab === 'access'}>
            <AccessTab
              accountId={props.account.id}
              title={titleOf(props.account)}
              reader={props.form.reader}
              online={props.online}
              view={props.view}
              edit={props.form.decision}
              addContact={props.addContact}
              addAddress={props.addAddress}
            />
          </Match>
          <Match when={props.tab === 'history'}>{props.history}</Match>
        </Switch>
      </PaneBody>
    </article>
  )
}
