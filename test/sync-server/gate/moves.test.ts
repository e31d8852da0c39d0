/**
 * GATE 7: no author moves a record out of, or into, their own scope, nor writes what feeds scope or restrictions unless old
 * and new both lie within it; by the link, in a room and by an import. Each refusal has its twin that is merged.
 *
 * gina is a rep with code 275 who is restricted to zips of Washington that begin with 98; ivy imports with the same
 * code. oak and ash are theirs and in Seattle, fir is in New York, elm is bob's.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Write } from '../../../core/documents/author-change.ts'
import type { RecordRef } from '../../../sync-server/storage/storage.ts'
import {
  always,
  codeOf,
  creation,
  elm,
  type Harness,
  oak,
  openOrganisation,
  operator,
  ref,
  worker,
} from './harness.ts'

const ash = ref('account', 'ash')
const fir = ref('account', 'fir')
const repOf = (code: string) => ({
  accountsQueryType: 'rep',
  [`repCodes/${code}`]: true,
  'groups/sales-rep': always,
})
const seattle = { country: 'US', state: 'WA', zip: '98101' }
const theirs = { 'repCodes/275': true, ...seattle }

let harness: Harness
beforeEach(async () => {
  harness = await openOrganisation()
  const verdicts = await harness.gate.submitAll(
    [
      worker('gina', { ...repOf('275'), 'geographies/US%2FWA%2F98': true }),
      worker('ivy', { ...repOf('275'), 'rights/settings.import': true }),
      worker('wilma', {
        ...repOf('275'),
        'rights/settings.workers': true,
        'rights/settings.import': true,
      }),
      worker('omar', { accountsQueryType: 'rep', userType: 'organization' }),
      creation('account', 'ash', { name: 'Ash', ...theirs }),
      creation('account', 'fir', { name: 'Fir', ...theirs, state: 'NY', zip: '10001' }),
      creation('contact', 'cora', { accountId: 'oak', lastName: 'Cole' }),
      creation('contact', 'dora', { accountId: 'elm', lastName: 'Dunn' }),
      creation('contact', 'flo', { accountId: 'fir', lastName: 'Fay' }),
      creation('address', 'home', { accountId: 'oak', line1: 'Pine Street' }),
    ],
    { atomic: true },
  )
  expect(verdicts.map(codeOf)).toEqual(verdicts.map(() => 'merged'))
  for (const [field, value] of Object.entries(seattle)) await harness.write(operator, oak, [{ field, value }])
})
afterEach(() => harness.close())

async function byLink(author: string, record: RecordRef, ...writes: Write[]): Promise<string> {
  return codeOf(await (await harness.device(author)).edit(record, writes))
}

async function byRoom(author: string, record: RecordRef, ...writes: Write[]): Promise<string> {
  const room = await harness.room(author, record)
  const act = () => {
    for (const { field, value } of writes) room.doc.getMap('fields').set(field, value)
  }
  return codeOf(await room.edit(act))
}

async function byImport(author: string, record: RecordRef, ...writes: Write[]): Promise<string> {
  return codeOf(await harness.write({ type: 'worker', workerId: author }, record, writes, { via: 'import' }))
}

const set = (field: string, value: Write['value']): Write => ({ field, value })

describe.each([
  ['link', byLink],
  ['room', byRoom],
] as const)('[GATE 7] by the %s', (way, write) => {
  /** A room answers what cannot be read by closing, the link by a refusal. */
  const unreadable = way === 'room' ? 'unreadable' : 'not-found-or-out-of-scope'

  test('[S7] a restricted author writes a restricted attribute only within the restriction', async () => {
    expect(await write('gina', oak, set('zip', '98105'))).toBe('merged')
    for (const out of [set('zip', '10001'), set('zip', null), set('state', 'OR'), set('country', 'CA')]) {
      expect([out.field, await write('gina', oak, out)]).toEqual([out.field, 'moves-out-of-scope'])
    }
    expect(await harness.row(oak)).toMatchObject({ ...seattle, zip: '98105' })
    // Without the restriction these are fields like others.
    for (const out of [set('zip', '10001'), set('state', 'OR'), set('country', 'CA')])
      expect(await write('rhea', oak, out)).toBe('merged')
  })

  test('[S7] and fetches nothing into it', async () => {
    expect(await write('gina', fir, set('zip', '98101'), set('state', 'WA'))).toBe(unreadable)
    expect(await write('rhea', fir, set('zip', '98101'), set('state', 'WA'))).toBe('merged')
    expect(await write('gina', fir, set('zip', '98102'))).toBe('merged')
  })

  test('[S5] what hangs on an account moves between accounts of one’s own, not to or from others', async () => {
    for (const id of ['contact/cora', 'address/home'] as const) {
      const [kind, name] = id.split('/') as ['contact' | 'address', string]
      const record = ref(kind, name)
      expect([id, await write('rhea', record, set('accountId', 'ash'))]).toEqual([id, 'merged'])
      expect([id, await write('rhea', record, set('accountId', 'elm'))]).toEqual([id, 'parent-not-found'])
      expect([id, await write('rhea', record, set('accountId', 'none'))]).toEqual([id, 'parent-not-found'])
      expect([id, await write('rhea', record, set('accountId', null))]).not.toEqual([id, 'merged'])
      expect((await harness.row(record))?.accountId).toBe('ash')
      // Reached by its rep code, and taken out by the restriction all the same.
      expect([id, await write('gina', record, set('accountId', 'fir'))]).toEqual([id, 'parent-not-found'])
      expect([id, await write('gina', record, set('accountId', 'oak'))]).toEqual([id, 'merged'])
    }
    expect(await write('rhea', ref('contact', 'dora'), set('accountId', 'oak'))).toBe(unreadable)
    expect(await write('gina', ref('contact', 'flo'), set('accountId', 'oak'))).toBe(unreadable)
    expect(await write('rhea', ref('contact', 'flo'), set('accountId', 'oak'))).toBe('merged')
  })

  test('[P24] rep codes and the A_ID are the import’s, also where the record would stay in scope', async () => {
    expect(await write('rhea', oak, set('repCodes/276', true))).toBe('import-owned')
    expect(await write('rhea', oak, set('repCodes/275', null))).toBe('import-owned')
    expect(await write('rhea', oak, set('aId', 'A-9'))).toBe('import-owned')
    expect(await write('ada', oak, set('repCodes/276', true))).toBe('merged')
  })

  test('[P21] owner and territory of what is one’s own: a colleague who exists, and anything', async () => {
    expect(await write('rhea', oak, set('ownerId', 'bob'))).toBe('merged')
    expect(await write('rhea', oak, set('ownerId', 'nobody-of-that-name'))).toBe('parent-not-found')
    expect(await write('rhea', oak, set('territory', 'North'))).toBe('merged')
    expect(await write('rhea', elm, set('ownerId', 'rhea'))).toBe(unreadable)
    expect(await write('bob', elm, set('ownerId', 'rhea'))).toBe('merged')
    // An owner reaches nothing by being one: the filter alone decides (S2).
    expect(await write('rhea', elm, set('phone', '1'))).toBe(unreadable)
  })

  test('[P15] a manager, a filter and a group of a worker are changed only where nobody gains beyond the author', async () => {
    expect(await write('wilma', ref('worker', 'bob'), set('managerId', 'omar'))).toBe(
      'grants-what-author-lacks',
    )
    expect(await write('wilma', ref('worker', 'rhea'), set('managerId', 'omar'))).toBe('merged')
    expect(await write('wilma', ref('worker', 'rhea'), set('accountsQueryType', 'all'))).toBe(
      'grants-what-author-lacks',
    )
    expect(await write('wilma', ref('worker', 'rhea'), set('accountsQueryType', 'my-acct'))).toBe('merged')
    expect(await write('wilma', ref('worker', 'eve'), set('groups/sales-manager', { ...always }))).toBe(
      'grants-what-author-lacks',
    )
    expect(await write('wilma', ref('worker', 'eve'), set('groups/sales-rep', { ...always }))).toBe('merged')
    expect(await write('wilma', ref('worker', 'eve'), set('mappedAccounts/elm', true))).toBe(
      'parent-not-found',
    )
    expect(await write('wilma', ref('worker', 'eve'), set('mappedAccounts/oak', true))).toBe('merged')
    // Restrictions loosened are scope gained.
    expect(await write('wilma', ref('worker', 'gina'), set('geographies/US%2FWA%2F98', null))).toBe('merged')
  })
})

describe('[GATE 7] by an import', () => {
  test('rep codes are written, and still nothing leaves its author’s scope or comes into it', async () => {
    expect(await byImport('ivy', oak, set('repCodes/276', true))).toBe('merged')
    expect(await byImport('ivy', ash, set('repCodes/276', true), set('repCodes/275', null))).toBe(
      'moves-out-of-scope',
    )
    expect(await byImport('ivy', elm, set('repCodes/275', true))).toBe('not-found-or-out-of-scope')
    expect((await harness.row(ash))?.repCodes).toEqual(['275'])
    expect((await harness.row(elm))?.repCodes).toEqual(['276'])
    expect(await byImport('ada', ash, set('repCodes/276', true), set('repCodes/275', null))).toBe('merged')
  })

  test('a contact goes to no account that its author does not reach', async () => {
    expect(await byImport('ivy', ref('contact', 'cora'), set('accountId', 'elm'))).toBe('parent-not-found')
    expect(await byImport('ivy', ref('contact', 'dora'), set('accountId', 'oak'))).toBe(
      'not-found-or-out-of-scope',
    )
    expect(await byImport('ivy', ref('contact', 'cora'), set('accountId', 'ash'))).toBe('merged')
  })

  test('[P15] a rep code of a worker is given only by who reaches what it opens', async () => {
    expect(await byImport('wilma', ref('worker', 'rhea'), set('repCodes/276', true))).toBe(
      'grants-what-author-lacks',
    )
    expect(await byImport('wilma', ref('worker', 'eve'), set('repCodes/275', true))).toBe('merged')
  })
})
