/** The audit log in words: what was changed in one line, and what a field said before and after. */
import { describe, expect, test } from 'vitest'
import { shippedCatalogue } from '../../../../core/catalogue/features.ts'
import type { Kind } from '../../../../core/records/kind-spec.ts'
import type { LogChange, LogItem } from '../../../../client/workspaces/settings/audit/audit-api.ts'
import {
  instantAfter,
  instantOf,
  lastDayOf,
} from '../../../../client/workspaces/settings/audit/local-days.ts'
import {
  diffWords,
  ledeOf,
  titleOf,
  whatTitleOf,
} from '../../../../client/workspaces/settings/audit/log-words.ts'

const context = {
  nameOf: (kind: Kind, id: string) => (kind === 'worker' && id === 'max' ? 'Max Meyer' : undefined),
  catalogue: shippedCatalogue,
  now: Date.UTC(2026, 0, 15),
}

const change = (kind: Kind, field: string, old: unknown, next: unknown, creates = false): LogChange => ({
  record: { kind, id: 'one', title: 'Oak Ltd' },
  creates,
  field,
  label: field,
  old,
  new: next,
})

const item = (more: Partial<LogItem>): LogItem => ({
  type: 'changes',
  id: 'set',
  at: '2026-01-15T12:00:00.000Z',
  deviceAt: null,
  actor: { id: 'ada', name: 'Ada Adams' },
  surface: 'screen',
  device: null,
  touched: null,
  undoes: null,
  undoneBy: null,
  records: 1,
  changeCount: 1,
  isAtLeast: false,
  changes: [change('account', 'phone', null, '1')],
  more: false,
  ...more,
})

describe('a change set in one line', () => {
  test.each<[Partial<LogItem>, string, string]>([
    [{}, 'Oak Ltd', 'Ada Adams · phone'],
    [{ changeCount: 3, records: 2 }, 'Oak Ltd and 1 more', 'Ada Adams · 3 changes'],
    [
      { surface: 'import', records: 20_000, changeCount: 40_000 },
      'Oak Ltd and 19,999 more',
      'Ada Adams · 40,000 changes · Import',
    ],
    [
      { records: 2_000, changeCount: 2_500, isAtLeast: true },
      'Oak Ltd and many more',
      'Ada Adams · 2,500 changes or more',
    ],
    [{ actor: null, surface: 'command-line' }, 'Oak Ltd', 'Command line · phone'],
    [
      {
        changeCount: 2,
        changes: [
          change('account', 'name', null, 'Oak Ltd', true),
          change('account', 'phone', null, '1', true),
        ],
      },
      'Oak Ltd',
      'Ada Adams · New account',
    ],
  ])('%o', (more, title, lede) => {
    expect([titleOf(item(more)), ledeOf(item(more))]).toEqual([title, lede])
  })

  test('in the history of one record, what and in how many others', () => {
    expect(whatTitleOf(item({ changeCount: 3, records: 2 }))).toBe('3 changes in 2 records')
  })
})

describe('before and after', () => {
  test.each<[string, LogChange, string | undefined, string]>([
    ['a feature of a group', change('group', 'features/crm.export', null, 'deny'), 'Inherit', 'Deny'],
    ['a right given', change('worker', 'rights/crm.export', null, true), undefined, 'Added'],
    ['a rep code taken', change('account', 'repCodes/275', true, null), undefined, 'Taken away'],
    [
      'a membership',
      change('worker', 'groups/north', null, { from: null, until: null }),
      'Not a member',
      'Always',
    ],
    ['a manager, by name', change('worker', 'managerId', null, 'max'), 'Empty', 'Max Meyer'],
    ['a switch', change('account', 'active', true, false), 'Yes', 'No'],
    ['a field of a new record', change('account', 'phone', null, '1', true), undefined, '1'],
    ['a long text', change('account', 'text:notes', 'one', 'two'), 'one', 'two'],
  ])('%s', (_what, shown, was, now) => {
    expect(diffWords(shown, context)).toEqual({ was, now })
  })
})

test('days of a filter are whole days of this device, the last one included', () => {
  const [from, after] = [instantOf('2026-03-01'), instantAfter('2026-03-31')]
  expect(new Date(from ?? '')).toEqual(new Date(2026, 2, 1))
  expect(new Date(after ?? '')).toEqual(new Date(2026, 3, 1))
  expect(lastDayOf(after ?? '')).toBe('2026-03-31')
  expect([instantOf(''), instantAfter('never')]).toEqual([undefined, undefined])
})
