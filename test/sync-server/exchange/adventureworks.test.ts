/** AdventureWorks' files, as they come: imported whole, exported again, imported again. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv } from '../../../core/exchange/csv.ts'
import { type ExchangeKind, exchangeKinds } from '../../../core/exchange/kinds.ts'
import type { ImportReport } from '../../../sync-server/exchange/import-records.ts'
import { type ExchangeHarness, openExchange } from './organisation.ts'

const folder = new URL('../../../../shared/data/adventureworks/', import.meta.url)
const present = existsSync(folder)
if (!present) console.info('AdventureWorks is not here; its import is not tested.')

const fileNames = {
  worker: 'workers',
  account: 'accounts',
  contact: 'contacts',
  address: 'addresses',
} as const
const kinds = exchangeKinds.filter((kind) => kind !== 'group')
const read = (kind: keyof typeof fileNames) => readFileSync(new URL(`${fileNames[kind]}.csv`, folder), 'utf8')

describe.runIf(present)('AdventureWorks', () => {
  let harness: ExchangeHarness
  const reports = new Map<ExchangeKind, ImportReport>()

  beforeAll(async () => {
    harness = await openExchange()
    for (const kind of kinds) reports.set(kind, await harness.import(kind, read(kind)))
  }, 120_000)
  afterAll(() => harness.close())

  test('every row of every file is added, without an error', () => {
    expect(Object.fromEntries(reports)).toMatchObject({
      worker: { rows: 19, added: 19, changed: 0, unchanged: 0, errors: [] },
      account: { rows: 19_185, added: 19_185, changed: 0, unchanged: 0, errors: [] },
      contact: { rows: 19_237, added: 19_237, changed: 0, unchanged: 0, errors: [] },
      address: { rows: 19_220, added: 19_220, changed: 0, unchanged: 0, errors: [] },
    })
  })

  test('[P22] each account has its House Contact', async () => {
    const everything = { type: 'everything' } as const
    expect(await harness.storage.count('contact', everything)).toBe(19_237 + 19_185)
  })

  test('managers are who the file says, in three levels', async () => {
    const rep = await harness.row('worker', 'username', 'michael9')
    const manager = await harness.row('worker', 'username', 'stephen0')
    expect(rep?.managerId).toBe(manager?.id)
    expect(manager?.managerId).toBe(await harness.workerId('brian3'))
    expect(rep).toMatchObject({ groups: [], repCodes: ['275'], accountsQueryType: 'rep', active: true })
  })

  test('a second import of each file changes nothing, and commits nothing', async () => {
    const head = await harness.storage.head()
    for (const kind of kinds) {
      const report = await harness.import(kind, read(kind))
      // Nor is there anything for the log to know.
      expect(report).toEqual({ ...reports.get(kind), added: 0, unchanged: report.rows, changeSet: undefined })
    }
    expect(await harness.storage.head()).toEqual(head)
  }, 120_000)

  test('[B10] an export holds what the file held, imported again changes nothing, and is the same each time', async () => {
    for (const kind of kinds) {
      const text = await harness.export(kind)
      expect(await harness.export(kind)).toBe(text)
      const [header, ...rows] = readCsv(read(kind)).map(({ cells }) => cells)
      const [exportedHeader, ...exported] = readCsv(text).map(({ cells }) => cells)
      expect(exported).toHaveLength(rows.length)
      const exportedByKey = new Map(exported.map((cells) => [cells[0], cells]))
      for (const row of rows) {
        const match = exportedByKey.get(row[0])
        for (const [index, cell] of row.entries()) {
          const back = match?.[exportedHeader?.indexOf(header?.[index] ?? '') ?? -1]
          // The same number may be written with other digits.
          if (cell !== back && Number(cell) !== Number(back))
            expect([row[0], header?.[index], back]).toEqual(cell)
        }
      }
      expect(await harness.import(kind, text)).toMatchObject({ added: 0, changed: 0, errors: [] })
    }
  }, 120_000)

  test('[S2] a rep exports the accounts of their rep code, and no other', async () => {
    const mine = readCsv(read('account')).filter(({ cells }) => cells[3] === '275')
    const exported = readCsv(await harness.export('account', 'michael9')).slice(1)
    expect(exported.map(({ cells }) => cells[0])).toEqual(mine.map(({ cells }) => cells[0]).sort())
    expect(mine.length).toBeGreaterThan(20)
  })

  test('one bad row among nineteen thousand, and nothing is imported', async () => {
    const head = await harness.storage.head()
    const lines = read('account').split('\n')
    lines[9_000] = lines[9_000]?.replace(/,company,|,individual,/, ',club,') ?? ''
    lines[5_000] = lines[5_000]?.replace(/^[^,]*,[^,]*/, 'NEW-1,New account') ?? ''
    const report = await harness.import('account', lines.join('\n'))
    expect(report.errors).toEqual([
      { row: 9_001, column: 'kind', message: expect.stringContaining('company, individual') },
    ])
    expect([report.added, report.changed]).toEqual([0, 0])
    expect(await harness.storage.head()).toEqual(head)
  }, 60_000)
})
