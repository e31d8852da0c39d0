import { describe, expect, test } from 'vitest'
import { dayOf, instantOf } from '../../../../client/workspaces/settings/days.ts'
import { isLater, validityState } from '../../../../client/workspaces/settings/validity-words.ts'

describe('[P5] validity as days', () => {
  test('the first day begins at its midnight, the last one ends at the next', () => {
    expect(instantOf('2026-03-31', 'from')).toBe('2026-03-31T00:00:00.000Z')
    expect(instantOf('2026-03-31', 'until')).toBe('2026-04-01T00:00:00.000Z')
  })

  test('each reads back as it was written', () => {
    for (const which of ['from', 'until'] as const) {
      expect(dayOf(instantOf('2028-02-29', which), which)).toBe('2028-02-29')
    }
  })

  test('an end within a day, as an import writes it, shows that day', () => {
    expect(dayOf('2026-03-31T17:00:00.000Z', 'until')).toBe('2026-03-31')
  })

  test('an empty field is no limit, and what is no day is told apart from it', () => {
    expect(instantOf(' ', 'from')).toBeNull()
    for (const written of ['31.03.2026', '2026-02-30', 'tomorrow']) {
      expect(instantOf(written, 'from')).toBeUndefined()
    }
  })
})

describe('a membership in time', () => {
  const now = Date.parse('2026-03-31T12:00:00.000Z')
  const from = '2026-03-31T12:00:00.000Z'
  const until = '2026-03-31T12:00:00.000Z'

  test('[P5] its beginning counts, its end does not', () => {
    expect(validityState({ from, until: null }, now)).toBe('now')
    expect(validityState({ from, until: null }, now - 1)).toBe('not-yet')
    expect(validityState({ from: null, until }, now)).toBe('over')
    expect(validityState({ from: null, until }, now - 1)).toBe('now')
  })

  test('what begins or ends later is said to be outside the numbers', () => {
    expect(isLater({ from: null, until }, now - 1)).toBe(true)
    expect(isLater({ from: null, until }, now)).toBe(false)
    expect(isLater('2026-04-01T00:00:00.000Z', now)).toBe(true)
    expect(isLater('deny', now)).toBe(false)
  })
})
