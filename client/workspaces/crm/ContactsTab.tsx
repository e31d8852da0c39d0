/** The contacts of an account. Pressing one opens its form; the House Contact is marked and only read. */
import { For, type JSX, Show } from 'solid-js'
import HouseIcon from '~icons/lucide/house'
import MailIcon from '~icons/lucide/mail'
import PhoneIcon from '~icons/lucide/phone'
import PlusIcon from '~icons/lucide/plus'
import UsersIcon from '~icons/lucide/users-round'
import type { Decision } from '../../../core/access/types.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { t } from '../../app/i18n.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Tag } from '../../components/Tag.tsx'
import { sentenceOf } from '../record/why.ts'
import { mailHref, telHref, titleOf } from './account-words.ts'
import { IconLink } from './IconLink.tsx'
import css from './OverviewTab.module.css'
import { SyncTag, type SyncMark } from './SyncTag.tsx'

export interface ContactsTabProps {
  readonly contacts: readonly Row[]
  readonly add: Decision
  readonly markOf: (row: Row) => SyncMark
  /** Null for a new one. */
  readonly onOpen: (id: string | null) => void
}

export function ContactsTab(props: ContactsTabProps): JSX.Element {
  const denied = () =>
    props.add.outcome === 'denied' ? sentenceOf(props.add, { action: 'create', kind: 'contact' }) : undefined
  return (
    <>
      <Show when={props.contacts.length > 0}>
        <Card flush label={t('crm.contacts')}>
          <ul>
            <For each={props.contacts}>
              {(contact) => (
                <ContactRow contact={contact} mark={props.markOf(contact)} onOpen={props.onOpen} />
              )}
            </For>
          </ul>
        </Card>
      </Show>
      <Show when={props.contacts.every(({ house }) => house === true)}>
        <EmptyState icon={UsersIcon} title={t('crm.noContacts')}>
          {t('crm.noContactsNote')}
        </EmptyState>
      </Show>
      <div>
        <Button kind="primary" icon={PlusIcon} denied={denied()} onClick={() => props.onOpen(null)}>
          {t('crm.addContact')}
        </Button>
      </div>
    </>
  )
}

export interface ContactRowProps {
  readonly contact: Row
  readonly mark: SyncMark
  readonly onOpen: (id: string) => void
}

export function ContactRow(props: ContactRowProps): JSX.Element {
  const lede = () =>
    [props.contact.jobTitle, props.contact.email, props.contact.phone].filter(Boolean).map(String)[0]
  return (
    <li class={css.person}>
      <Avatar name={titleOf(props.contact)} kind="person" />
      <button type="button" class={`${css.words} ${css.open}`} onClick={() => props.onOpen(props.contact.id)}>
        <b>{titleOf(props.contact)}</b>
        <Show when={lede()}>
          <small>{lede()}</small>
        </Show>
      </button>
      <span class={css.end}>
        <Show when={props.contact.house === true}>
          <Tag icon={HouseIcon}>{t('crm.house')}</Tag>
        </Show>
        <SyncTag mark={props.mark} inactive={props.contact.active === false} />
        <Show when={mailHref(props.contact.email)}>
          {(href) => (
            <IconLink href={href()} icon={MailIcon} label={`${t('crm.email')}: ${titleOf(props.contact)}`} />
          )}
        </Show>
        <Show when={telHref(props.contact.phone)}>
          {(href) => (
            <IconLink href={href()} icon={PhoneIcon} label={`${t('crm.call')}: ${titleOf(props.contact)}`} />
          )}
        </Show>
      </span>
    </li>
  )
}
