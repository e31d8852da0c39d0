/** Section 8: import and export over HTTP, and the hard rules by whatever route: a file or a room. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventually } from './eventually.ts'
import { endSockets, openSynced } from './sockets.ts'
import { type Visitor, World } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

interface Report {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly errors: readonly {
    readonly row: number
    readonly column: string | null
    readonly message: string
  }[]
}

let world: World
let ada: Visitor
let gwen: Visitor
let rhea: Visitor
beforeAll(async () => {
  world = await World.start({
    logins: ['rhea', 'gwen'],
    files: {
      // A second administrator, but only until a date: not one that an organisation can rely on.
      'worker.csv':
        'username,c_f_nm,user_type,accounts_query_type,user_rights_vir,groups\n' +
        'zoe,Zoë,administrator,all,,administrators@..2099-01-01T00:00:00Z\n' +
        'inga,Inga,account_manager,rep,SU-ALLOW-ACCOUNT-EDITS,inside\nfred,Fred,account_manager,rep,,field\n',
      'groups.csv':
        'code,name,type,parent_code,features\nfield,Field,user,sales-rep,\ninside,Inside,user,organization,SU-ALLOW-ACCOUNT-EDITS=deny\n',
    },
  })
  ada = await world.visitor('ada')
  gwen = await world.visitor('gwen')
  rhea = await world.visitor('rhea')
})
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(endSockets)
afterAll(() => world.close())

async function report(visitor: Visitor, kind: string, text: string, query = '?mode=apply'): Promise<Report> {
  const answer = await visitor.import(kind, text, query)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Report
}

const exported = async (visitor: Visitor, kind: string) => (await visitor.fetch(`/api/export/${kind}`)).text()

describe('POST /api/import/:kind', () => {
  it('answers rows, added, changed, unchanged and errors; a dry run writes nothing, apply does', async () => {
    const csv = 'a_id,name,kind\nA-1,Oak Ltd,company\nA-2,Elm Incorporated,company\nA-50,Fifty,company\n'
    const counts = { rows: 3, added: 1, changed: 1, unchanged: 1, errors: [] }
    const before = await ada.list('account')
    expect(await report(ada, 'account', csv, '?mode=dry-run')).toStrictEqual(counts)
    expect(await ada.list('account')).toEqual(before)
    expect(await report(ada, 'account', csv)).toStrictEqual(counts)
    expect(await ada.find('account', 'aId', 'A-2')).toMatchObject({
      name: 'Elm Incorporated',
      repCodes: ['276'],
    })
    const fifty = await ada.find('account', 'aId', 'A-50')
    expect(await ada.row(`contact/house-${fifty.id}`)).toMatchObject({ house: true })
    expect(await report(ada, 'account', csv)).toStrictEqual({
      rows: 3,
      added: 0,
      changed: 0,
      unchanged: 3,
      errors: [],
    })
  })

  it('is all or nothing: errors name row, column and what is wrong', async () => {
    const before = await ada.list('worker')
    const csv = 'username,c_f_nm,user_rights_vir\nnew1,New,\nrhea,Rhea,SU-FLY\nomar,Changed,\n'
    const { errors } = await report(ada, 'worker', csv)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toStrictEqual({
      row: 3,
      column: 'user_rights_vir',
      message: expect.stringContaining('SU-FLY') as string,
    })
    expect(await ada.list('worker')).toEqual(before)
  })

  it('clears rights only with removals=allow', async () => {
    const csv = 'username,user_rights_vir\nmona,\n'
    expect((await report(ada, 'worker', csv)).errors).toHaveLength(1)
    expect(await ada.find('worker', 'username', 'mona')).toMatchObject({ rights: ['SU-ALLOW-ACCOUNT-EDITS'] })
    expect(await report(ada, 'worker', csv, '?mode=apply&removals=allow')).toMatchObject({
      changed: 1,
      errors: [],
    })
    expect(await ada.find('worker', 'username', 'mona')).toMatchObject({ rights: [] })
    const back = 'username,user_rights_vir\nmona,SU-ALLOW-ACCOUNT-EDITS\n'
    expect(await report(ada, 'worker', back)).toMatchObject({ changed: 1, errors: [] })
  })

  it('workers imported without groups join none; any alphabet is taken, and a username once, case-folded', async () => {
    const csv = 'username,c_f_nm,c_em,c_phone\nженя.王,Женя,евгения@пример.рф,+7 (495) 123-45-67 доб. 8\n'
    expect(await report(ada, 'worker', csv)).toMatchObject({ added: 1, errors: [] })
    expect(await ada.find('worker', 'username', 'женя.王')).toMatchObject({
      groups: [],
      rights: [],
      phone: '+7 (495) 123-45-67 доб. 8',
      email: 'евгения@пример.рф',
    })
    expect(await report(ada, 'worker', 'username,c_f_nm\nЖЕНЯ.王,Other\n')).toMatchObject({ added: 0 })
    expect((await ada.list('worker', `?q=${encodeURIComponent('женя')}`)).total).toBe(1)
    const bad = await report(ada, 'worker', 'username,c_em\nbad,two@at@signs\n')
    expect(bad.errors[0]).toMatchObject({ row: 2, column: 'c_em' })
  })

  it('takes text/csv only, knows its modes and its kinds, and asks for the right', async () => {
    const asJson = await ada.fetch('/api/import/account?mode=apply', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(asJson.status).toBe(415)
    expect((await ada.import('account', 'a_id\n', '?mode=maybe')).status).toBe(400)
    expect((await ada.import('unicorn', 'a_id\n')).status).toBe(404)
    const refused = await rhea.import('account', 'a_id,name,kind\nA-60,Sixty,company\n')
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(((await refused.json()) as { reasons: unknown[] }).reasons.length).toBeGreaterThan(0)
  })
})

describe('GET /api/export/:kind', () => {
  it('answers CSV in UTF-8 of what this worker may see; without the right it is a 403 with reasons', async () => {
    const answer = await ada.fetch('/api/export/account')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; ?charset=utf-8$/i)
    expect(await answer.text()).toMatch(/^a_id,.*[^]*Zoë Brontë/)
    const refused = await rhea.fetch('/api/export/account')
    expect(refused.status).toBe(403)
    expect((await refused.json()) as unknown).toMatchObject({
      status: 403,
      reasons: expect.any(Array) as unknown[],
    })
  })

  it('what was exported comes back unchanged, for every kind', async () => {
    for (const kind of ['group', 'worker', 'account', 'contact', 'address']) {
      const csv = await exported(ada, kind)
      const { rows, unchanged, errors } = await report(ada, kind, csv, '?mode=dry-run')
      expect({ kind, errors, unchanged }).toEqual({ kind, errors: [], unchanged: rows })
      expect(rows).toBeGreaterThan(0)
    }
  })

  it('a cell that a spreadsheet would run is guarded, and comes back as it was', async () => {
    const name = '=HYPERLINK("http://evil.example")'
    const csv = `a_id,name,kind\nA-70,"${name.replaceAll('"', '""')}",company\n`
    expect(await report(ada, 'account', csv)).toMatchObject({ added: 1 })
    const out = await exported(ada, 'account')
    expect(out).toContain(`'=HYPERLINK`)
    expect(out).not.toMatch(/(^|,)"?=HYPERLINK/m)
    const again = await report(ada, 'account', out)
    expect(again).toMatchObject({ changed: 0, errors: [] })
    expect(await ada.find('account', 'aId', 'A-70')).toMatchObject({ name })
  })
})

describe('the hard rules, by a file', () => {
  const rules: readonly [string, () => Visitor, string, string][] = [
    ['a second Administrative group', () => ada, 'group', 'code,name,type\nadmins2,Admins,admin\n'],
    ['the Administrative group disabled', () => ada, 'group', 'code,enabled\nadministrators,0\n'],
    ['the Administrative group re-typed', () => ada, 'group', 'code,type\nadministrators,user\n'],
    [
      'a parent for the Administrative group',
      () => ada,
      'group',
      'code,parent_code\nadministrators,organization\n',
    ],
    [
      'a child of the Administrative group',
      () => ada,
      'group',
      'code,name,type,parent_code\nkid,Kid,admin,administrators\n',
    ],
    ['a circle of groups', () => ada, 'group', 'code,parent_code\nsales-rep,field\n'],
    ['a circle of managers', () => ada, 'worker', 'username,manager_username\nmax,rhea\n'],
    ['oneself as one’s manager', () => ada, 'worker', 'username,manager_username\nmax,max\n'],
    [
      'a child of another type than its parent',
      () => ada,
      'group',
      'code,name,type,parent_code\nkid,Kid,affiliate,organization\n',
    ],
    [
      'a parent that does not exist',
      () => ada,
      'group',
      'code,name,type,parent_code\nkid,Kid,user,nowhere\n',
    ],
    [
      'one’s own rights',
      () => gwen,
      'worker',
      'username,user_rights_vir\ngwen,SU-ACCESS-SETTINGS-WORKSPACE;SU-ALLOW-ACCOUNT-EDITS\n',
    ],
    ['one’s own filter, downward too', () => gwen, 'worker', 'username,accounts_query_type\ngwen,my-acct\n'],
    [
      'one’s own groups, as an administrator too',
      () => ada,
      'worker',
      'username,groups\nada,administrators;auditor\n',
    ],
    ['one’s own user type', () => ada, 'worker', 'username,user_type\nada,global_user\n'],
    [
      'a right that its giver lacks',
      () => gwen,
      'worker',
      'username,user_rights_vir\nomar,SU-ALLOW-ACCOUNT-EDITS\n',
    ],
    ['a group that brings rights its giver lacks', () => gwen, 'worker', 'username,groups\nomar,sales-rep\n'],
    [
      'a new worker with rights their maker lacks',
      () => gwen,
      'worker',
      'username,c_f_nm,user_rights_vir\nkim,Kim,SU-ALLOW-ACCOUNT-EDITS\n',
    ],
    ['an administrator made by who is none', () => gwen, 'worker', 'username,groups\nomar,administrators\n'],
    [
      'a deny lifted by who lacks what it denied',
      () => gwen,
      'group',
      'code,features\ninside,SU-ALLOW-ACCOUNT-EDITS=allow\n',
    ],
    [
      'a group’s features that its editor lacks',
      () => gwen,
      'group',
      'code,features\nfield,SU-ALLOW-SHIPPING-PRICE-EDITS=allow\n',
    ],
  ]

  it.each(rules)('refused: %s', async (_name, who, kind, csv) => {
    const before = await exported(ada, kind)
    const dry = await report(who(), kind, csv, '?mode=dry-run&removals=allow')
    const { errors } = await report(who(), kind, csv, '?mode=apply&removals=allow')
    expect(errors.length).toBeGreaterThan(0)
    expect(errors[0]).toMatchObject({ row: 2, message: expect.stringMatching(/\w+ \w+/) as string })
    expect(dry.errors).toEqual(errors)
    expect(await exported(ada, kind)).toBe(before)
  })

  it('allowed beside them: what the giver holds, given to another', async () => {
    const csv = 'username,user_rights_vir\nomar,SU-ACCESS-SETTINGS-WORKSPACE\n'
    const { errors } = await report(ada, 'worker', csv)
    expect(errors).toEqual([])
    const child = 'code,name,type,parent_code,features\nnight,Night,user,field,SU-ALLOW-ACCOUNT-EDITS=deny\n'
    expect(await report(ada, 'group', child)).toMatchObject({ added: 1, errors: [] })
    expect(
      await report(ada, 'worker', 'username,user_rights_vir\nomar,\n', '?mode=apply&removals=allow'),
    ).toMatchObject({
      changed: 1,
    })
  })
})

describe('the hard rules, by a room', () => {
  /** Sets keys of a record in one edit, and expects them refused and the row untouched. */
  async function expectRefused(
    visitor: Visitor,
    record: string,
    values: Record<string, unknown>,
  ): Promise<void> {
    const before = { ...(await ada.row(record)), seq: null }
    const client = await openSynced(visitor, record)
    client.doc.transact(() => {
      for (const [key, value] of Object.entries(values)) client.fields.set(key, value)
    })
    expect(await client.closed).toMatchObject({ code: 4403 })
    expect(client.denied).toHaveLength(1)
    expect({ ...(await ada.row(record)), seq: null }).toEqual(before)
  }
  const lasting = { from: null, until: null }

  it('no second Administrative group, and the one is never disabled', async () => {
    await expectRefused(ada, 'group/clients', { type: 'admin' })
    await expectRefused(ada, 'group/administrators', { enabled: false })
    await expectRefused(ada, 'group/administrators', { parentId: 'organization' })
    await expectRefused(ada, 'group/field', { parentId: 'administrators' })
  })

  it('no circle of groups, and no child of another type', async () => {
    await expectRefused(ada, 'group/sales-rep', { parentId: 'field' })
    await expectRefused(ada, 'group/affiliates', { parentId: 'organization' })
  })

  it('nobody edits their own access, and no administrator takes it from the last one', async () => {
    const [admin, zoe] = await Promise.all(['ada', 'zoe'].map((name) => ada.find('worker', 'username', name)))
    await expectRefused(ada, `worker/${admin?.id}`, { active: false })
    await expectRefused(ada, `worker/${admin?.id}`, { 'reductions/crm.export': true })
    await expectRefused(gwen, `worker/${gwen.id}`, { accountsQueryType: 'rep' })
    // Only a lasting administrator makes another one; who is none touches neither.
    await expectRefused(gwen, `worker/${admin?.id}`, { active: false })
    await expectRefused(gwen, `worker/${zoe?.id}`, { 'groups/administrators': lasting })
    await expectRefused(gwen, `worker/${gwen.id}`, { 'groups/administrators': lasting })
  })

  it('a denied ancestor: a child’s allow is refused to who is no administrator, and lifts nothing for anyone', async () => {
    const organization = await openSynced(ada, 'group/organization')
    organization.fields.set('features/help.read', 'deny')
    await eventually(async () => {
      expect((await ada.row('group/organization')).features).toEqual({ 'help.read': 'deny' })
      return true
    })
    await expectRefused(gwen, 'group/field', { 'features/help.read': 'allow' })
    const field = await openSynced(ada, 'group/field')
    field.fields.set('features/help.read', 'allow')
    const nora = await ada.find('worker', 'username', 'nora')
    const explained = await ada.get<{ outcome: string }>(
      `/api/explain?worker=${nora.id}&action=view&record=account/x`,
    )
    expect(explained.outcome).toBe('denied')
    organization.fields.set('features/help.read', null)
    await eventually(async () => {
      expect((await ada.row('group/organization')).features).toEqual({})
      return true
    })
  })

  it('a lasting second administrator may be made by an administrator', async () => {
    const nora = await ada.find('worker', 'username', 'nora')
    const client = await openSynced(ada, `worker/${nora.id}`)
    client.fields.set('groups/administrators', lasting)
    await eventually(async () => {
      const { groups } = await ada.row(`worker/${nora.id}`)
      expect(groups).toEqual([
        { id: 'administrators', ...lasting },
        { id: 'auditor', ...lasting },
      ])
      return true
    })
    expect(client.closings).toEqual([])
  })
})
