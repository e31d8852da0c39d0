/** What a dry run tells of an import cell by cell, its progress, and that neither tells more than the asker may see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport } from '../../../sync-server/exchange/import-records.ts'
import { TestServer } from '../../support/test-server.ts'

describe('what an import would change', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start({
      records: [
        {
          kind: 'worker',
          id: 'gwen',
          fields: {
            username: 'gwen',
            firstName: 'Gwen',
            userType: 'global_user',
            accountsQueryType: 'rep',
            repCodes: ['275'],
            rights: ['SU-ACCESS-SETTINGS-WORKSPACE'],
          },
        },
        {
          kind: 'worker',
          id: 'omar',
          fields: {
            username: 'omar',
            firstName: 'Omar',
            userType: 'account_manager',
            accountsQueryType: 'mapped',
            mappedAccounts: ['elm', 'oak'],
            rights: ['SU-ACCESS-SETTINGS-WORKSPACE', 'help.read'],
          },
        },
      ],
    })
  })
  afterAll(() => server.close())

  const post = async (worker: string, path: string, body: string | Uint8Array, accept?: string) =>
    server.fetch(`/api/import/${path}`, await server.signIn(worker), {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...(accept !== undefined && { accept }) },
      body: body as BodyInit,
    })
  const report = async (worker: string, path: string, body: string | Uint8Array) =>
    (await (await post(worker, path, body)).json()) as ImportReport

  it('[R-22] names each cell before and after, new records and changed ones; without being asked it tells nothing', async () => {
    const whole = 'a_id,name,kind,rep_codes\nA-1,Oak Limited,company,"275, 277"\nA-99,New one,company,275\n'
    expect(await report('ada', 'account?mode=dry-run&changes=tell', whole)).toMatchObject({
      errors: [],
      cells: 6,
      removals: 0,
      changes: [
        {
          row: 2,
          kind: 'change',
          record: { id: 'oak', title: 'Oak Ltd' },
          cells: [
            { column: 'name', old: 'Oak Ltd', new: 'Oak Limited', removes: false },
            { column: 'rep_codes', old: '275', new: '275;277', removes: false },
          ],
        },
        { row: 3, kind: 'add', record: null, cells: [{ column: 'a_id', old: '', new: 'A-99' }, {}, {}, {}] },
      ],
    })
    expect(await report('ada', 'account?mode=dry-run', whole)).not.toHaveProperty('changes')
  })

  it('[R-g] what takes a right, a membership or an allowed feature away says so', async () => {
    const query = '?mode=dry-run&changes=tell&removals=allow'
    const workers = await report(
      'ada',
      `worker${query}`,
      'username,user_rights_vir,features_ext\nomar,,help.read\n',
    )
    expect(workers).toMatchObject({
      removals: 1,
      changes: [{ cells: [{ column: 'user_rights_vir', new: '', removes: true }] }],
    })
    const groups = await report('ada', `worker${query}`, 'username,groups\nmax,auditor\n')
    expect(groups).toMatchObject({
      removals: 1,
      changes: [{ cells: [{ column: 'groups', old: 'sales-manager', new: 'auditor', removes: true }] }],
    })
    const features = 'code,features\nauditor,help.read=deny\n'
    const told = await report('ada', `group${query}`, features)
    expect(told.changes?.[0]?.cells).toMatchObject([{ column: 'features', removes: true }])
    expect(told.removals).toBeGreaterThan(1)
    const added = await report('ada', `worker${query}`, 'username,features_ext\nomar,help.read;crm.match\n')
    expect(added).toMatchObject({ removals: 0, changes: [{ cells: [{ removes: false }] }] })
  })

  it('[GATE 34] a name that the asker may not see is told as its id, an account of others not at all', async () => {
    const csv = 'username,accounts_vir\nomar,A-1\n'
    const query = 'worker?mode=dry-run&changes=tell'
    const seen = await report('ada', query, csv)
    expect(seen.changes?.[0]?.cells[0]?.old.split(';').sort()).toEqual(['A-1', 'A-3'])
    const told = await report('gwen', query, csv)
    // elm is beyond gwen's rep codes.
    expect(JSON.stringify(told)).not.toContain('A-3')
    const hidden = await report(
      'gwen',
      'account?mode=dry-run&changes=tell',
      'a_id,name,kind\nA-3,Mine,company\n',
    )
    expect(JSON.stringify(hidden)).not.toMatch(/Elm|"record":\{/)
  })

  it('tells the first 500 rows and counts all of them', async () => {
    const rows = Array.from({ length: 700 }, (_, index) => `B-${index},Name ${index},company\n`)
    const told = await report('ada', 'account?mode=dry-run&changes=tell', `a_id,name,kind\n${rows.join('')}`)
    expect(told).toMatchObject({ added: 700, cells: 2100, errors: [] })
    expect(told.changes).toHaveLength(500)
    expect(told.changes?.at(-1)?.row).toBe(501)
  })

  it('progress comes as lines that end with the report; JSON stays JSON', async () => {
    const rows = Array.from({ length: 700 }, (_, index) => `C-${index},Name ${index},company\n`)
    const csv = `a_id,name,kind\n${rows.join('')}`
    const answer = await post('ada', 'account?mode=apply', csv, 'application/x-ndjson')
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { done?: number; total?: number; report?: ImportReport })
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.slice(0, -1).map(({ total }) => total)).toEqual(lines.slice(1).map(() => 700))
    expect(lines.at(-2)?.done).toBe(700)
    expect(lines.at(-1)?.report).toEqual({ rows: 700, added: 700, changed: 0, unchanged: 0, errors: [] })
    const again = await report('ada', 'account?mode=apply', csv)
    expect(again).toEqual({ rows: 700, added: 0, changed: 0, unchanged: 700, errors: [] })
  })

  it('[R-h] a password that is set ends the sessions of its worker, and is in the log of logins', async () => {
    const omar = await server.signIn('omar', { anew: true })
    expect((await server.fetch('/api/me', omar)).status).toBe(200)
    const csv = 'username,pw,change_pw\nomar,correct horse battery,True\n'
    expect(await report('ada', 'worker?mode=apply', csv)).toMatchObject({ changed: 1, errors: [] })
    expect((await server.fetch('/api/me', omar)).status).toBe(401)
    const entries = await server.organisation.storage.accessEntries({ before: 99, limit: 1 })
    expect(entries).toMatchObject([{ workerId: 'ada', record: { id: 'omar' }, via: 'password-set' }])
  })

  it('[B10] memberships come and go as a file of their own', async () => {
    const answer = await server.fetch('/api/export/membership', await server.signIn('ada'))
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="memberships-2026-01-15.csv"',
    )
    const csv = await answer.text()
    expect(csv).toContain('max,sales-manager,,\n')
    const { rows, ...rest } = await report('ada', 'membership?mode=apply', csv)
    expect(rest).toEqual({ added: 0, changed: 0, unchanged: rows, errors: [] })
    expect((await server.fetch('/api/export/membership', await server.signIn('rhea'))).status).toBe(403)
    expect((await post('rhea', 'membership?mode=apply', csv)).status).toBe(403)
  })
})
