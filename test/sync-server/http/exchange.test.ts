import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../support/test-server.ts'

interface Report {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly errors: readonly { row: number; column: string | null; message: string }[]
}

describe('import and export over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
  })
  afterAll(() => server.close())

  const post = async (worker: string, path: string, csv: string, type = 'text/csv') =>
    server.fetch(`/api/import/${path}`, await server.signIn(worker), {
      method: 'POST',
      headers: { 'content-type': type },
      body: csv,
    })
  const report = async (path: string, csv: string) => (await (await post('ada', path, csv)).json()) as Report

  it('[R-22] a dry run tells what would happen and changes nothing; applying does it; a second time nothing changes', async () => {
    const csv = 'a_id,name,kind,rep_codes\nA-1,Oak Limited,company,275\nA-9,Yew GmbH,company,276\n'
    expect(await report('account?mode=dry-run', csv)).toEqual({
      rows: 2,
      added: 1,
      changed: 1,
      unchanged: 0,
      errors: [],
    })
    expect((await server.row('account', 'oak'))?.name).toBe('Oak Ltd')
    expect(await report('account?mode=apply', csv)).toEqual({
      rows: 2,
      added: 1,
      changed: 1,
      unchanged: 0,
      errors: [],
    })
    expect((await server.row('account', 'oak'))?.name).toBe('Oak Limited')
    expect(await report('account?mode=apply', csv)).toEqual({
      rows: 2,
      added: 0,
      changed: 0,
      unchanged: 2,
      errors: [],
    })
  })

  it('one bad row and nothing of the file is imported; the message names row and column', async () => {
    const answer = await report(
      'account?mode=apply',
      'a_id,name,kind\nA-20,Good,company\nA-21,Bad,starfish\n',
    )
    expect(answer.errors).toHaveLength(1)
    expect(answer.errors[0]).toMatchObject({ row: 3, column: 'kind' })
    expect((await report('account?mode=dry-run', 'a_id,name,kind\nA-20,Good,company\n')).added).toBe(1)
  })

  it('an import needs its right, and the right content type', async () => {
    expect((await post('rhea', 'account?mode=apply', 'a_id,name\n')).status).toBe(403)
    expect((await post('ada', 'account?mode=apply', '{}', 'application/json')).status).toBe(415)
    expect((await post('ada', 'account?mode=perhaps', 'a_id,name\n')).status).toBe(400)
    expect((await post('ada', 'colleague', 'a_id\n')).status).toBe(404)
  })

  it('an export holds what the caller may see, and reads back as no change', async () => {
    const exported = await (await server.fetch('/api/export/account', await server.signIn('max'))).text()
    expect(exported.split('\r\n')[0]).toContain('a_id,name,')
    expect(exported).toContain('Ash & Sons')
    const again = await report('account?mode=dry-run', exported)
    expect(again).toMatchObject({ added: 0, changed: 0, errors: [] })
    expect((await server.fetch('/api/export/account', await server.signIn('rhea'))).status).toBe(403)
  })
})
