/** One contact: how to reach them, their account, every field typed in where it stands. */
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js'
import HouseIcon from '~icons/lucide/house'
import LockIcon from '~icons/lucide/lock'
import MailIcon from '~icons/lucide/mail'
import PhoneIcon from '~icons/lucide/phone'
import StoreIcon from '~icons/lucide/store'
import { recordKey } from '../../../core/records/kind-spec.ts'
import { usePortal, useQuarantine, useRecord } from '../../app/context.tsx'
import { NotHere } from '../../app/Fallbacks.tsx'
import { t } from '../../app/i18n.ts'
import { PaneBody } from '../../app/shell/Page.tsx'
import { DetailTitle } from '../../app/shell/Titles.tsx'
import { Avatar } from '../../components/Avatar.tsx'
import { Banner } from '../../components/Banner.tsx'
import { LinkButton } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Tag } from '../../components/Tag.tsx'
import { WhyLink } from '../../components/WhyLink.tsx'
import type { RecordView } from '../../reactive/create-record-view.ts'
import { useLookups } from '../record/lookups.ts'
import { RecordField } from '../record/RecordField.tsx'
import { useRecordForm } from '../record/use-record-form.ts'
import { explanationOf } from '../record/why.ts'
import { accountHref, mailHref, telHref, titleOf } from './account-words.ts'
import css from './OverviewTab.module.css'
import { SyncTag } from './SyncTag.tsx'

const FIELDS = ['firstName', 'lastName', 'jobTitle', 'email', 'phone', 'title', 'username', 'active']

export function ContactPane(props: { readonly id: string }): JSX.Element {
  const portal = usePortal()
  const view = useRecord(() => ({ kind: 'contact', id: props.id }))
  const isComing = () => portal.syncState().progress !== null || portal.principal() === null
  return (
    <Switch>
      <Match when={view()}>{(found) => <Found view={found()} />}</Match>
      <Match when={view() === null && !isComing()}>
        <DetailTitle
          title={t('frame.notHereTitle')}
          back={{ href: '/crm/contacts', label: t('crm.backToContacts') }}
        />
        <NotHere />
      </Match>
    </Switch>
  )
}

function Found(props: { readonly view: RecordView }): JSX.Element {
  const row = () => props.view.row
  const account = () => props.view.account
  const form = useRecordForm(
    'contact',
    row,
    useLookups(() => []),
    account,
  )
  const quarantine = useQuarantine()
  const mark = createMemo(() => {
    const key = recordKey('contact', row().id)
    if (quarantine()?.some(({ record }) => record === key)) return 'refused'
    return props.view.pending > 0 ? 'waiting' : undefined
  })
  const accountName = () => {
    const found = account()
    return found === null ? '' : titleOf(found)
  }
  const isHouse = () => row().house === true
  return (
    <article aria-label={titleOf(row())}>
      <DetailTitle
        title={titleOf(row())}
        lede={[row().jobTitle, accountName()].filter(Boolean).map(String).join(' · ')}
        lead={<Avatar name={titleOf(row())} kind="person" large />}
        aside={
          <Show when={isHouse()} fallback={<SyncTag mark={mark()} inactive={row().active === false} />}>
            <Tag icon={HouseIcon}>{t('crm.house')}</Tag>
          </Show>
        }
        back={{ href: '/crm/contacts', label: t('crm.backToContacts') }}
      >
        <Show when={telHref(row().phone)}>
          {(href) => (
            <LinkButton href={href()} icon={PhoneIcon} target="_self">
              {t('crm.call')}
            </LinkButton>
          )}
        </Show>
        <Show when={mailHref(row().email)}>
          {(href) => (
            <LinkButton href={href()} icon={MailIcon} target="_self">
              {t('crm.email')}
            </LinkButton>
          )}
        </Show>
        <Show when={account()}>
          {(found) => (
            <LinkButton href={accountHref(found().id)} icon={StoreIcon}>
              {t('crm.openAccount')}
            </LinkButton>
          )}
        </Show>
      </DetailTitle>
      <PaneBody>
        <Show when={form.decision.outcome === 'denied'}>
          <div class={css.notice}>
            <Banner
              icon={LockIcon}
              action={
                <WhyLink
                  title={t('record.whyDenied')}
                  explanation={explanationOf(form.decision, {
                    action: 'edit',
                    kind: 'contact',
                    title: form.title,
                    reader: form.reader,
                  })}
                >
                  {t('record.why')}
                </WhyLink>
              }
            >
              {isHouse() ? t('crm.houseNote') : t('crm.cannotEditContact')}
            </Banner>
          </div>
        </Show>
        <Card flush label={t('crm.contact')}>
          <For each={FIELDS}>{(field) => <RecordField form={form} field={field} />}</For>
        </Card>
      </PaneBody>
    </article>
  )
}
