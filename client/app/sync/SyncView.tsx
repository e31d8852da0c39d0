/**
 * The sync centre: what was refused, where two people met, what waits, and what this device holds. Views only: rows
 * and actions are handed in.
 */
import { For, type JSX, Show } from 'solid-js'
import CheckIcon from '~icons/lucide/check'
import layout from '../../styles/layout.module.css'
import { Card } from '../../components/Card.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { syncWords, type SyncStatus } from '../../components/SyncPill.tsx'
import { Tag } from '../../components/Tag.tsx'
import type { LinkStatus, OutboxEntry, QuarantineEntry, StoredConflict } from '../../replica/stored.ts'
import { formatAgo, formatCount } from '../format.ts'
import { t } from '../i18n.ts'
import { AnsweredCard } from './AnsweredCard.tsx'
import { ConflictCard, type ConflictActions } from './ConflictCard.tsx'
import { DeviceCard, type DeviceFacts } from './DeviceCard.tsx'
import { RefusedCard, type RefusedActions } from './RefusedCard.tsx'
import { changesByField, fieldLabelOf, kindLabel } from './change-words.ts'

export interface SyncViewProps {
  readonly status: SyncStatus
  readonly link: LinkStatus
  readonly now: number
  readonly outbox: readonly OutboxEntry[]
  readonly quarantine: readonly QuarantineEntry[]
  /** Refused edits that a reviewer has answered. */
  readonly answered: readonly QuarantineEntry[]
  readonly conflicts: readonly StoredConflict[]
  /** All three have been read. */
  readonly ready: boolean
  readonly device: DeviceFacts | undefined
  /** The name of whose device this is. */
  readonly reader: string
  readonly titleOf: (record: string) => string
  readonly nameOf: (record: string) => string | undefined
  readonly refused: RefusedActions
  readonly conflict: ConflictActions
  readonly onRead: (entry: QuarantineEntry) => Promise<void>
  /** What others were refused, for who may review it. */
  readonly review?: JSX.Element
  readonly onReconnect: () => void
}

export function SyncView(props: SyncViewProps): JSX.Element {
  const isEmpty = () =>
    [props.outbox, props.quarantine, props.answered, props.conflicts].every((list) => list.length === 0)
  return (
    <>
      <Show when={props.ready && isEmpty()}>
        <Card flush label={t('syncScreen.allClear')}>
          <EmptyState icon={CheckIcon} title={t('syncScreen.allClear')}>
            {t('syncScreen.allClearText')}
          </EmptyState>
        </Card>
      </Show>
      <Show when={!isEmpty()}>
        <Mine {...props} />
      </Show>
      {props.review}
      <div class={layout.columns}>
        <Show when={props.device}>
          {(device) => (
            <DeviceCard
              {...device()}
              now={props.now}
              words={linkWords(props.link)}
              state={syncWords(props.status)}
              reconnect={props.link.type === 'offline' ? props.onReconnect : undefined}
            />
          )}
        </Show>
      </div>
    </>
  )
}

/** What the reader wrote here: refused, answered, met by another's, waiting. */
function Mine(props: SyncViewProps): JSX.Element {
  return (
    <div class={layout.columns}>
      <For each={props.quarantine}>
        {(entry) => <RefusedCard entry={entry} now={props.now} nameOf={props.nameOf} {...props.refused} />}
      </For>
      <For each={props.answered}>
        {(entry) => <AnsweredCard entry={entry} nameOf={props.nameOf} onRead={props.onRead} />}
      </For>
      <For each={props.conflicts}>
        {(conflict) => (
          <ConflictCard
            conflict={conflict}
            now={props.now}
            reader={props.reader}
            titleOf={props.titleOf}
            nameOf={props.nameOf}
            {...props.conflict}
          />
        )}
      </For>
      <Show when={props.outbox.length > 0}>
        <WaitingCard {...props} />
      </Show>
    </div>
  )
}

/** What the link is doing, as a sentence. */
function linkWords(link: LinkStatus): string {
  switch (link.type) {
    case 'live':
      return t('syncScreen.live')
    case 'connecting':
      return t('syncScreen.connecting')
    case 'first-sync':
      return t('syncScreen.firstSync')
    case 'offline':
      return t('syncScreen.offline')
    case 'session-ended':
      return t('syncScreen.sessionEnded')
    case 'update-needed':
      return t('syncScreen.updateNeeded')
  }
}

function WaitingCard(
  props: Pick<SyncViewProps, 'outbox' | 'now' | 'link' | 'titleOf' | 'nameOf'>,
): JSX.Element {
  const when = () => {
    if (props.link.type === 'session-ended') return t('syncScreen.waitingSignedOut')
    return props.link.type === 'live' ? t('syncScreen.waitingOnline') : t('syncScreen.waitingOffline')
  }
  return (
    <Card
      title={formatCount(props.outbox.length, t('syncScreen.waitingTitle'))}
      lead={<Tag tone="pending">{t('syncScreen.waiting')}</Tag>}
    >
      <p class={layout.quiet}>{when()}</p>
      <ul class={layout.stack}>
        <For each={props.outbox}>
          {(entry) => (
            <li class={layout.stackSmall}>
              <div class={layout.line}>
                <b class={layout.grow}>{props.titleOf(entry.record)}</b>
                <small>{formatAgo(entry.writtenAt, props.now)}</small>
              </div>
              <Show
                when={!entry.creates}
                fallback={
                  <span class={layout.quiet}>{t('syncScreen.isNew', { kind: kindLabel(entry.record) })}</span>
                }
              >
                <For each={changesByField(entry.record, entry.changes, props.nameOf)}>
                  {(change) => (
                    <span class={layout.quiet}>
                      {fieldLabelOf(entry.record, change.field)}:{' '}
                      <del>{change.was || t('syncScreen.empty')}</del> →{' '}
                      <ins>{change.now || t('syncScreen.empty')}</ins>
                    </span>
                  )}
                </For>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Card>
  )
}
