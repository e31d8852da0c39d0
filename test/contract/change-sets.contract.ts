/** The log of change sets, as every storage adapter keeps it (D26, D27). */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Kind } from '../../core/records/kind-spec.ts'
import type { ChangeSetQuery, JournalEntry, Storage } from '../../sync-server/storage/storage.ts'
import { emptyCommit, sampleEntry, sampleRecord } from './sample-records.ts'

const first = 'a3c1f7de-0000-4000-8000-000000000001'
const second = 'a3c1f7de-0000-4000-8000-000000000002'

export function describeChangeSets(opened: () => Storage): void {
  describe('change sets', () => {
    let storage: Storage
    let seq = 0
    beforeEach(() => {
      storage = opened()
      seq = 0
    })

    /** The next entry: one field of one record. */
    const entry = (
      key: `${Kind}/${string}`,
      more: Partial<JournalEntry> = {},
      fields: readonly string[] = ['name'],
    ): JournalEntry => {
      seq += 1
      const [kind, id = ''] = key.split('/') as [Kind, string]
      const changes = fields.map((field) => ({ field, old: null, new: 'x' }))
      return {
        ...sampleEntry(sampleRecord(kind, id, seq), changes),
        serverTime: seq * 1_000,
        ...more,
      }
    }
    const commit = (...journal: readonly JournalEntry[]) => storage.commit({ ...emptyCommit, journal })
    const list = async (query: Partial<ChangeSetQuery> = {}) =>
      (await storage.changeSets({ before: 1_000, limit: 10, ...query })).map(({ id }) => id)

    test('[D26] entries of one author under one name are one, over several commits, the latest first', async () => {
      await commit(entry('group/g1', { changeSet: first, deviceId: 'd1', deviceTime: 7, via: 'link' }))
      await commit(entry('worker/w1'))
      await commit(
        entry('worker/w2', { changeSet: first }, ['name', 'phone']),
        entry('group/g1', { changeSet: first }),
      )
      const sets = await storage.changeSets({ before: 1_000, limit: 10 })
      expect(sets.map(({ id, number }) => [id, number])).toEqual([
        ['2', 2],
        [first, 1],
      ])
      expect(await storage.changeSet(first)).toEqual({
        number: 1,
        id: first,
        author: 'ada',
        via: 'link',
        deviceId: 'd1',
        deviceTime: 7,
        serverTime: 1_000,
        touched: 0,
        undoes: null,
        undoneBy: null,
        counts: [
          { kind: 'group', records: 1, changes: 2 },
          { kind: 'worker', records: 1, changes: 2 },
        ],
      })
      expect(await storage.changeSet('none')).toBeNull()
    })

    test('[D26] its entries come in order, in pages', async () => {
      await commit(...['a', 'b', 'c'].map((id) => entry(`account/${id}`, { changeSet: first })))
      const page = await storage.entriesOf(1, 0, 2)
      expect(page.map(({ record }) => record.id)).toEqual(['a', 'b'])
      const rest = await storage.entriesOf(1, page.at(-1)?.seq ?? 0, 2)
      expect(rest.map(({ record }) => record.id)).toEqual(['c'])
    })

    test('[D26] an edit alone is called by its id, else by its number; what changes no field is none', async () => {
      await commit(
        entry('account/a', { editId: 'edit-0000000000000001' }),
        entry('account/a', { filler: true }, []),
        entry('account/a'),
      )
      expect(await list()).toEqual(['3', 'edit-0000000000000001'])
    })

    test('[D26] a name that somebody else has taken begins another one, and so does what the server did after it', async () => {
      await commit(entry('account/a', { changeSet: first }))
      await commit(
        entry('account/b', { changeSet: first, author: 'eve' }),
        entry('contact/house-b', { changeSet: first, author: 'server' }),
      )
      expect((await storage.entriesOf(1, 0, 9)).map(({ record }) => record.id)).toEqual(['a'])
      expect((await storage.entriesOf(2, 0, 9)).map(({ record }) => record.id)).toEqual(['b', 'house-b'])
      expect(await list()).toEqual(['2', first])
    })

    test('[D26] filters by author, way in, kind, record and time, alone and together', async () => {
      await commit(
        entry('account/a', { author: 'rhea', via: 'link' }),
        entry('group/g', { author: 'ada', via: 'link' }),
        entry('account/b', { author: 'ada', via: 'import' }),
        entry('worker/w', { author: 'max', via: 'room' }),
      )
      expect(await list({ authors: ['ada'] })).toEqual(['3', '2'])
      expect(await list({ authors: ['ada', 'max'] })).toEqual(['4', '3', '2'])
      expect(await list({ via: ['link'] })).toEqual(['2', '1'])
      expect(await list({ kind: 'account' })).toEqual(['3', '1'])
      expect(await list({ kind: 'account', authors: ['rhea'] })).toEqual(['1'])
      expect(await list({ records: [{ kind: 'account', id: 'b' }] })).toEqual(['3'])
      const records = [{ kind: 'account' as const, id: 'a' }]
      expect(await list({ records, authors: ['max'] })).toEqual([])
      expect(await list({ records, authors: ['max'], either: true })).toEqual(['4', '1'])
      expect(await list({ from: 2_000, until: 4_000 })).toEqual(['3', '2'])
      expect(await list({ kind: 'group', until: 2_000 })).toEqual([])
      expect(await list({ before: 3, limit: 1 })).toEqual(['2'])
    })

    test('[G-16] counts the workers that it touched, over its entries', async () => {
      await commit(
        entry('group/g', { changeSet: first, touched: 40 }),
        entry('worker/w', { changeSet: first, touched: 1 }),
      )
      expect((await storage.changeSet(first))?.touched).toBe(41)
    })

    test('[D27] one that is taken back says by what, is not taken back twice, and takes nothing in any more', async () => {
      await commit(entry('group/g', { changeSet: first }))
      await commit(entry('group/g', { changeSet: second, undoes: first }))
      expect(await storage.changeSet(first)).toMatchObject({ undoneBy: second })
      expect(await storage.changeSet(second)).toMatchObject({ undoes: first, undoneBy: null })
      const again = entry('group/g', { undoes: first })
      await expect(commit(again)).rejects.toThrow('taken back')
      await expect(commit({ ...again, undoes: 'none' })).rejects.toThrow('taken back')
      const { undoes: _, ...plain } = again
      await commit({ ...plain, changeSet: first })
      expect((await storage.changeSet(first))?.counts[0]?.changes).toBe(1)
    })

    test('[D27] an undo that is taken back leaves what it had undone standing', async () => {
      await commit(entry('group/g', { changeSet: first }))
      await commit(entry('group/g', { changeSet: second, undoes: first }))
      await commit(entry('group/g', { undoes: second }))
      expect(await storage.changeSet(second)).toMatchObject({ undoneBy: '3' })
      expect(await storage.changeSet(first)).toMatchObject({ undoneBy: null })
    })
  })
}
