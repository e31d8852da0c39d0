/** One device of a worker: what it is, what it holds and has not sent, and what becomes of it. */
import { type JSX, Show } from 'solid-js'
import EraserIcon from '~icons/lucide/eraser'
import { formatAgo, formatCount, formatDateTime } from '../format.ts'
import { t } from '../i18n.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { Field, FieldList } from '../../components/FieldList.tsx'
import { Tag } from '../../components/Tag.tsx'
import type { WorkerDevice } from './worker-logins.ts'
import css from './logins.module.css'

export interface DeviceCardProps {
  readonly device: WorkerDevice
  readonly now: number
  /** Why it may not be wiped. */
  readonly denied: string | undefined
  readonly onWipe: () => void
}

export function DeviceCard(props: DeviceCardProps): JSX.Element {
  const asked = () => props.device.wipe
  return (
    <Card
      title={labelOf(props.device)}
      aside={
        <Show
          when={asked()}
          fallback={
            <Show when={props.device.isThis}>
              <Tag tone="allowed">{t('logins.thisDevice')}</Tag>
            </Show>
          }
        >
          <Tag tone="pending">{t('logins.wipeAsked')}</Tag>
        </Show>
      }
      flush
    >
      <Show when={asked()}>
        {(wipe) => (
          <p class={css.note}>
            {t('logins.wipeAskedNote', {
              when: formatDateTime(wipe().askedAt, props.now),
              by: wipe().by ?? t('logins.somebody'),
            })}
          </p>
        )}
      </Show>
      <p class={css.note}>
        {t(props.device.sessions > 0 ? 'logins.seenIn' : 'logins.seenOut', {
          ago: formatAgo(props.device.lastSeen, props.now),
        })}
      </p>
      <FieldList>
        <Field label={t('logins.holds')}>{heldWords(props.device)}</Field>
        <Field label={t('logins.unsent')}>
          {props.device.unsent > 0
            ? formatCount(props.device.unsent, t('logins.unsentCount'))
            : t('logins.unsentNone')}
        </Field>
        <Field label={t('logins.shownUntil')}>{formatDateTime(props.device.leaseEnds, props.now)}</Field>
      </FieldList>
      <Show when={asked() === null && !props.device.isThis}>
        <div class={css.actions}>
          <Button icon={EraserIcon} denied={props.denied} onClick={() => props.onWipe()}>
            {t('logins.wipe')}
          </Button>
        </div>
      </Show>
    </Card>
  )
}

/** What it calls itself: shown as a name, and believed no further. */
export function labelOf({ label }: Pick<WorkerDevice, 'label'>): string {
  return label ?? t('logins.unnamed')
}

function heldWords({ records, behind }: WorkerDevice): string {
  if (records === null || behind === null) return t('logins.holdsNothing')
  const about = formatCount(records, t('logins.aboutRecords'))
  return `${about}, ${behind === 0 ? t('logins.upToDate') : formatCount(behind, t('logins.behind'))}`
}
