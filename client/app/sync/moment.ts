/** An instant inside a sentence: "at 10:15" today, "on Monday, 10:15" before. */
import { formatDay, formatTime } from '../format.ts'
import { t } from '../i18n.ts'

export function moment(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  const time = formatTime(at)
  return isToday
    ? t('syncScreen.momentToday', { time })
    : t('syncScreen.moment', { day: formatDay(at, now), time })
}
