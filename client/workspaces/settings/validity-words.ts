/** "Until 31 Mar": when a membership counts, in words. */
import { formatDay } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'
import { dayOf } from './days.ts'
import type { Validity } from './ValiditySheet.tsx'

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
