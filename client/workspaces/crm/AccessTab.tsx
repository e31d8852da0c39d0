/**
 * Why the reader sees this account and what they may do, answered on this device; who else sees it, asked of the
 * server: a rep's device does not hold everybody's rights.
 */
import { createResource, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import AskIcon from '~icons/lucide/circle-question-mark'
import type { Decision } from '../../../core/access/types.ts'
import { usePortal } from '../../app/context.tsx'
import { formatCount } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Tag } from '../../components/Tag.tsx'
import { WhyLink } from '../../components/WhyLink.tsx'
import { WhyNot } from '../../components/WhyNot.tsx'
import layout from '../../styles/layout.module.css'
import { explanationOf, whySeen } from '../record/why.ts'
import { AskSheet } from '../settings/explain/AskSheet.tsx'
import css from './OverviewTab.module.css'
import { type Person, whoCanSee } from './who-can-see.ts'

export interface AccessTabProps {
  readonly accountId: string
  readonly title: string
  readonly reader: string
  readonly online: boolean
  readonly view: Decision
  readonly edit: Decision
  readonly addContact: Decision
  readonly addAddress: Decision
}

export function AccessTab(props: AccessTabProps): JSX.Element {
  const context = () => ({ kind: 'account' as const, title: props.title, reader: props.reader })
  return (
    <div class={layout.columns}>
      <Card title={t('crm.whyYou')}>
        <WhyNot {...whySeen(props.view, { ...context(), action: 'view' })} />
      </Card>
      <div class={layout.stack}>
        <Card title={t('crm.youMay')}>
          <ul>
            <May
              label={t('crm.mayView')}
              decision={props.view}
              why={explanationOf(props.view, { ...context(), action: 'view' })}
            />
            <May
              label={t('crm.mayEdit')}
              decision={props.edit}
              why={explanationOf(props.edit, { ...context(), action: 'edit' })}
            />
            <May
              label={t('crm.mayAddContact')}
              decision={props.addContact}
              why={explanationOf(props.addContact, {
                action: 'create',
                kind: 'contact',
                reader: props.reader,
              })}
            />
            <May
              label={t('crm.mayAddAddress')}
              decision={props.addAddress}
              why={explanationOf(props.addAddress, {
                action: 'create',
                kind: 'address',
                reader: props.reader,
              })}
            />
          </ul>
        </Card>
        <WhoCard accountId={props.accountId} online={props.online} />
        <AskElse accountId={props.accountId} />
      </div>
    </div>
  )
}

/** For who holds everybody's rights on this device: the same questions about somebody else. */
function AskElse(props: { readonly accountId: string }): JSX.Element {
  const portal = usePortal()
  const [asking, setAsking] = createSignal(false)
  return (
    <Show when={portal.directory()}>
      {(directory) => (
        <div>
          <Button icon={AskIcon} onClick={() => setAsking(true)}>
            {t('explain.askElse')}
          </Button>
          <AskSheet
            open={asking()}
            onClose={() => setAsking(false)}
            directory={directory()}
            now={Date.now() + (portal.device()?.clockAheadMs ?? 0)}
            workerId={null}
            accountId={props.accountId}
          />
        </div>
      )}
    </Show>
  )
}

function May(props: {
  readonly label: string
  readonly decision: Decision
  readonly why: ReturnType<typeof explanationOf>
}): JSX.Element {
  const isAllowed = () => props.decision.outcome === 'allowed'
  return (
    <li class={css.verdict}>
      <span class={layout.grow}>{props.label}</span>
      <WhyLink explanation={props.why} title={props.label}>
        {t('record.why')}
      </WhyLink>
      <Tag tone={isAllowed() ? 'allowed' : 'denied'}>{isAllowed() ? t('crm.allowed') : t('crm.denied')}</Tag>
    </li>
  )
}

/** Names shown before the reader asks for all of them. */
const NAMES_FIRST = 12

function WhoCard(props: { readonly accountId: string; readonly online: boolean }): JSX.Element {
  const [asked, { refetch }] = createResource(
    () => (props.online ? props.accountId : null),
    (id) => whoCanSee(id),
  )
  const people = (): readonly Person[] | undefined => {
    const answer = asked.state === 'ready' ? asked() : undefined
    return answer?.type === 'people' ? answer.people : undefined
  }
  return (
    <Card title={t('crm.whoTitle')}>
      <Switch>
        <Match when={people()}>{(found) => <People people={found()} />}</Match>
        <Match when={!props.online}>
          <p class={layout.quiet}>{t('crm.whoOffline')}</p>
        </Match>
        <Match when={asked.loading}>
          <p class={layout.quiet}>{t('crm.whoAsking')}</p>
        </Match>
        <Match when={true}>
          <p class={layout.quiet}>{t('crm.whoFailed')}</p>
          <div>
            <Button onClick={() => void refetch()}>{t('crm.whoAsk')}</Button>
          </div>
        </Match>
      </Switch>
    </Card>
  )
}

function People(props: { readonly people: readonly Person[] }): JSX.Element {
  const [all, setAll] = createSignal(false)
  const shown = () => (all() ? props.people : props.people.slice(0, NAMES_FIRST))
  const rest = () => props.people.length - shown().length
  return (
    <>
      <p>{formatCount(props.people.length, t('crm.whoCount'))}</p>
      <ul class={css.names}>
        <For each={shown()}>
          {(person) => (
            <li>
              {person.name}
              <Show when={scopeClause(person)}>{(clause) => <small>{clause()}</small>}</Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={rest() > 0}>
        <div class={layout.line}>
          <span class={`${layout.grow} ${layout.quiet}`}>{formatCount(rest(), t('crm.whoMore'))}</span>
          <Button kind="quiet" onClick={() => setAll(true)}>
            {t('crm.whoAll')}
          </Button>
        </div>
      </Show>
    </>
  )
}

/** Which accounts they reach, and why: the last rule that had to agree. That they may see accounts at all is no news. */
function scopeClause({ through }: Person): string | undefined {
  const clause = through?.at(-1)
  return clause === undefined ? undefined : clause.charAt(0).toLocaleUpperCase() + clause.slice(1)
}
