/** Files that mean harm, or come from a broken disk: each answered with row and column, and nothing of it applied. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport } from '../../../sync-server/exchange/import-records.ts'
import { TestServer } from '../../support/test-server.ts'

const long = 'x'.repeat(1024 * 1024)

type Hostile = readonly [
  name: string,
  kind: string,
  body: string | Uint8Array,
  row: number,
  column: string | null,
  message: RegExp,
  who?: string,
]

const files: readonly Hostile[] = [
  [
    'quotes that never close',
    'account',
    'a_id,name,kind\nA-1,"Changed,company\nA-2,x,company\n',
    2,
    null,
    /quotes/,
  ],
  ['quotes closed too early', 'account', 'a_id,name\nA-1,"Chan"ged\n', 2, null, /quotes/],
  ['a header twice', 'account', 'a_id,name,NAME\nA-1,Changed,Other\n', 1, 'name', /twice/],
  ['a key twice', 'account', 'a_id,name\nA-1,Changed\na-1,Other\n', 3, 'a_id', /row 2/],
  ['NUL bytes', 'account', 'a_id,name\nA-1,Chan\0ged\n', 2, 'name', /NUL/],
  ['a cell of a megabyte', 'account', `a_id,name\nA-1,${long}\n`, 2, 'name', /200|long|at most/],
  ['a header of a megabyte', 'account', `a_id,${long}\nA-1,x\n`, 1, long, /Nothing is kept/],
  ['another encoding', 'account', Buffer.from('a_id,name\nA-1,Zo\xeb\n', 'latin1'), 2, null, /UTF-8/],
  ['UTF-16', 'account', Buffer.from('\uFEFFa_id,name\nA-1,Changed\n', 'utf16le'), 1, null, /UTF-16/],
  ['a workbook', 'account', Buffer.from('PK\x03\x04\x14\x00'), 1, null, /xlsx/],
  ['a column of objects', 'account', 'a_id,__proto__\nA-1,x\n', 1, '__proto__', /Nothing is kept/],
  ['an unknown right', 'worker', 'username,user_rights_vir\nrhea,SU-FLY\n', 2, 'user_rights_vir', /SU-FLY/],
  [
    'a feature in the column of rights',
    'worker',
    'username,user_rights_vir\nrhea,crm.impersonate\n',
    2,
    'user_rights_vir',
    /features_ext/,
  ],
  [
    'a right in the column of features',
    'worker',
    'username,features_ext\nrhea,SU-ALLOW-ACCOUNT-EDITS\n',
    2,
    'features_ext',
    /user_rights_vir/,
  ],
  ['the last full administrator gone', 'worker', 'username,groups\nmax,auditor\nada,\n', 3, 'groups', /./],
  [
    'the last full administrator given an end',
    'membership',
    'username,group,valid_until\nada,administrators,2027-01-01\n',
    2,
    'group',
    /./,
  ],
  [
    'a right that its author lacks',
    'worker',
    'username,job_title,user_rights_vir\nomar,Boss,SU-ALLOW-ACCOUNT-EDITS\n',
    2,
    'user_rights_vir',
    /./,
    'gwen',
  ],
  [
    'a group that brings what its author lacks',
    'membership',
    'username,group\nomar,administrators\n',
    2,
    'group',
    /./,
    'gwen',
  ],
]

describe('a hostile file', () => {
  let server: TestServer
  beforeAll(async () => {
    const worker = (id: string, rights: string[]) =>
      ({
        kind: 'worker',
        id,
        fields: { username: id, firstName: id, userType: 'global_user', accountsQueryType: 'all', rights },
      }) as const
    server = await TestServer.start({
      records: [worker('gwen', ['SU-ACCESS-SETTINGS-WORKSPACE']), worker('omar', [])],
    })
  })
  afterAll(() => server.close())

  const told = '&changes=tell&consequences=tell'
  const ask = async (who: string, kind: string, mode: string, body: string | Uint8Array, more = told) => {
    const answer = await server.fetch(
      `/api/import/${kind}?mode=${mode}&removals=allow${more}`,
      await server.signIn(who),
      { method: 'POST', headers: { 'content-type': 'text/csv' }, body: body as BodyInit },
    )
    expect(answer.status).toBe(200)
    return (await answer.json()) as ImportReport
  }

  for (const [name, kind, body, row, column, message, who = 'ada'] of files) {
    it(`${name}, and nothing of it is applied`, async () => {
      const head = await server.organisation.storage.head()
      for (const mode of ['dry-run', 'apply']) {
        const { errors } = await ask(who, kind, mode, body)
        expect(errors[0]).toMatchObject({ row, column, message: expect.stringMatching(message) as string })
      }
      expect(await server.organisation.storage.head()).toEqual(head)
    })
  }

  it('[GATE 36] a formula is text, and goes out guarded', async () => {
    const csv = 'a_id,name,kind\nF-1,"=HYPERLINK(""http://evil"")",company\nF-2,@SUM(A1),company\n'
    expect(await ask('ada', 'account', 'apply', csv)).toMatchObject({ added: 2, errors: [] })
    const exported = await (await server.fetch('/api/export/account', await server.signIn('ada'))).text()
    expect(exported).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(exported).toContain(",'@SUM(A1),")
    expect(await ask('ada', 'account', 'dry-run', exported)).toMatchObject({ changed: 0, errors: [] })
  })

  it('50,001 wrong rows are 50,001 errors, and the next question is answered while they are read', async () => {
    const rows = Array.from({ length: 50_001 }, (_, index) => `G-${index},Name,club\n`)
    const csv = `a_id,name,kind\n${rows.join('')}`
    const asked = ask('ada', 'account', 'apply', csv, '')
    const [report, health] = await Promise.all([asked, fetch(`${server.url}/api/health`)])
    expect(health.status).toBe(200)
    expect(report).toMatchObject({ rows: 50_001, added: 0, changed: 0 })
    expect(report.errors).toHaveLength(50_001)
    expect(report.errors.at(-1)).toMatchObject({ row: 50_002, column: 'kind' })
    // Beside the changes, for a screen, the first of them and how many there are.
    const shown = await ask('ada', 'account', 'dry-run', csv)
    expect([shown.wrong, shown.errors.length]).toEqual([50_001, 500])
  })
})
