/**
 * What one worker may do to another's access and sign-in, through each of the three ways in: the link, a room, an import
 * (P15, P26). Each refusal has its twin that is merged.
 *
 * wilma manages workers and groups, and imports; beside that she holds what a rep with code 275 holds.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Write } from '../../../core/documents/author-change.ts'
import { preconfiguredGroups } from '../../../core/catalogue/preconfigured-groups.ts'
import type { RecordRef } from '../../../sync-server/storage/storage.ts'
import { always, codeOf, creation, type Harness, openOrganisation, operator, ref, worker } from './harness.ts'

const START = Date.UTC(2026, 0, 15)
const DAY = 86_400_000
const iso = (days: number) => new Date(START + days * DAY).toISOString()
const until = (days: number) => ({ from: null, until: iso(days) })
const since = (days: number) => ({ from: iso(days), until: null })
const repOf = (code: string) => ({
  accountsQueryType: 'rep',
  [`repCodes/${code}`]: true,
  'groups/sales-rep': always,
})
const manages = {
  'rights/settings.workers': true,
  'rights/settings.groups': true,
  'rights/settings.import': true,
}

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
  const verdicts = await harness.gate.submitAll(
    [
      creation('group', 'quiet', {
        code: 'quiet',
        name: 'Quiet',
        type: 'user',
        enabled: true,
        'features/crm.export': 'deny',
        'features/crm.match': 'deny',
      }),
      creation('group', 'later', { code: 'later', name: 'Later', type: 'user', enabled: true }),
      worker('wilma', { ...repOf('275'), ...manages }),
      worker('gert', { ...repOf('275'), ...manages, 'geographies/US': true }),
    ],
    { atomic: true },
  )
  expect(verdicts.map(codeOf)).toEqual(verdicts.map(() => 'merged'))
})
afterEach(() => harness.close())

async function add(id: string, fields: Record<string, Write['value']>): Promise<void> {
  const verdicts = await harness.gate.submitAll([worker(id, fields)], { atomic: true })
  expect(verdicts.map(codeOf)).toEqual(['merged'])
}

const ways = ['link', 'room', 'import'] as const

async function write(
  way: (typeof ways)[number],
  author: string,
  record: RecordRef,
  writes: readonly Write[],
): Promise<string> {
  switch (way) {
    case 'link':
      return codeOf(await (await harness.device(author)).edit(record, writes))
    case 'room': {
      const room = await harness.room(author, record)
      const act = () => {
        for (const { field, value } of writes) room.doc.getMap('fields').set(field, value)
      }
      return codeOf(await room.edit(act))
    }
    case 'import':
      return codeOf(
        await harness.write({ type: 'worker', workerId: author }, record, writes, { via: 'import' }),
      )
  }
}

describe.each(ways)('[P15] by the %s, a change is judged at every later date too', (way) => {
  const wilma = (record: RecordRef, field: string, value: Write['value']) =>
    write(way, 'wilma', record, [{ field, value }])
  const to = (id: string) => ref('worker', id)

  test('a membership that begins later', async () => {
    expect(await wilma(to('eve'), 'groups/auditor', since(30))).toBe('grants-what-author-lacks')
    expect(await wilma(to('eve'), 'groups/sales-rep', since(30))).toBe('merged')
  })

  test('the end of a membership that denies', async () => {
    await add('pia', { 'rights/crm.export': true, 'groups/quiet': always })
    await add('pat', { 'groups/quiet': always })
    expect(await wilma(to('pia'), 'groups/quiet', until(30))).toBe('grants-what-author-lacks')
    expect(await wilma(to('pat'), 'groups/quiet', until(30))).toBe('merged')
  })

  test('validity that ends later than it did, or begins at all', async () => {
    await add('pia', { accountsQueryType: 'all', 'groups/sales-manager': always, validUntil: iso(10) })
    await add('pat', { ...repOf('275'), validUntil: iso(10) })
    for (const value of [iso(20), null])
      expect(await wilma(to('pia'), 'validUntil', value)).toBe('grants-what-author-lacks')
    expect(await wilma(to('pat'), 'validUntil', iso(20))).toBe('merged')
    // Less of it is nobody's gain.
    expect(await wilma(to('pia'), 'validUntil', iso(5))).toBe('merged')
  })

  test('a group that somebody will be in only later', async () => {
    await add('pat', { 'groups/later': since(30) })
    const later = ref('group', 'later')
    expect(await wilma(later, 'features/crm.export', 'allow')).toBe('grants-what-author-lacks')
    expect(await wilma(later, 'features/crm.orders.place', 'allow')).toBe('merged')
  })

  test('what the author will hold only later is not theirs to give yet', async () => {
    await harness.write(operator, ref('worker', 'wilma'), [{ field: 'groups/auditor', value: since(30) }])
    expect(await wilma(to('eve'), 'groups/auditor', since(40))).toBe('grants-what-author-lacks')
    harness.clock.now = START + 31 * DAY
    expect(await wilma(to('eve'), 'groups/auditor', since(40))).toBe('merged')
  })
})

describe.each(ways)('[P26] by the %s, how a worker signs in', (way) => {
  const signIn: readonly Write[] = [
    { field: 'username', value: 'taken-over' },
    { field: 'email', value: 'taken.over@example.com' },
    { field: 'active', value: false },
  ]
  async function expectAll(author: string, id: string, outcome: string): Promise<void> {
    const outcomes = []
    for (const one of signIn) outcomes.push(await write(way, author, ref('worker', id), [one]))
    expect([id, ...outcomes]).toEqual([id, ...signIn.map(() => outcome)])
  }

  test('is changed by who holds all that this worker holds', async () => {
    await expectAll('wilma', 'rhea', 'merged')
  })

  test('is not changed by who lacks some of it, in rights or in scope', async () => {
    await add('pia', { ...repOf('275'), 'rights/crm.export': true })
    for (const id of ['bob', 'max', 'pia']) await expectAll('wilma', id, 'not-over-this-worker')
    for (const field of ['username', 'email']) {
      const writes = [{ field, value: 'taken-over@example.com' }]
      expect(await write(way, 'wilma', ref('worker', 'ada'), writes)).toBe('not-over-this-worker')
    }
    // Of a member of the Administrative group nobody else may switch off the login either way (P17).
    expect(await write(way, 'wilma', ref('worker', 'ada'), [{ field: 'active', value: false }])).toBe(
      'administrative-group',
    )
  })

  test('other fields are no way in', async () => {
    expect(await write(way, 'wilma', ref('worker', 'bob'), [{ field: 'phone', value: '1' }])).toBe('merged')
  })

  test('counts what the worker will hold, and what a disabled login would; what is over counts no more', async () => {
    await add('pia', { ...repOf('275'), 'groups/auditor': since(30) })
    await add('pam', { accountsQueryType: 'all', 'groups/sales-manager': always, active: false })
    await add('pat', { ...repOf('275'), 'groups/auditor': until(-1) })
    const email = [{ field: 'email', value: 'new@example.com' }]
    expect(await write(way, 'wilma', ref('worker', 'pia'), email)).toBe('not-over-this-worker')
    expect(await write(way, 'wilma', ref('worker', 'pam'), email)).toBe('not-over-this-worker')
    await expectAll('wilma', 'pat', 'merged')
  })

  test('a restricted author holds less than an unrestricted worker, and as much as a restricted one', async () => {
    await add('pat', { ...repOf('275'), 'geographies/US%2FWA': true })
    await expectAll('gert', 'rhea', 'not-over-this-worker')
    await expectAll('gert', 'pat', 'merged')
  })

  test('a mapped account is held by who reaches it by its rep codes', async () => {
    await add('pat', { accountsQueryType: 'mapped', 'mappedAccounts/oak': true, 'groups/sales-rep': always })
    await add('pia', { accountsQueryType: 'mapped', 'mappedAccounts/elm': true, 'groups/sales-rep': always })
    await expectAll('wilma', 'pia', 'not-over-this-worker')
    await expectAll('wilma', 'pat', 'merged')
  })
})

test('the groups that these tests lean on are as they were', () => {
  const allow = (code: string) => preconfiguredGroups.find((group) => group.code === code)?.allow ?? []
  expect(allow('sales-rep')).not.toContain('crm.export')
  expect(allow('auditor')).toContain('settings.audit.view')
})
