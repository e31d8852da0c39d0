/**
 * Validity as people write it: whole days in UTC, the last one included. Stored is an instant, `from` inclusive and
 * `until` exclusive (P5), so that the last day's instant is the midnight after it.
 */
const DAY_MS = 24 * 60 * 60 * 1000

/** `2026-03-31`, as a date field has it; empty where unset or unreadable. */
export function dayOf(instant: unknown, which: 'from' | 'until'): string {
  if (typeof instant !== 'string') return ''
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) return ''
  // The millisecond before an exclusive end belongs to the last day.
  return new Date(which === 'until' ? ms - 1 : ms).toISOString().slice(0, 10)
}

/** The instant that a day stands for; null for an empty field, undefined for what is no day. */
export function instantOf(day: string, which: 'from' | 'until'): string | null | undefined {
  const written = day.trim()
  if (written === '') return null
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return undefined
  const ms = Date.parse(`${written}T00:00:00.000Z`)
  // 31 February is parsed by some as a day in March: it must read back as it was written.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== written) return undefined
  return new Date(which === 'until' ? ms + DAY_MS : ms).toISOString()
}
