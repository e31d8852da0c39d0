/**
 * Fields to read: a label, a value, and below it what is special about it. Stands in a flush card.
 */
import { type JSX, Show } from 'solid-js'
import ClockIcon from '~icons/lucide/clock'
import LockIcon from '~icons/lucide/lock'
import { t } from '../app/i18n.ts'
import css from './FieldList.module.css'
import type { Locked } from './types.ts'
import { WhyLink } from './WhyLink.tsx'

export function FieldList(props: { readonly children: JSX.Element }): JSX.Element {
  return <dl>{props.children}</dl>
}

export interface FieldDisplayProps {
  readonly label: string
  /** Empty or absent shows "Not set". */
  readonly children?: JSX.Element
  /** Saved here and not yet answered, as a sentence. */
  readonly pending?: string | undefined
  readonly locked?: Locked | undefined
}

export function Field(props: FieldDisplayProps): JSX.Element {
  const empty = () => props.children === undefined || props.children === null || props.children === ''
  return (
    <div class={css.field} data-sync={props.pending === undefined ? undefined : 'pending'}>
      <dt>
        <Show when={props.pending}>
          <ClockIcon aria-hidden="true" />
        </Show>
        <Show when={props.locked}>
          <LockIcon aria-hidden="true" />
        </Show>
        {props.label}
      </dt>
      <dd class={css.value}>
        <Show when={!empty()} fallback={<span class={css.empty}>{t('common.notSet')}</span>}>
          {props.children}
        </Show>
      </dd>
      <Show when={props.pending}>
        <dd class={css.note}>{props.pending}</dd>
      </Show>
      <Show when={props.locked}>
        {(locked) => (
          <dd class={css.note}>
            {locked().by} <WhyLink explanation={locked()} />
          </dd>
        )}
      </Show>
    </div>
  )
}
