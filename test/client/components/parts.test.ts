/** The parts' small rules that need no screen. */
import { describe, expect, test } from 'vitest'
import { formatAgo, formatCount, formatNumber } from '../../../client/app/format.ts'
import { t } from '../../../client/app/i18n.ts'
import { initials } from '../../../client/components/initials.ts'
import { parseNumber } from '../../../client/components/parse-number.ts'

describe('initials', () => {
  test.each([
    ['Bike World', 'BW'],
    ['Brakes and Gears', 'BG'],
    ['Downhill & Mountain Supply', 'DM'],
    ['José Saraiva', 'JS'],
    ['Łukasz', 'Ł'],
    ['(anonymous) shop', 'AS'],
    ['', ''],
  ])('of %o are %o', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })
})

describe('a number that was typed', () => {
  test.each([
    ['1200', 1200],
    ['1,200', 1200],
    ['1 200,50', 1200.5],
    ['12,5', 12.5],
    ['-3', -3],
    ['  ', null],
  ])('%o is %o', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  test.each(['12a', '1.2.3', '-', '1,2,3'])('%o is none', (text) => {
    expect(parseNumber(text)).toBe('not-a-number')
  })
})

describe('numbers and times in words', () => {
  const now = Date.UTC(2026, 10, 23, 12)

  test('a large number is grouped', () => {
    expect(formatNumber(19_185)).toMatch(/^19\D185$/)
  })

  test('a count picks its plural', () => {
    const texts = { one: '{count} worker', other: '{count} workers' }
    expect(formatCount(1, texts)).toBe('1 worker')
    expect(formatCount(14, texts)).toBe('14 workers')
    expect(formatCount(0, texts)).toBe('0 workers')
  })

  test('what passed is said in its largest unit, and as a day after a day', () => {
    expect(formatAgo(now - 10_000, now)).toBe('just now')
    expect(formatAgo(now - 120_000, now)).toBe('2 min')
    expect(formatAgo(now - 3 * 3_600_000, now)).toMatch(/^3 h/)
    expect(formatAgo(now - 2 * 86_400_000, now)).toBe('Saturday')
  })

  test('a text is filled in', () => {
    expect(t('sync.waiting', { count: '3' })).toBe('3 waiting')
  })
})
