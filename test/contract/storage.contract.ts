/**
 * What every storage adapter must do, whatever lies underneath. An adapter's test names it and hands in `open`.
 *
 * `open` gives an empty store that is closed and removed after the test; `reopen` closes it and opens what it left.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SESSION_DRAINS_MS } from '../../core/protocol/limits.ts'
import { foldWords } from '../../core/records/fold.ts'
import type { AccessQuery, QuarantineEntry, Reach, Storage } from '../../sync-server/storage/storage.ts'
import { describeChangeSets } from './change-sets.contract.ts'
import { commitOf, emptyCommit, sampleEntry, sampleRecord } from './sample-records.ts'

export interface StorageUnderTest {
  open(): Promise<Storage>
  reopen(storage: Storage): Promise<Storage>
  remove(storage: Storage): Promise<void>
}

const everything: Reach = { type: 'everything' }
const under = (...keys: string[]): Reach => ({ type: 'keys', keys })

export function describeStorage(name: string, adapter: StorageUnderTest): void {
  describe(`storage contract: ${name}`, () => {
    let storage: Storage
    beforeEach(async () => {
      storage = await adapter.open()
    })
    afterEach(() => adapter.remove(storage))

    describeChangeSets(() => storage)

    const account = (
      id: string,
      seq: number,
      fields: Record<string, unknown>,
      keys: readonly string[] = [`account:${id}`],
    ) => sampleRecord('account', id, seq, fields, keys)

    const titles = async (reach: Reach, query = '', limit = 10) =>
      (await storage.list({ kind: 'account', reach, words: foldWords(query), limit, cursor: null })).rows.map(
        (row) => row.name,
      )

    describe('records', () => {
      test('a committed record is loaded as it was committed, and after reopening too', async () => {
        const record = account('a1', 1, { name: 'Åse & Söner', repCodes: ['007'] }, ['account:a1', 'rep:007'])
        await storage.commit(commitOf([record]))
        const loaded = async () =>
          (await storage.load([record, { kind: 'account', id: 'none' }])).get('account/a1')
        expect(await loaded()).toEqual(record)
        storage = await adapter.reopen(storage)
        expect(await loaded()).toEqual(record)
        expect((await storage.load([{ kind: 'contact', id: 'a1' }])).size).toBe(0)
      })

      test('a derived record without bytes keeps null', async () => {
        const record = { ...sampleRecord('colleague', 'w1', 1, { name: 'Rhea' }), state: null }
        await storage.commit(commitOf([record]))
        expect((await storage.load([record])).get('colleague/w1')?.state).toBeNull()
      })

      test('a second commit of a record replaces row, bytes, keys, words and values', async () => {
        await storage.commit(commitOf([account('a1', 1, { name: 'Old Name', aId: 'AW1' }, ['rep:1'])]))
        const next = account('a1', 2, { name: 'New Name', aId: 'AW2' }, ['rep:2'])
        await storage.commit(commitOf([next]))
        expect((await storage.load([next])).get('account/a1')).toEqual(next)
        expect(await titles(under('rep:1'))).toEqual([])
        expect(await titles(under('rep:2'))).toEqual(['New Name'])
        expect(await titles(everything, 'old')).toEqual([])
        expect(await titles(everything, 'new')).toEqual(['New Name'])
        const ids = await storage.idsByValue('account', 'aId', ['AW1', 'AW2'])
        expect([...ids]).toEqual([['aw2', ['a1']]])
        expect(await storage.count('account', everything)).toBe(1)
      })

      test('one record twice in a commit ends as the later of the two', async () => {
        const first = account('a1', 1, { name: 'First' })
        const second = account('a1', 2, { name: 'Second' })
        await storage.commit(commitOf([first, second]))
        expect(await titles(everything)).toEqual(['Second'])
        expect(await storage.count('account', everything)).toBe(1)
      })

      test('all rows of a kind, and no other kind', async () => {
        await storage.commit(
          commitOf([
            sampleRecord('group', 'sales-rep', 1, { code: 'sales-rep' }),
            sampleRecord('worker', 'w1', 2, { username: 'rhea' }),
            sampleRecord('group', 'auditor', 3, { code: 'auditor' }),
          ]),
        )
        expect((await storage.allRows('group')).map((row) => row.id).sort()).toEqual(['auditor', 'sales-rep'])
      })

      test('ids by value fold case and normal form, and leave out values that nobody has', async () => {
        await storage.commit(
          commitOf([
            sampleRecord('worker', 'w1', 1, { username: 'Renée' }),
            sampleRecord('worker', 'w2', 2, { username: 'max' }),
            sampleRecord('worker', 'w3', 3, { username: null }),
          ]),
        )
        const found = await storage.idsByValue('worker', 'username', ['RENE\u0301E', 'MAX', 'eve', ''])
        expect([...found].sort()).toEqual([
          ['max', ['w2']],
          ['renée', ['w1']],
        ])
        expect((await storage.idsByValue('contact', 'username', ['max'])).size).toBe(0)
      })

      test('an address is found by its id although ids of addresses may repeat', async () => {
        const address = (id: string, seq: number) => sampleRecord('address', id, seq, { externalId: '975' })
        await storage.commit(commitOf([address('x1', 1), address('x2', 2)]))
        const found = await storage.idsByValue('address', 'externalId', ['975'])
        expect(found.get('975')).toEqual(['x1', 'x2'])
      })

      test('[S6] the dependants of an account are those under its key, of the kinds asked for', async () => {
        await storage.commit(
          commitOf([
            account('a1', 1, { name: 'One' }, ['account:a1']),
            sampleRecord('contact', 'c1', 2, { accountId: 'a1' }, ['account:a1', 'rep:1']),
            sampleRecord('address', 'd1', 3, { accountId: 'a1' }, ['account:a1']),
            sampleRecord('contact', 'c2', 4, { accountId: 'a2' }, ['account:a2', 'rep:1']),
          ]),
        )
        const found = await storage.recordsUnder('account:a1', ['contact', 'address'])
        expect(found.map(({ id }) => id).sort()).toEqual(['c1', 'd1'])
        expect(found.find(({ id }) => id === 'c1')?.keys).toEqual(['account:a1', 'rep:1'])
        expect(await storage.recordsUnder('account:a9', ['contact'])).toEqual([])
      })
    })

    describe('commit', () => {
      test('[D19] a commit that fails leaves nothing of itself', async () => {
        await storage.commit(commitOf([account('a1', 1, { name: 'Stays' })]))
        const lease = { clientId: 7, workerId: 'rhea', deviceId: 'd1', burnt: false }
        const broken = commitOf(
          [account('a1', 2, { name: 'Lost' }), account('a2', 3, { name: 'Lost too' })],
          {
            // Journal numbers are given once: the second entry with number 1 fails the whole.
            journal: [sampleEntry(account('a1', 2, {})), sampleEntry(account('a2', 1, {}))],
            leases: [lease],
          },
        )
        await expect(storage.commit(broken)).rejects.toThrow()
        expect(await titles(everything)).toEqual(['Stays'])
        expect(await titles(everything, 'lost')).toEqual([])
        expect(await storage.count('account', everything)).toBe(1)
        expect((await storage.leases([7])).size).toBe(0)
        expect((await storage.head()).number).toBe(1)
        await storage.commit(commitOf([account('a2', 2, { name: 'Next' })]))
        expect(await titles(everything)).toEqual(['Next', 'Stays'])
      })

      test('an empty commit changes nothing', async () => {
        await storage.commit(emptyCommit)
        expect(await storage.head()).toEqual({ number: 0, chain: '' })
      })

      test('a large commit of many kinds is one commit', async () => {
        const records = Array.from({ length: 3_000 }, (_, index) =>
          index % 3 === 0
            ? account(`a${index}`, index + 1, { name: `Account ${index}` }, [`rep:${index % 10}`])
            : sampleRecord('contact', `c${index}`, index + 1, { lastName: `Name ${index}` }, [
                `rep:${index % 10}`,
              ]),
        )
        await storage.commit(commitOf(records))
        expect((await storage.head()).number).toBe(3_000)
        expect(await storage.count('account', everything)).toBe(1_000)
        expect(await storage.count('contact', under('rep:1', 'rep:2'))).toBe(
          records.filter(({ kind, keys }) => kind === 'contact' && /[12]$/.test(keys[0] ?? '')).length,
        )
      })
    })

    describe('lists', () => {
      test('everything comes by folded title, page after page, each once', async () => {
        const names = ['beta', 'Álpha', 'Gamma', 'alpha', 'delta', 'Beta', 'epsilon']
        await storage.commit(commitOf(names.map((name, index) => account(`a${index}`, index + 1, { name }))))
        const seen: unknown[] = []
        let cursor: string | null = null
        let pages = 0
        do {
          const page: Awaited<ReturnType<Storage['list']>> = await storage.list({
            kind: 'account',
            reach: everything,
            words: [],
            limit: 3,
            cursor,
          })
          expect(page.total).toBe(names.length)
          seen.push(...page.rows.map((row) => row.name))
          cursor = page.cursor
          pages += 1
        } while (cursor !== null)
        expect(pages).toBe(3)
        expect(seen).toHaveLength(names.length)
        expect(new Set(seen)).toEqual(new Set(names))
        expect(
          seen.map((title) => String(title).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()),
        ).toEqual(['alpha', 'alpha', 'beta', 'beta', 'delta', 'epsilon', 'gamma'])
      })

      test('[S10] keys merge without duplicates, in one order, and out of reach is out of the total', async () => {
        await storage.commit(
          commitOf([
            account('a1', 1, { name: 'Cedar' }, ['rep:1', 'rep:2']),
            account('a2', 2, { name: 'Ash' }, ['rep:2']),
            account('a3', 3, { name: 'Birch' }, ['rep:1']),
            account('a4', 4, { name: 'Aspen' }, ['rep:3']),
          ]),
        )
        const reach = under('rep:1', 'rep:2')
        expect(await titles(reach)).toEqual(['Ash', 'Birch', 'Cedar'])
        const page = await storage.list({ kind: 'account', reach, words: [], limit: 2, cursor: null })
        expect(page.total).toBe(3)
        const rest = await storage.list({ kind: 'account', reach, words: [], limit: 2, cursor: page.cursor })
        expect(rest.rows.map((row) => row.name)).toEqual(['Cedar'])
        expect(rest.cursor).toBeNull()
        expect(await storage.count('account', reach)).toBe(3)
        expect(await titles(under())).toEqual([])
        expect(await storage.count('account', under())).toBe(0)
        expect(await titles(under('rep:9'))).toEqual([])
      })

      test('five thousand keys are a reach like any other', async () => {
        const records = Array.from({ length: 60 }, (_, index) =>
          account(`a${index}`, index + 1, { name: `Account ${String(index).padStart(2, '0')}` }, [
            `account:a${index}`,
          ]),
        )
        await storage.commit(commitOf(records))
        const keys = Array.from({ length: 5_000 }, (_, index) => `account:a${index * 2}`)
        const page = await storage.list({
          kind: 'account',
          reach: under(...keys),
          words: [],
          limit: 5,
          cursor: null,
        })
        expect(page.total).toBe(30)
        expect(page.rows.map((row) => row.id)).toEqual(['a0', 'a2', 'a4', 'a6', 'a8'])
        const found = await storage.list({
          kind: 'account',
          reach: under(...keys),
          words: ['account', '5'],
          limit: 50,
          cursor: null,
        })
        expect(found.rows.map((row) => row.id)).toEqual(['a50', 'a52', 'a54', 'a56', 'a58'])
      })

      test('every word of a query begins a word of the row, case and accents folded', async () => {
        await storage.commit(
          commitOf([
            account('a1', 1, { name: 'Müller & Sons', phone: '697-555-0142', territory: 'Northwest' }),
            account('a2', 2, { name: 'Muller Brothers' }),
            account('a3', 3, { name: 'Hanmüller' }),
            account('a4', 4, { name: '東京 自転車', aId: 'AW00029484' }),
          ]),
        )
        expect(await titles(everything, 'MUL')).toEqual(['Müller & Sons', 'Muller Brothers'])
        expect(await titles(everything, 'mul north')).toEqual(['Müller & Sons'])
        expect(await titles(everything, 'muller zebra')).toEqual([])
        expect(await titles(everything, '697')).toEqual(['Müller & Sons'])
        expect(await titles(everything, '東')).toEqual(['東京 自転車'])
        expect(await titles(everything, 'aw000294')).toEqual(['東京 自転車'])
        expect(await titles(everything, 'aw000294 "*^ OR NOT')).toEqual([])
        expect(await titles(under('account:a2'), 'mul')).toEqual(['Muller Brothers'])
        expect(await titles(under('account:a3'), 'mul')).toEqual([])
      })

      test('best first: titles that begin with the query, then words of the title, then the rest, each by title', async () => {
        await storage.commit(
          commitOf([
            account('a1', 1, { name: 'Acme', territory: 'North Bay' }),
            account('a2', 2, { name: 'True North' }),
            account('a3', 3, { name: 'Northwind' }),
            account('a4', 4, { name: 'Big North Bikes' }),
            account('a5', 5, { name: 'North Bay Sports' }),
          ]),
        )
        const best = ['North Bay Sports', 'Northwind', 'Big North Bikes', 'True North', 'Acme']
        expect(await titles(everything, 'north')).toEqual(best)
        expect(
          await titles(under('account:a1', 'account:a2', 'account:a3', 'account:a4', 'account:a5'), 'north'),
        ).toEqual(best)
        expect(await titles(everything, 'north b')).toEqual(['North Bay Sports', 'Big North Bikes', 'Acme'])
        const first = await storage.list({
          kind: 'account',
          reach: everything,
          words: ['north'],
          limit: 3,
          cursor: null,
        })
        const second = await storage.list({
          kind: 'account',
          reach: everything,
          words: ['north'],
          limit: 3,
          cursor: first.cursor,
        })
        expect([...first.rows, ...second.rows].map((row) => row.name)).toEqual(best)
        expect([first.total, second.total, second.cursor]).toEqual([5, 5, null])
      })

      test('[S10] a reach too wide to compare one by one finds the same records by words', async () => {
        const records = Array.from({ length: 6_000 }, (_, index) =>
          account(`a${index}`, index + 1, { name: `${index % 2 ? 'Odd' : 'Even'} ${index}` }, [
            index < 5_500 ? 'rep:1' : 'rep:2',
          ]),
        )
        await storage.commit(commitOf(records))
        const query = { kind: 'account', words: ['odd', '54'], limit: 200, cursor: null } as const
        const wide = await storage.list({ ...query, reach: under('rep:1') })
        const expected = records.filter(
          ({ row }) => String(row.name).startsWith('Odd 54') && Number(row.seq) <= 5_500,
        )
        expect(wide.total).toBe(expected.length)
        expect(new Set(wide.rows.map((row) => row.id))).toEqual(new Set(expected.map(({ id }) => id)))
      })

      test('a cursor that cannot be read begins at the beginning', async () => {
        await storage.commit(commitOf([account('a1', 1, { name: 'One' })]))
        for (const cursor of ['', '*', 'bnVsbA', 'e30', 'WzEsMl0']) {
          const page = await storage.list({ kind: 'account', reach: everything, words: [], limit: 5, cursor })
          expect(page.rows).toHaveLength(1)
        }
      })
    })

    describe('feed', () => {
      const feedIds = async (reach: Reach, after: number, upTo: number, limit = 100) =>
        (await storage.feed({ reach: { account: reach, contact: reach }, after, upTo, limit })).map(
          ({ id }) => id,
        )

      test('[L3] what changed after a number and up to another, in order, of the kinds asked for', async () => {
        await storage.commit(
          commitOf([
            account('a1', 1, { name: 'One' }, ['rep:1']),
            sampleRecord('contact', 'c1', 2, {}, ['rep:1']),
            account('a2', 3, { name: 'Two' }, ['rep:2']),
            sampleRecord('address', 'd1', 4, {}, ['rep:1']),
          ]),
        )
        await storage.commit(commitOf([account('a1', 5, { name: 'One again' }, ['rep:1'])]))
        expect(await feedIds(everything, 0, 5)).toEqual(['c1', 'a2', 'a1'])
        expect(await feedIds(everything, 2, 5)).toEqual(['a2', 'a1'])
        expect(await feedIds(everything, 0, 4)).toEqual(['c1', 'a2'])
        expect(await feedIds(under('rep:1'), 0, 5)).toEqual(['c1', 'a1'])
        expect(await feedIds(under('rep:2', 'rep:1'), 0, 5, 2)).toEqual(['c1', 'a2'])
        expect(await feedIds(under(), 0, 5)).toEqual([])
        const counted = { reach: { account: under('rep:1'), contact: everything }, after: 0, upTo: 5 }
        expect(await storage.countFeed(counted)).toBe(2)
        const [record] = await storage.feed({ reach: { contact: everything }, after: 0, upTo: 9, limit: 1 })
        expect(record).toEqual(sampleRecord('contact', 'c1', 2, {}, ['rep:1']))
      })

      test('records that one commit stamped with one number are never divided between pages', async () => {
        const moved = Array.from({ length: 7 }, (_, index) =>
          sampleRecord('contact', `c${index}`, 2, {}, ['rep:1']),
        )
        await storage.commit({
          ...emptyCommit,
          records: [
            account('a0', 1, {}, ['rep:1']),
            account('a1', 2, {}, ['rep:1']),
            ...moved,
            account('a2', 3, {}, ['rep:1']),
          ],
          journal: [1, 2, 3].map((seq) => sampleEntry(account(`a${seq - 1}`, seq, {}))),
        })
        for (const reach of [everything, under('rep:1')]) {
          const first = await storage.feed({
            reach: { account: reach, contact: reach },
            after: 0,
            upTo: 3,
            limit: 3,
          })
          expect(first.map(({ seq }) => seq)).toEqual([1, ...Array.from({ length: 8 }, () => 2)])
          expect(await feedIds(reach, 2, 3)).toEqual(['a2'])
        }
      })

      test('a long stretch is paged whole, also while records of it change', async () => {
        const records = Array.from({ length: 2_500 }, (_, index) =>
          account(`a${index}`, index + 1, {}, [index % 2 ? 'rep:1' : 'rep:2']),
        )
        await storage.commit(commitOf(records))
        const query = { reach: { account: under('rep:1', 'rep:3') }, upTo: 2_500, limit: 200 }
        expect(await storage.countFeed({ reach: query.reach, after: 0, upTo: 2_500 })).toBe(1_250)
        const first = await storage.feed({ ...query, after: 0 })
        expect(first).toHaveLength(200)
        // The next twenty move on: they come again under their later numbers, and leave no hole in this stretch.
        const next = records.filter(({ seq }) => seq > 400 && seq <= 440 && seq % 2 === 0)
        await storage.commit(
          commitOf(next.map((record, index) => account(record.id, 2_501 + index, {}, ['rep:1']))),
        )
        const ids = new Set(first.map(({ id }) => id))
        for (let after = 400; ; ) {
          const page = await storage.feed({ ...query, after })
          if (page.length === 0) break
          for (const { id } of page) ids.add(id)
          after = page.at(-1)?.seq ?? Number.POSITIVE_INFINITY
        }
        expect(ids.size).toBe(1_250 - next.length)
        const late = await storage.feed({ ...query, after: 2_500, upTo: 3_000 })
        expect(late.map(({ id }) => id)).toEqual(next.map(({ id }) => id))
      })

      test('[L4] departures under the keys of a reader, in order', async () => {
        const record = { kind: 'account', id: 'a1' } as const
        const before = { country: 'US', state: null, zip: '98101' }
        await storage.commit(
          commitOf([account('a1', 1, {}, ['rep:2'])], {
            departures: [
              { seq: 1, key: 'rep:1', record, before },
              { seq: 1, key: 'owner:w1', record, before: null },
            ],
          }),
        )
        expect(await storage.departuresSince(0, 1, under('rep:1', 'rep:7'))).toEqual([
          { seq: 1, key: 'rep:1', record, before },
        ])
        expect(await storage.departuresSince(0, 1, under('owner:w1'))).toMatchObject([{ before: null }])
        expect(await storage.departuresSince(0, 1, everything)).toHaveLength(2)
        expect(await storage.departuresSince(1, 9, everything)).toEqual([])
        expect(await storage.departuresSince(0, 1, under())).toEqual([])
      })

      test('[L1] head and chain, and the journal of a record, newest first', async () => {
        expect(await storage.head()).toEqual({ number: 0, chain: '' })
        expect(await storage.committedAt()).toBeNull()
        await storage.commit(commitOf([account('a1', 1, {}), account('a2', 2, {})]))
        await storage.commit(commitOf([account('a1', 3, {})]))
        expect(await storage.head()).toEqual({ number: 3, chain: 'chain-3' })
        expect(await storage.committedAt()).toBe(sampleEntry(account('a1', 3, {})).serverTime)
        expect(await storage.chainAt(2)).toBe('chain-2')
        expect(await storage.chainAt(4)).toBeNull()
        const journal = await storage.journalOf({ kind: 'account', id: 'a1' }, 10)
        expect(journal.map(({ seq }) => seq)).toEqual([3, 1])
        expect(journal[1]).toEqual(sampleEntry(account('a1', 1, {})))
        expect(await storage.journalOf({ kind: 'account', id: 'a1' }, 1)).toHaveLength(1)
      })
    })

    describe('what people settle', () => {
      const refused = (id: string, workerId: string, at: number): QuarantineEntry => ({
        id,
        creates: false,
        record: { kind: 'account', id: 'a1' },
        workerId,
        deviceId: 'd1',
        editId: `edit-${id}`,
        seq: 1,
        at,
        writtenAt: 5,
        policyVersionKnown: 3,
        reasons: [{ code: 'not-held', rule: 'P1', field: 'name' }],
        sentence: 'You may not.',
        changes: [{ field: 'name', old: null, new: 'x' }],
        update: new Uint8Array([9, 8, 7]),
        replaces: null,
        settled: null,
      })

      test('[D18] refused edits, newest first, of one worker or of all, until one person settles them', async () => {
        const entries = [refused('q1', 'rhea', 10), refused('q2', 'max', 20), refused('q3', 'rhea', 30)]
        await storage.commit({ ...emptyCommit, quarantine: entries })
        expect(await storage.quarantine({ workerId: 'rhea', limit: 10 })).toEqual([entries[2], entries[0]])
        expect((await storage.quarantine({ workerId: null, limit: 2 })).map(({ id }) => id)).toEqual([
          'q3',
          'q2',
        ])
        expect(await storage.countQuarantine('rhea')).toBe(2)
        const settled = { by: 'ada', at: 40, how: 'accepted' } as const
        expect(await storage.settle('q1', settled)).toBe(true)
        expect(await storage.settle('q1', { ...settled, how: 'declined' })).toBe(false)
        expect(await storage.settle('q9', settled)).toBe(false)
        expect((await storage.quarantineEntry('q1'))?.settled).toEqual(settled)
        expect(await storage.quarantineEntry('q9')).toBeNull()
        expect((await storage.quarantine({ workerId: 'rhea', limit: 10 })).map(({ id }) => id)).toEqual([
          'q3',
        ])
        expect(await storage.countQuarantine('rhea')).toBe(1)
      })

      test('[D21] a commit that accepts a refused edit settles it, or nothing of the commit is kept', async () => {
        const [one, other] = [refused('q1', 'rhea', 10), refused('q2', 'rhea', 20)]
        await storage.commit({ ...emptyCommit, quarantine: [one, other] })
        const settled = { by: 'max', at: 40, how: 'accepted' } as const
        await storage.commit({ ...emptyCommit, settlements: [{ entry: one, settled }] })
        expect((await storage.quarantineEntry('q1'))?.settled).toEqual(settled)
        await expect(
          storage.commit({
            ...emptyCommit,
            settlements: [
              { entry: other, settled },
              { entry: one, settled: { ...settled, by: 'ada' } },
            ],
          }),
        ).rejects.toThrow('q1')
        expect((await storage.quarantineEntry('q1'))?.settled).toEqual(settled)
        expect((await storage.quarantineEntry('q2'))?.settled).toBeNull()
      })

      test('[D21] a word stays with its settlement; who asked once has asked, until it is settled', async () => {
        await storage.commit({ ...emptyCommit, quarantine: [refused('q1', 'rhea', 10)] })
        expect(await storage.markAsked('q1', 50)).toBe(true)
        expect(await storage.markAsked('q1', 60)).toBe(true)
        expect(await storage.markAsked('q9', 60)).toBe(false)
        expect(await storage.quarantineEntry('q1')).toEqual({ ...refused('q1', 'rhea', 10), askedAt: 50 })
        const settled = { by: 'max', at: 70, how: 'declined', word: 'Not this year.' } as const
        expect(await storage.settle('q1', settled)).toBe(true)
        expect(await storage.markAsked('q1', 80)).toBe(false)
        expect((await storage.quarantineEntry('q1'))?.settled).toEqual(settled)
      })

      test('[L20] the same lost content of a record is kept once, settled or not, and counts against its finder alone', async () => {
        const found = (id: string, by: string) => ({
          ...refused(id, ':restored', 10),
          recovered: { by, deviceId: 'd1', author: null },
        })
        await storage.keepRecovered(found('f1', 'max'), 'aa')
        await storage.keepRecovered(found('f2', 'rob'), 'aa')
        await storage.keepRecovered(found('f3', 'rob'), 'bb')
        const elsewhere = { ...found('f4', 'rob'), record: { kind: 'account', id: 'a10' } as const }
        await storage.keepRecovered(elsewhere, 'aa')
        expect(await storage.recoveredOf({ kind: 'account', id: 'a1' })).toEqual([
          found('f1', 'max'),
          found('f3', 'rob'),
        ])
        expect(await storage.countRecovered('max')).toBe(1)
        expect(await storage.countRecovered('rob')).toBe(2)
        expect(await storage.countQuarantine('max')).toBe(0)
        expect(await storage.settle('f1', { by: 'ada', at: 40, how: 'declined' })).toBe(true)
        await storage.keepRecovered(found('f5', 'rob'), 'aa')
        expect((await storage.quarantine({ workerId: null, limit: 9 })).map(({ id }) => id)).toEqual([
          'f4',
          'f3',
        ])
        expect(await storage.countRecovered('max')).toBe(0)
      })

      test('[D2] a verdict is found by device and edit id, and never given twice', async () => {
        const verdict = {
          deviceId: 'd1',
          editId: 'e1',
          digest: 'ff',
          verdict: { outcome: 'merged', edit: 'e1', record: { kind: 'account', id: 'a1' }, seq: 1 },
        } as const
        await storage.commit({ ...emptyCommit, verdicts: [verdict] })
        expect(await storage.verdict('d1', 'e1')).toEqual(verdict)
        expect(await storage.verdict('d2', 'e1')).toBeNull()
        await expect(storage.commit({ ...emptyCommit, verdicts: [verdict] })).rejects.toThrow()
      })

      test('[D10] a conflict is found by who was overwritten, so many of the latest as are asked for', async () => {
        const conflict = {
          id: 'k1',
          seq: 4,
          record: { kind: 'account', id: 'a1' },
          field: 'phone',
          standing: { value: '2', workerId: 'max', at: 2 },
          overwritten: { value: '1', workerId: 'rhea', at: 1 },
        } as const
        await storage.commit({ ...emptyCommit, conflicts: [conflict] })
        expect(await storage.conflicts('rhea', 10)).toEqual([conflict])
        expect(await storage.conflicts('max', 10)).toEqual([])
        const later = { ...conflict, id: 'k0', seq: 5 }
        await storage.commit({ ...emptyCommit, conflicts: [later] })
        expect(await storage.conflicts('rhea', 10)).toEqual([later, conflict])
        expect(await storage.conflicts('rhea', 1)).toEqual([later])
      })
    })

    describe('matches', () => {
      test('names, addresses and numbers are found by their match keys, and no longer when they change', async () => {
        await storage.commit(
          commitOf([
            account('a1', 1, { name: 'Räder Zürich AG', phone: '(555) 01-00' }),
            account('a2', 2, { name: 'Zurich Rader' }),
            sampleRecord('contact', 'c1', 3, { email: 'Cora@Oak.example', phone: '+1 555' }),
          ]),
        )
        const ids = async (kind: 'account' | 'contact', field: string, value: string) =>
          [...(await storage.idsByValue(kind, field, [value])).values()].flat()
        expect(await ids('account', 'name', 'ag ZURICH rader')).toEqual(['a1'])
        expect(await ids('account', 'name', 'zurich')).toEqual([])
        expect(await ids('account', 'phone', '555 0100')).toEqual(['a1'])
        expect(await ids('account', 'phone', 'none')).toEqual([])
        expect(await ids('contact', 'email', ' cora@oak.EXAMPLE ')).toEqual(['c1'])
        expect(await ids('contact', 'phone', '1-555')).toEqual(['c1'])
        await storage.commit(commitOf([account('a1', 4, { name: 'Zürich Räder', phone: null })]))
        expect(await ids('account', 'name', 'ag zurich rader')).toEqual([])
        expect((await ids('account', 'name', 'rader zurich')).sort()).toEqual(['a1', 'a2'])
        expect(await ids('account', 'phone', '5550100')).toEqual([])
      })

      test('[S13] [D29] the access log keeps each entry, the latest first, a page at a time, after reopening too', async () => {
        const entry = (id: string, at: number) => ({
          workerId: 'rhea',
          record: { kind: 'account' as const, id },
          via: 'match' as const,
          deviceId: 'd1',
          at,
        })
        // The same opening twice is two openings.
        const entries = [entry('a1', 1), entry('a2', 2), entry('a2', 2)]
        for (const one of entries) await storage.logAccess(one)
        storage = await adapter.reopen(storage)
        const first = await storage.accessEntries({ before: 99, limit: 2 })
        expect(first).toMatchObject([entries[2] ?? {}, entries[1] ?? {}])
        expect(await storage.accessEntry(first[1]?.id ?? '')).toEqual(first[1])
        expect(await storage.accessEntry('none')).toBeNull()
        await storage.logAccess(entry('a3', 3))
        const rest = await storage.accessEntries({ before: first[1]?.number ?? 0, limit: 2 })
        expect(rest).toMatchObject([entries[0] ?? {}])
      })

      test('[D29] the access log is looked through by who, about what, which sort and when', async () => {
        const entry = (workerId: string, id: string, via: 'invited' | 'device-wiped', at: number) =>
          storage.logAccess({ workerId, record: { kind: 'worker', id }, via, deviceId: null, at })
        await entry('ada', 'rhea', 'invited', 1)
        await entry('ada', 'nina', 'device-wiped', 2)
        await entry('operator', 'rhea', 'device-wiped', 3)
        const found = async (query: Omit<AccessQuery, 'before' | 'limit'>) =>
          (await storage.accessEntries({ ...query, before: 99, limit: 9 })).map(({ at }) => at)
        const rhea = [{ kind: 'worker' as const, id: 'rhea' }]
        expect(await found({ authors: ['ada'] })).toEqual([2, 1])
        expect(await found({ records: rhea })).toEqual([3, 1])
        expect(await found({ authors: ['ada'], records: rhea })).toEqual([1])
        expect(await found({ authors: ['ada'], records: rhea, either: true })).toEqual([3, 2, 1])
        expect(await found({ vias: ['invited'] })).toEqual([1])
        expect(await found({ kind: 'account' })).toEqual([])
        expect(await found({ from: 2, until: 3 })).toEqual([2])
      })
    })

    describe('doors', () => {
      test('[L12] a clientID stays its first worker’s; what happened to it is kept', async () => {
        const lease = { clientId: 2 ** 40, workerId: 'rhea', deviceId: 'd1', burnt: false }
        await storage.saveLease(lease)
        await storage.commit({ ...emptyCommit, leases: [{ ...lease, burnt: true }] })
        expect(await storage.leases([lease.clientId, 5])).toEqual(
          new Map([[lease.clientId, { ...lease, burnt: true }]]),
        )
        await expect(storage.saveLease({ ...lease, workerId: 'eve' })).rejects.toThrow('another worker')
        await expect(
          storage.commit({ ...emptyCommit, leases: [{ ...lease, workerId: 'eve' }] }),
        ).rejects.toThrow()
        expect((await storage.leases([lease.clientId])).get(lease.clientId)?.workerId).toBe('rhea')
      })

      test('credentials, devices and notes are kept as last saved', async () => {
        expect(await storage.credential('w1')).toBeNull()
        await storage.saveCredential({ workerId: 'w1', passwordHash: null, mustChange: true })
        await storage.saveCredential({ workerId: 'w1', passwordHash: 'hash', mustChange: false })
        expect(await storage.credential('w1')).toEqual({
          workerId: 'w1',
          passwordHash: 'hash',
          mustChange: false,
        })
        const device = {
          id: 'd1',
          workerId: 'w1',
          secretHash: 'aa',
          lease: 7,
          confirmed: { number: 3, scopeHash: 'x', scope: { account: ['rep:1'] } },
          createdAt: 1,
          seenAt: 2,
        }
        await storage.saveDevice({ ...device, confirmed: null })
        await storage.saveDevice(device)
        expect(await storage.device('d1')).toEqual(device)
        expect(await storage.device('d2')).toBeNull()
        await storage.saveMeta('history', 'h1')
        await storage.saveMeta('history', 'h2')
        expect([await storage.meta('history'), await storage.meta('none')]).toEqual(['h2', null])
      })

      test('what waits on a device is kept beside it, whatever an older connection writes', async () => {
        const device = {
          id: 'd1',
          workerId: 'rhea',
          secretHash: 'aa',
          lease: 7,
          confirmed: null,
          createdAt: 1,
          seenAt: 2,
        }
        const record = { kind: 'account', id: 'a1' } as const
        const unsent = { total: 1, edits: [{ edit: 'e1', record, creates: false, fields: ['phone'] }] }
        await storage.saveDevice(device)
        expect(await storage.devicesWithUnsent(['rhea'])).toEqual([])
        await storage.saveUnsent('d1', unsent)
        await storage.saveDevice({ ...device, seenAt: 3 })
        expect(await storage.devicesWithUnsent(['nobody', 'rhea'])).toEqual([
          { ...device, seenAt: 3, unsent },
        ])
        await storage.saveUnsent('d1', { total: 0, edits: [] })
        expect(await storage.devicesWithUnsent(['rhea'])).toEqual([])
      })

      test('[P31] a worker has one invitation at most; it is redeemed once, and its password is set with it', async () => {
        const invite = (secretHash: string) => ({
          workerId: 'w1',
          secretHash,
          by: 'ada',
          createdAt: 1,
          expiresAt: 9,
        })
        await storage.saveInvite(invite('h1'))
        await storage.saveInvite(invite('h2'))
        expect(await storage.inviteBySecret('h1')).toBeNull()
        expect(await storage.inviteOf('w1')).toEqual(invite('h2'))
        expect(await storage.redeemInvite(invite('h1'), 'not set')).toBe(false)
        expect(await storage.credential('w1')).toBeNull()
        expect(await storage.redeemInvite(invite('h2'), 'hash')).toBe(true)
        expect(await storage.redeemInvite(invite('h2'), 'again')).toBe(false)
        expect(await storage.credential('w1')).toMatchObject({ passwordHash: 'hash', mustChange: false })
        await storage.saveInvite(invite('h3'))
        await storage.dropInvite('w1')
        expect(await storage.inviteOf('w1')).toBeNull()
      })

      test('[L21] a device is to be wiped whatever an older connection saves; sessions know the devices that met them', async () => {
        const device = { id: 'd1', workerId: 'w1', secretHash: 'a', lease: 7, confirmed: null }
        await storage.saveDevice({ ...device, createdAt: 1, seenAt: 2 })
        const session = { id: 's1', tokenHash: 't1', workerId: 'w1', createdAt: 1, expiresAt: 100 }
        await storage.saveSession(session)
        await storage.bindSession('s1', 'd1')
        await storage.bindSession('s1', 'd2')
        expect(await storage.session('t1')).toEqual({ ...session, deviceId: 'd2' })
        await storage.askWipe('d1', { at: 5, by: 'ada' })
        await storage.saveDevice({ ...device, createdAt: 1, seenAt: 3 })
        expect(await storage.devicesOf('w1')).toMatchObject([{ id: 'd1', wipeAsked: { at: 5, by: 'ada' } }])
        expect(await storage.session('t1')).toMatchObject({ wipes: true })
        expect(await storage.sessionsOfDevice('d1')).toEqual(['s1'])
        expect((await storage.devicesOfSession('s1')).map(({ id }) => id)).toEqual(['d1'])
        await storage.saveDevice({ ...device, createdAt: 1, seenAt: 3, wipedAt: 5 })
        expect(await storage.session('t1')).not.toHaveProperty('wipes')
        expect(await storage.endSessions({ deviceId: 'd1' })).toEqual(['s1'])
        expect(await storage.sessionsOfDevice('d1')).toEqual([])
        await storage.saveSession({ ...session, id: 's2', tokenHash: 't2' })
        await storage.saveSession({ ...session, id: 's3', tokenHash: 't3' })
        expect(await storage.endSessions({ workerId: 'w1', but: 's2' })).toEqual(['s3'])
        expect((await storage.sessionsOf('w1')).map(({ id }) => id)).toEqual(['s2'])
      })

      test('when a worker was last here: by signing in, and by a device', async () => {
        await storage.noteSignIn('w1', 5)
        await storage.saveCredential({ workerId: 'w1', passwordHash: 'hash', mustChange: true })
        const device = { workerId: 'w2', secretHash: 'a', lease: 7, confirmed: null, createdAt: 1 }
        await storage.saveDevice({ ...device, id: 'd1', seenAt: 3 })
        await storage.saveDevice({ ...device, id: 'd2', seenAt: 8 })
        expect(await storage.activity()).toEqual(
          new Map([
            ['w1', { signedInAt: 5, syncedAt: null }],
            ['w2', { signedInAt: null, syncedAt: 8 }],
          ]),
        )
      })

      test('sessions end one by one or all of a worker, and say which ended', async () => {
        const session = (id: string, workerId: string) => ({
          id,
          tokenHash: `t-${id}`,
          workerId,
          createdAt: 1,
          expiresAt: 100,
        })
        for (const [id, workerId] of [
          ['s1', 'rhea'],
          ['s2', 'rhea'],
          ['s3', 'max'],
          ['s4', 'max'],
        ] as const) {
          await storage.saveSession(session(id, workerId))
        }
        expect(await storage.session('t-s1')).toEqual(session('s1', 'rhea'))
        await storage.saveSession({ ...session('s1', 'rhea'), expiresAt: 200 })
        expect((await storage.session('t-s1'))?.expiresAt).toBe(200)
        // Told once: those that drain already are not named again, and a drained session remains one.
        expect(await storage.drainSessions('max')).toHaveLength(2)
        expect(await storage.drainSessions('max')).toEqual([])
        expect(await storage.session('t-s4')).toEqual({ ...session('s4', 'max'), drains: true })
        expect(await storage.endSessions({ id: 's3' })).toEqual(['s3'])
        expect(await storage.endSessions({ id: 's3' })).toEqual([])
        expect([...(await storage.endSessions({ workerId: 'rhea' }))].sort()).toEqual(['s1', 's2'])
        expect(await storage.session('t-s1')).toBeNull()
        expect(await storage.session('t-s4')).toMatchObject({ id: 's4', drains: true })
      })

      test('[L16] a session that is over stays as long as it drains', async () => {
        const session = (id: string, createdAt: number) => ({
          id,
          tokenHash: `t-${id}`,
          workerId: 'rhea',
          createdAt,
          expiresAt: createdAt + 100,
        })
        await storage.saveSession(session('s1', 1))
        await storage.saveSession(session('s2', 100 + SESSION_DRAINS_MS))
        expect(await storage.session('t-s1')).toEqual(session('s1', 1))
        await storage.saveSession(session('s3', 101 + SESSION_DRAINS_MS))
        expect(await storage.session('t-s1')).toBeNull()
      })
    })
  })
}
