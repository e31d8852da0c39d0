/** An import taken back: an export afterwards is, byte for byte, the one from before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCsv, writeCsv } from '../../../core/exchange/csv.ts'
import { TestServer } from '../../support/test-server.ts'

describe('an import that is undone', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
  })
  afterAll(() => server.close())

  const post = async (path: string, body: string, type: string) => {
    const answer = await server.fetch(path, await server.signIn('ada'), {
      method: 'POST',
      headers: { 'content-type': type, accept: 'application/x-ndjson' },
      body,
    })
    expect(answer.status).toBe(200)
    return JSON.parse((await answer.text()).trimEnd().split('\n').at(-1) ?? '') as {
      report: { changeSet: string; changed: number; errors: unknown[] }
    }
  }
  const exported = async (kind: string) =>
    (await server.fetch(`/api/export/${kind}`, await server.signIn('ada'))).text()

  it('[B10] cells changed by hand, applied and undone: people, groups and accounts are as they were', async () => {
    for (const [kind, column] of [
      ['worker', 'job_title'],
      ['group', 'description'],
      ['account', 'name'],
      ['membership', 'valid_until'],
    ] as const) {
      const before = await exported(kind)
      const [header = [], ...rows] = readCsv(before).map(({ cells }) => [...cells])
      // ada may change nobody's membership of her own.
      const edited = rows.filter(([key]) => kind !== 'membership' || key !== 'ada')
      for (const row of edited)
        row[header.indexOf(column)] = kind === 'membership' ? '2030-01-01T00:00:00.000Z' : 'X'
      const { report } = await post(
        `/api/import/${kind}?mode=apply&changeSet=tell`,
        writeCsv([header, ...edited]),
        'text/csv',
      )
      expect(report).toMatchObject({ changed: edited.length, errors: [] })
      expect(await exported(kind)).not.toBe(before)
      await post(`/api/audit/${report.changeSet}/undo?mode=apply`, '{}', 'application/json')
      expect(await exported(kind)).toBe(before)
    }
  })
})
