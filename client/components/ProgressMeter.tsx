/**
 * How far something is, with the count in words: "12,300 of 19,185 accounts". Also for how full something is.
 */
import { createUniqueId, type JSX, Show } from 'solid-js'
import { formatNumber } from '../app/format.ts'
import { t } from '../app/i18n.ts'
import css from './ProgressMeter.module.css'

export interface ProgressMeterProps {
  readonly label: string
  readonly value: number
  readonly max: number
  /** Instead of "12,300 of 19,185". */
  readonly shown?: string | undefined
  /** A meter measures what is; progress comes to an end. */
  readonly kind?: 'progress' | 'meter' | undefined
}

export function ProgressMeter(props: ProgressMeterProps): JSX.Element {
  const labelId = createUniqueId()
  const words = () =>
    props.shown ?? t('common.countOf', { count: formatNumber(props.value), total: formatNumber(props.max) })
  const share = () => (props.max > 0 ? Math.min(1, Math.max(0, props.value / props.max)) : 0)
  return (
    <div class={css.place}>
      <div class={css.words}>
        <span id={labelId}>{props.label}</span>
        <Show when={words()}>
          <small>{words()}</small>
        </Show>
      </div>
      <div
        class={css.meter}
        role={props.kind === 'meter' ? 'meter' : 'progressbar'}
        aria-labelledby={labelId}
        aria-valuemin={0}
        aria-valuemax={props.max}
        aria-valuenow={props.value}
        aria-valuetext={words()}
      >
        <i style={{ width: `${share() * 100}%` }} />
      </div>
    </div>
  )
}
