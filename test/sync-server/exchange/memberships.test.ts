/** Memberships as rows of a file of their own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExchangeHarness, openExchange } from './organisation.ts'

describe('a file of memberships', () => {
  let harness: ExchangeHarness
  beforeAll(async () => {
    harness = await openExchange()
    await harness.import(
      'worker',
      'username,c_f_nm,user_type,groups\nada,Ada,administrator,administrators\nrhea,Rhea,,auditor@..2027-01-01\nmax,Max,,\n',
    )
  })
  afterAll(() => harness.close())

  const groupsOf = async (username: string) => (await harness.row('worker', 'username', username))?.groups
  const counts = { rows: 1, added: 0, changed: 0, unchanged: 0, errors: [] }
  const exported =
    'username,group,valid_from,valid_until\n' +
    'ada,administrators,,\nrhea,auditor,,2027-01-01T00:00:00.000Z\n'

  test('[B10] an export has every membership on a row; imported again it changes nothing', async () => {
    expect(await harness.export('membership')).toBe(exported)
    expect(await harness.import('membership', exported)).toEqual({ ...counts, rows: 2, unchanged: 2 })
  })

  test('[R-22] a row adds, changes or removes one membership and leaves the others', async () => {
    const file =
      'username,group,valid_from,valid_until,mode\n' +
      'RHEA,auditor,2026-02-01,,\nrhea,sales-rep,,,set\nmax,sales-rep,,2026-12-01,add\n'
    expect(await harness.import('membership', file)).toMatchObject({
      ...counts,
      rows: 3,
      added: 2,
      changed: 1,
    })
    expect(await groupsOf('rhea')).toEqual([
      { id: 'auditor', from: '2026-02-01T00:00:00.000Z', until: null },
      { id: 'sales-rep', from: null, until: null },
    ])
    expect(await harness.import('membership', file)).toMatchObject({ changed: 0, added: 0, unchanged: 3 })
  })

  test('[R-g] an end without a column stays; removals need their leave, and name row and column', async () => {
    expect(await harness.import('membership', 'username,group\nmax,sales-rep\n')).toMatchObject({
      unchanged: 1,
    })
    const removal = 'username,group,mode\nmax,sales-rep,remove\n'
    const refused = await harness.import('membership', removal)
    expect(refused.errors).toEqual([
      { row: 2, column: 'mode', message: expect.stringContaining('removals must be allowed') as string },
    ])
    expect(await groupsOf('max')).toHaveLength(1)
    const question = { allowRemovals: true, tellChanges: true }
    expect(await harness.import('membership', removal, question)).toMatchObject({
      changed: 1,
      errors: [],
      removals: 1,
      changes: [
        { row: 2, kind: 'change', cells: [{ column: 'group', old: 'sales-rep', new: '', removes: true }] },
      ],
    })
    expect(await groupsOf('max')).toEqual([])
    expect(await harness.import('membership', removal, question)).toMatchObject({ unchanged: 1 })
  })

  test('[P21] a worker or a group that is not there, a row twice, an unknown mode: each at row and column', async () => {
    const { errors } = await harness.import(
      'membership',
      'username,group,mode\nnobody,auditor,\nmax,no-such,\nmax,auditor,\nMAX,auditor,\nmax,clients,perhaps\nmax,,\n',
    )
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [2, 'username'],
      [3, 'group'],
      [5, 'group'],
      [6, 'mode'],
      [7, 'group'],
    ])
  })

  test('[P18] the last administrator stays, unless the same file makes another one first', async () => {
    const gone = 'username,group,mode\nada,administrators,remove\n'
    const refused = await harness.import('membership', gone, { allowRemovals: true })
    expect(refused.errors).toMatchObject([{ row: 2, column: 'group' }])
    const handed = `${gone}max,administrators,\n`
    expect(await harness.import('membership', handed, { allowRemovals: true })).toMatchObject({
      added: 1,
      changed: 1,
      errors: [],
    })
  })
})
