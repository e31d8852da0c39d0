/**
 * Sync is a whisper: the one element with role `status`, in the shell, that leads to /sync.
 */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import CheckIcon from '~icons/lucide/check'
import ClockIcon from '~icons/lucide/clock'
import CloudIcon from '~icons/lucide/cloud'
import ReceivingIcon from '~icons/lucide/cloud-download'
import OfflineIcon from '~icons/lucide/cloud-off'
import CrossIcon from '~icons/lucide/x'
import { formatNumber } from '../app/format.ts'
import { t } from '../app/i18n.ts'
import css from './SyncPill.module.css'
import type { IconComponent, SyncState, SyncStatus } from './types.ts'

export type { SyncState, SyncStatus } from './types.ts'

export interface SyncPillProps extends SyncStatus {
  readonly href: string
  /** Icon above the words, for the rail. */
  readonly stacked?: boolean | undefined
}

export function SyncPill(props: SyncPillProps): JSX.Element {
  const waitingOffline = () => props.state === 'offline' && (props.count ?? 0) > 0
  return (
    <div role="status" class={css.place} data-sync={props.state}>
      <a
        href={props.href}
        class={css.pill}
        data-tone={waitingOffline() ? 'pending' : TONE_BY_STATE[props.state]}
        data-stacked={props.stacked ? '' : undefined}
      >
        <Dynamic component={ICON_BY_STATE[props.state]} aria-hidden="true" />
        <span>{syncWords(props)}</span>
        <Show when={waitingOffline()}>
          <span>{t('sync.waiting', { count: formatNumber(props.count ?? 0) })}</span>
        </Show>
      </a>
    </div>
  )
}

/** The words for a state: "3 waiting". */
export function syncWords(status: SyncStatus): string {
  const count = formatNumber(status.count ?? 0)
  switch (status.state) {
    case 'connecting':
      return t('sync.connecting')
    case 'receiving':
      return t('sync.receiving')
    case 'saved-here':
      return t('sync.savedHere')
    case 'waiting':
      return t('sync.waiting', { count })
    case 'merged':
      return t('sync.merged')
    case 'refused':
      return t('sync.refused', { count })
    case 'offline':
      return t('sync.offline')
  }
}

const TONE_BY_STATE: Record<SyncState, 'plain' | 'pending' | 'merged' | 'refused'> = {
  connecting: 'plain',
  receiving: 'plain',
  'saved-here': 'plain',
  waiting: 'pending',
  merged: 'merged',
  refused: 'refused',
  offline: 'plain',
}

const ICON_BY_STATE: Record<SyncState, IconComponent> = {
  connecting: CloudIcon,
  receiving: ReceivingIcon,
  'saved-here': CheckIcon,
  waiting: ClockIcon,
  merged: CheckIcon,
  refused: CrossIcon,
  offline: OfflineIcon,
}
