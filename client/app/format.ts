/**
 * Numbers, dates and counts in the reader's language, by `Intl`. The clock is handed in, as everywhere.
 */
import { t } from './i18n.ts'

/** The document's language, in the reader's own variety of it: "en-GB" where the texts are "en". */
function locale(): string | undefined {
  const language = globalThis.document?.documentElement.lang || 'en'
  return globalThis.navigator?.languages?.find((own) => own.startsWith(language)) ?? language
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** 19185 as "19,185". */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** One of two texts by the language's own rule; `{count}` in it becomes the formatted number. */
export function formatCount(count: number, texts: { readonly one: string; readonly other: string }): string {
  const rule = new Intl.PluralRules(locale()).select(count)
  return (rule === 'one' ? texts.one : texts.other).replace('{count}', formatNumber(count))
}

/** "just now", "2 min", "3 hr", then the day: short enough to stand at the end of a row. */
export function formatAgo(at: number, now: number): string {
  const passed = now - at
  if (passed < MINUTE_MS) return t('common.justNow')
  if (passed < HOUR_MS) return formatUnit(Math.floor(passed / MINUTE_MS), 'minute')
  if (passed < DAY_MS) return formatUnit(Math.floor(passed / HOUR_MS), 'hour')
  return formatDay(at, now)
}

/** "Monday" within a week, else "12 Mar", with the year when it is another one. */
export function formatDay(at: number, now: number): string {
  const date = new Date(at)
  if (Math.abs(now - at) < 6 * DAY_MS) {
    return new Intl.DateTimeFormat(locale(), { weekday: 'long' }).format(date)
  }
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  const year = sameYear ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', ...year }).format(date)
}

/** "14:02": 24 hours, which nobody misreads in a sentence about who was first. */
export function formatTime(at: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(at),
  )
}

/** "12 Mar, 14:02": for histories and refusals, where both matter. */
export function formatDateTime(at: number, now: number): string {
  return `${formatDay(at, now)}, ${formatTime(at)}`
}

function formatUnit(value: number, unit: 'minute' | 'hour'): string {
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}
