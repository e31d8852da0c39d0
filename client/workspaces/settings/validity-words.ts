/** When a membership counts: read from its field, and in words. */
import { formatDay } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'
import { dayOf } from './days.ts'
import type { FieldValue } from '../../../core/records/kind-spec.ts'

/** Instants, or null for none. */
export interface Validity {
  readonly from: string | null
  readonly until: string | null
}

/** As it is stored under `groups/<id>`; what is missing is not limited. */
export function validityOf(value: FieldValue): Validity {
  if (typeof value !== 'object' || value === null) return { from: null, until: null }
  return { from: text(value['from']), until: text(value['until']) }
}

/** Whether a value, an instant or a validity, speaks of a time to come. */
export function isLater(value: FieldValue, now: number): boolean {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}T/.test(value) && Date.parse(value) > now
  const { from, until } = validityOf(value)
  return [from, until].some((instant) => instant !== null && Date.parse(instant) > now)
}

/** "Until 31 Mar". */
export function validityWords({ from, until }: Validity, now: number): string {
  const first = dayWords(dayOf(from, 'from'), now)
  const last = dayWords(dayOf(until, 'until'), now)
  if (first !== '' && last !== '') return t('settings.fromUntil', { from: first, until: last })
  if (first !== '') return t('settings.fromDay', { from: first })
  return last === '' ? t('settings.always') : t('settings.untilDay', { until: last })
}

/** Whether it counts now: not yet, over, or neither. */
export function validityState({ from, until }: Validity, now: number): 'not-yet' | 'over' | 'now' {
  if (from !== null && Date.parse(from) > now) return 'not-yet'
  return until !== null && Date.parse(until) <= now ? 'over' : 'now'
}

/** Days are days in UTC: noon is on the same day nearly everywhere. */
function dayWords(day: string, now: number): string {
  return day === '' ? '' : formatDay(Date.parse(`${day}T12:00:00Z`), now)
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
