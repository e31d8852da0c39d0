/**
 * B10, the way an admin lives it: workers exported, ten cells changed by hand, the dry run names exactly these ten,
 * applied, exported again. On AdventureWorks' workers and on made ones.
 */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rightIds } from '../../../core/catalogue/features.ts'
import { readCsv, writeCsv } from '../../../core/exchange/csv.ts'
import { type ExchangeHarness, openExchange } from './organisation.ts'

const folder = new URL('../../../../shared/data/adventureworks/', import.meta.url)
const present = existsSync(folder)
if (!present) console.info('AdventureWorks is not here; its workers are not edited, the made ones are.')

function madeWorkers(): string {
  const rights = (index: number) => rightIds.filter((_, place) => (index + place) % 3 === 0).join(';')
  const rows = Array.from({ length: 40 }, (_, index) => [
    `worker${index}`,
    index % 5 === 0 ? `Zoë "${index}"` : `Name ${index}`,
    'Łukasz, Jr.',
    rights(index),
    index % 4 === 0 ? 'crm.impersonate' : '',
    index < 3 ? '' : 'worker0',
    'rep',
    `R${index}`,
  ])
  return writeCsv([
    [
      'username',
      'c_f_nm',
      'c_l_nm',
      'user_rights_vir',
      'features_ext',
      'manager_username',
      'accounts_query_type',
      'authorized_rep_codes',
    ],
    ...rows,
  ])
}

const sources = [
  ['AdventureWorks’ workers', present ? () => readFileSync(new URL('workers.csv', folder), 'utf8') : null],
  ['made workers', madeWorkers],
] as const

describe.each(sources)('ten cells of %s', (_name, source) => {
  let harness: ExchangeHarness
  beforeAll(async () => {
    harness = await openExchange()
    if (source !== null) await harness.import('worker', source())
  })
  afterAll(() => harness.close())

  test.skipIf(source === null)(
    '[B10] [R-22] the dry run names exactly them, and an export of what was applied holds exactly them',
    async () => {
      const before = await harness.export('worker')
      expect(await harness.export('worker')).toBe(before)
      const [header = [], ...rows] = readCsv(before).map(({ cells }) => [...cells])
      const edits: { row: number; column: string; old: string; new: string }[] = []
      const change = (index: number, column: string, value: (old: string) => string) => {
        const cells = rows[index]
        const place = header.indexOf(column)
        const old = cells?.[place] ?? ''
        if (cells === undefined) throw new Error(`no row ${index}`)
        cells[place] = value(old)
        edits.push({ row: index + 2, column, old, new: cells[place] })
      }
      change(0, 'c_f_nm', (old) => `${old} Renée`)
      change(1, 'c_l_nm', () => 'O’Brien; "Jr", III')
      change(2, 'c_phone', () => '+49 (30) 123-45')
      change(3, 'job_title', () => '=SUM(A1)')
      change(4, 'features_ext', (old) => (old === '' ? 'crm.impersonate' : `${old};crm.delegate`))
      change(5, 'authorized_rep_codes', () => '007')
      change(6, 'groups', () => 'auditor@2026-01-01T00:00:00.000Z..')
      change(7, 'valid_until', () => '2027-01-01T00:00:00.000Z')
      change(8, 'user_rights_vir', (old) => (old === rightIds[8] ? (rightIds[7] ?? '') : (rightIds[8] ?? '')))
      change(9, 'active', () => '0')
      const edited = writeCsv([header, ...rows])

      const dry = await harness.import('worker', edited, {
        mode: 'dry-run',
        tellChanges: true,
        allowRemovals: true,
      })
      expect(dry).toMatchObject({ added: 0, changed: 10, unchanged: rows.length - 10, errors: [], cells: 10 })
      const told = dry.changes?.flatMap(({ row, cells }) =>
        cells.map(({ column, old, new: now }) => ({ row, column, old, new: now })),
      )
      expect(told).toEqual(edits)
      expect(await harness.export('worker')).toBe(before)

      expect(await harness.import('worker', edited, { allowRemovals: true })).toMatchObject({
        changed: 10,
        errors: [],
      })
      expect(await harness.export('worker')).toBe(edited)
      expect(await harness.import('worker', edited)).toMatchObject({ changed: 0, unchanged: rows.length })
    },
  )

  test.skipIf(source === null)('[R-g] what is taken away is told as that, and only that', async () => {
    const [header = [], ...rows] = readCsv(await harness.export('worker')).map(({ cells }) => cells)
    const rightsAt = header.indexOf('user_rights_vir')
    const held = rows.filter((cells) => cells[rightsAt] !== '')
    const cleared = writeCsv([['username', 'user_rights_vir'], ...held.map((cells) => [cells[0] ?? '', ''])])
    const dry = await harness.import('worker', cleared, {
      mode: 'dry-run',
      tellChanges: true,
      allowRemovals: true,
    })
    const rights = held.flatMap((cells) => cells[rightsAt]?.split(';') ?? [])
    expect(dry).toMatchObject({ removals: rights.length, cells: held.length })
    expect(dry.changes?.every(({ cells }) => cells.every(({ removes }) => removes))).toBe(true)
  })
})
