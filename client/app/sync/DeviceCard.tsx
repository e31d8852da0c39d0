/** What is on this device, how fresh it is, how long it works without the server, and whether the browser keeps it. */
import { For, type JSX, Show } from 'solid-js'
import layout from '../../styles/layout.module.css'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { ProgressMeter } from '../../components/ProgressMeter.tsx'
import { Tag } from '../../components/Tag.tsx'
import { formatAgo, formatDateTime } from '../format.ts'
import { t } from '../i18n.ts'

export interface DeviceFacts {
  /** "77 accounts", in the order to be shown. */
  readonly counts: readonly string[]
  /** Instants by this device's clock, in milliseconds. */
  readonly syncedAt: number | null
  readonly leaseEndsAt: number | null
  /** Bytes; null where the browser does not say. */
  readonly used: number | null
  readonly quota: number | null
  /** Null where the browser does not say. */
  readonly persisted: boolean | null
  readonly onKeep: () => void
}

export interface DeviceCardProps extends DeviceFacts {
  readonly now: number
  /** What the link is doing. */
  readonly words: string
  readonly state: string
  readonly reconnect: (() => void) | undefined
}

export function DeviceCard(props: DeviceCardProps): JSX.Element {
  return (
    <Card
      title={t('syncScreen.device')}
      aside={
        <Show when={props.persisted !== null}>
          <Tag tone={props.persisted ? 'allowed' : 'plain'}>
            {props.persisted ? t('syncScreen.storageKept') : t('syncScreen.storageNotKept')}
          </Tag>
        </Show>
      }
    >
      <p>{props.words}</p>
      <Show when={props.reconnect}>
        {(reconnect) => (
          <div>
            <Button onClick={() => reconnect()()}>{t('syncScreen.tryNow')}</Button>
          </div>
        )}
      </Show>
      <Show
        when={props.used !== null && props.quota !== null && props.counts.length > 0}
        fallback={
          <ul>
            <For each={props.counts}>{(count) => <li>{count}</li>}</For>
          </ul>
        }
      >
        <ProgressMeter
          kind="meter"
          label={props.counts.join(', ')}
          shown={formatBytes(props.used ?? 0)}
          value={props.used ?? 0}
          max={props.quota ?? 1}
        />
      </Show>
      <p class={layout.quiet}>
        {t('syncScreen.lastSync')}:{' '}
        {props.syncedAt === null ? t('syncScreen.never') : formatAgo(props.syncedAt, props.now)}
      </p>
      <Show when={props.leaseEndsAt}>
        {(at) => (
          <p class={layout.quiet}>
            {t('syncScreen.worksOfflineUntil', { time: formatDateTime(at(), props.now) })}
          </p>
        )}
      </Show>
      <Show when={props.persisted === false}>
        <p class={layout.quiet}>{t('syncScreen.storageHint')}</p>
        <div>
          <Button onClick={props.onKeep}>{t('syncScreen.keepStorage')}</Button>
        </div>
      </Show>
    </Card>
  )
}

function formatBytes(bytes: number): string {
  const megabytes = bytes / 1_000_000
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(megabytes)} MB`
}
