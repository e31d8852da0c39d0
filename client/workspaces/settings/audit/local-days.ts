/**
 * Days as somebody means them who looks for what happened: those of this device's calendar. (When a right counts is
 * written in days of UTC: days.ts.)
 */

/** `2026-03-31`, as a date field has it. */
export function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The instant at which a day begins; undefined for an empty field. */
export function instantOf(day: string): string | undefined {
  return begins(day, 0)
}

/** The instant at which the day after begins: until there, that day included. */
export function instantAfter(day: string): string | undefined {
  return begins(day, 1)
}

/** The last day before an instant. */
export function lastDayOf(until: string): string {
  return localDay(new Date(Date.parse(until) - 1))
}

function begins(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  const at = new Date(year, month - 1, date + later)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
