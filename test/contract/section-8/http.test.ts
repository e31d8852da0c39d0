/** Section 8, HTTP: every call and its exact answer, sessions, errors, and what another site may not do. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Page, type Row, type Visitor, World, password, postJson } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const anyInstant = expect.stringMatching(instant) as string
const anyText = expect.stringMatching(/\S/) as string
const lenasCount = 620
const depots = lenasCount - 2

const manyAccounts = [
  'a_id,name,kind,rep_codes',
  ...Array.from({ length: depots }, (_, n) => `L-${n},Oakwood Depot ${n},company,900`),
  'L-X,Zzyzx,company,900',
  'L-Y,A Zzyzx,company,900',
].join('\n')

let world: World
let ada: Visitor
let rhea: Visitor
let omar: Visitor
let lena: Visitor
beforeAll(async () => {
  world = await World.start({
    logins: ['rhea', 'omar', 'lena', 'nora'],
    files: { 'Account.csv': manyAccounts },
  })
  ada = await world.visitor('ada')
  rhea = await world.visitor('rhea')
  omar = await world.visitor('omar')
  lena = await world.visitor('lena')
})
afterAll(() => world.close())

/** A problem detail of RFC 9457, with the status said twice. */
async function expectProblem(answer: Response, status: number): Promise<Record<string, unknown>> {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/)
  const body = (await answer.json()) as Record<string, unknown>
  expect(body).toMatchObject({ type: anyText, title: anyText, status, detail: anyText })
  return body
}

const login = (body: unknown, headers = {}) => postJson(`${world.url}/api/login`, body, headers)

describe('POST /api/login and /api/logout', () => {
  it('answers the token, when it ends and who it is, and sets the cookie', async () => {
    const answer = await login({ username: 'rhea', password })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toStrictEqual({
      token: anyText,
      expiresAt: anyInstant,
      worker: { id: rhea.id, username: 'rhea', name: 'Rhea Rossi' },
    })
    const attributes = (answer.headers.get('set-cookie') ?? '').toLowerCase().split(/;\s*/)
    expect(attributes).toContain('httponly')
    expect(attributes).toContain('samesite=strict')
    expect(attributes).toContain('path=/')
  })

  it('a wrong password and an unknown name get the same 401', async () => {
    const wrong = await login({ username: 'omar', password: 'not this one, no' })
    const unknown = await login({ username: 'nobody', password: 'not this one, no' })
    const body = await expectProblem(wrong, 401)
    expect(await expectProblem(unknown, 401)).toEqual(body)
    expect(wrong.headers.get('set-cookie')).toBeNull()
  })

  it('usernames are compared case-folded', async () => {
    expect((await login({ username: 'RHEA', password })).status).toBe(200)
  })

  it('tried too often it answers 429, although AMBIT_RATE is 0, and other names still sign in', async () => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 40 && statuses.at(-1) !== 429; attempt++)
      statuses.push((await login({ username: 'otto', password: 'wrong wrong wrong' })).status)
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    await expectProblem(await login({ username: 'otto', password }), 429)
    expect((await login({ username: 'omar', password })).status).toBe(200)
  })

  it('takes JSON only, and only what a login is', async () => {
    const asForm = await fetch(`${world.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ username: 'rhea', password }),
    })
    await expectProblem(asForm, 415)
    await expectProblem(await login({ username: 'rhea' }), 400)
    await expectProblem(await login([]), 400)
  })

  it('logout answers 204 and ends token and cookie alike', async () => {
    const answer = await login({ username: 'rhea', password })
    const { token } = (await answer.json()) as { token: string }
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const asBearer = { headers: { authorization: `Bearer ${token}` } }
    const asCookie = { headers: { cookie } }
    expect((await fetch(`${world.url}/api/me`, asBearer)).status).toBe(200)
    expect((await fetch(`${world.url}/api/me`, asCookie)).status).toBe(200)
    const out = await fetch(`${world.url}/api/logout`, { method: 'POST', ...asCookie })
    expect(out.status).toBe(204)
    expect(await out.text()).toBe('')
    await expectProblem(await fetch(`${world.url}/api/me`, asBearer), 401)
    await expectProblem(await fetch(`${world.url}/api/me`, asCookie), 401)
    expect((await rhea.fetch('/api/me')).status).toBe(200)
  })

  it('without a session every call that needs one answers 401', async () => {
    const calls = [
      ['GET', '/api/me'],
      ['POST', '/api/ticket'],
      ['POST', '/api/logout'],
      ['GET', '/api/records/account'],
      ['GET', '/api/records/account/x'],
      ['GET', '/api/explain?action=view&record=account/x'],
      ['POST', '/api/import/account'],
      ['GET', '/api/export/account'],
      ['GET', '/api/quarantine'],
      ['GET', '/api/quarantine?review=1'],
      ['POST', '/api/quarantine/x/ask'],
      ['POST', '/api/quarantine/x/accept'],
      ['POST', '/api/quarantine/x/decline'],
    ] as const
    for (const [method, path] of calls) {
      const headers = { 'content-type': 'text/csv' }
      await expectProblem(
        await fetch(world.url + path, { method, ...(method === 'POST' && { headers }) }),
        401,
      )
      const forged = { authorization: `Bearer ${'x'.repeat(43)}`, ...headers }
      await expectProblem(await fetch(world.url + path, { method, headers: forged }), 401)
    }
  })
})

describe('GET /api/me and POST /api/ticket', () => {
  interface Me {
    readonly worker: { readonly id: string; readonly username: string; readonly name: string }
    readonly rights: Readonly<
      Record<string, { readonly outcome: string; readonly reasons: readonly unknown[] }>
    >
    readonly scope: unknown
    readonly policyVersion: number
  }

  it('tells the worker, each right with its outcome and reasons, the scope and the policy version', async () => {
    const me = await rhea.get<Me>('/api/me')
    expect(me.worker).toMatchObject({ id: rhea.id, username: 'rhea', name: 'Rhea Rossi' })
    expect(me.rights['SU-ALLOW-ACCOUNT-EDITS']).toMatchObject({ outcome: 'allowed' })
    expect(me.rights['crm.accounts.view']).toMatchObject({ outcome: 'allowed' })
    expect(me.rights['SU-ALLOW-ACCOUNT-ADDS']).toMatchObject({ outcome: 'denied' })
    for (const { reasons } of Object.values(me.rights)) expect(reasons.length).toBeGreaterThan(0)
    expect(JSON.stringify(me.scope)).toContain('rep:275')
    expect(JSON.stringify(me.scope)).not.toContain('rep:276')
    expect(me.policyVersion).toBeGreaterThan(0)
  })

  it('an administrator holds every right', async () => {
    const { rights } = await ada.get<Me>('/api/me')
    expect(Object.keys(rights).length).toBeGreaterThan(40)
    expect(new Set(Object.values(rights).map((right) => right.outcome))).toEqual(new Set(['allowed']))
  })

  it('a ticket needs no body and lives half a minute', async () => {
    const asked = Date.now()
    const answer = await rhea.fetch('/api/ticket', { method: 'POST' })
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as { ticket: string; expiresAt: string }
    expect(body).toStrictEqual({ ticket: anyText, expiresAt: anyInstant })
    const lives = Date.parse(body.expiresAt) - asked
    expect(lives).toBeGreaterThan(20_000)
    expect(lives).toBeLessThan(60_000)
    expect(await rhea.ticket()).not.toBe(body.ticket)
  })
})

describe('GET /api/records/:kind', () => {
  it('answers items, total and cursor, only of what this worker may see', async () => {
    const page = await rhea.list('account')
    expect(Object.keys(page).sort()).toEqual(['cursor', 'items', 'total'])
    expect(page.items.map((row) => row.name).sort()).toEqual(['Ash and Sons', 'Oak Ltd'])
    expect(page).toMatchObject({ total: 2, cursor: null })
  })

  it('contacts and addresses follow their account', async () => {
    const contacts = await rhea.list('contact', '?limit=500')
    const seen = new Set((await rhea.list('account')).items.map((row) => row.id))
    expect(contacts.items.map((row) => row.firstName)).toContain('Cora')
    expect(contacts.items.map((row) => row.firstName)).not.toContain('Edgar')
    for (const row of contacts.items) expect(seen).toContain(row.accountId)
    const addresses = await rhea.list('address')
    expect(addresses.items.map((row) => row.line1)).toEqual(['1 Oak Street'])
  })

  it('workers and groups are told to holders of the right; to others only what is theirs', async () => {
    expect((await rhea.list('worker')).items.map((row) => row.username)).toEqual(['rhea'])
    expect((await rhea.list('group')).total).toBe(0)
    expect((await ada.list('worker')).total).toBe(9)
    expect((await ada.list('group')).total).toBe(10)
    const nora = await world.visitor('nora')
    expect((await nora.list('worker')).total).toBe(9)
  })

  it('the limit is 50 unless given, 500 is honoured, larger ones are clamped, nonsense is 400', async () => {
    const sizes = await Promise.all(
      ['', '?limit=1', '?limit=500', '?limit=99999999'].map((query) => lena.list('account', query)),
    )
    expect(sizes.map((page) => page.total)).toEqual(Array(4).fill(lenasCount))
    expect(sizes.slice(0, 3).map((page) => page.items.length)).toEqual([50, 1, 500])
    expect(sizes[3]?.items.length).toBeGreaterThanOrEqual(500)
    for (const limit of ['0', '-1', 'many'])
      await expectProblem(await lena.fetch(`/api/records/account?limit=${limit}`), 400)
  })

  it('the cursor leads through all of them once, and is null at the end', async () => {
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Page = await lena.list(
        'account',
        `?limit=99${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      expect(page.total).toBe(lenasCount)
      ids.push(...page.items.map((row) => row.id))
      cursor = page.cursor
      expect(ids.length).toBeLessThanOrEqual(lenasCount)
    }
    expect(new Set(ids).size).toBe(lenasCount)
  })

  it('a search goes page by page, too', async () => {
    const first = await lena.list('account', '?q=depot&limit=400')
    const second = await lena.list(
      'account',
      `?q=depot&limit=400&cursor=${encodeURIComponent(first.cursor ?? '')}`,
    )
    expect(first.total).toBe(depots)
    expect(new Set([...first.items, ...second.items].map((row) => row.id)).size).toBe(depots)
    expect(second.cursor).toBeNull()
  })

  it('every word of q, case and accents folded, begins a word of the row', async () => {
    const found = async (q: string) =>
      (await ada.list('account', `?q=${encodeURIComponent(q)}`)).items.map((row) => row.name)
    expect(await found('zoe')).toEqual(['Zoë Brontë'])
    expect(await found('BRONT zo')).toEqual(['Zoë Brontë'])
    expect(await found('oë')).toEqual([])
    expect(await found('zoe smith')).toEqual([])
    expect(await found('elm a-2')).toEqual(['Elm Inc'])
    expect((await ada.list('worker', '?q=lofgren')).items.map((row) => row.username)).toEqual(['lena'])
    expect((await lena.list('account', '?q=elm')).total).toBe(0)
    expect((await lena.list('account', '?q=%20%20')).total).toBe(lenasCount)
  })

  it('the best comes first', async () => {
    const names = async () => (await lena.list('account', '?q=zzyzx')).items.map((row) => row.name)
    expect(await names()).toEqual(['Zzyzx', 'A Zzyzx'])
  })

  it('a kind that does not exist is not found', async () => {
    await expectProblem(await ada.fetch('/api/records/unicorn'), 404)
    await expectProblem(await ada.fetch('/api/records/__proto__'), 404)
  })
})

describe('rows', () => {
  const fields: Readonly<Record<string, string>> = {
    worker:
      'username firstName lastName email phone jobTitle active userType managerId aId accountsQueryType repCodes mappedAccounts rights groups reductions validFrom validUntil',
    group: 'code name description type parentId enabled preconfigured features',
    account:
      'aId name accountKind repCodes ownerId phone territory country state zip active parentId businessType specialty annualSales employees yearOpened notes',
    contact: 'externalId accountId firstName lastName title jobTitle email phone username house active',
    address:
      'externalId accountId contactId label line1 line2 city state stateName zip country countryName latitude longitude',
  }

  it.each(Object.keys(fields))('of a %s have every declared field, and are flat', async (kind) => {
    const { items } = await ada.list(kind)
    expect(items.length).toBeGreaterThan(0)
    for (const row of items) {
      expect(Object.keys(row)).toEqual(
        expect.arrayContaining(['id', 'kind', 'seq', ...(fields[kind] ?? '').split(' ')]),
      )
      expect(row.kind).toBe(kind)
      expect(row.seq).toBeGreaterThan(0)
      expect(Object.values(row)).not.toContain(undefined)
      expect(await ada.row(`${kind}/${row.id}`)).toEqual(row)
    }
  })

  it('say null where nothing is set, and empty sets where nothing is in them', async () => {
    expect(await ada.find('account', 'aId', 'A-4')).toMatchObject({
      name: 'Zoë Brontë',
      accountKind: 'individual',
      repCodes: [],
      ownerId: null,
      phone: null,
      territory: null,
      annualSales: null,
    })
    expect(await ada.find('worker', 'username', 'omar')).toMatchObject({
      firstName: 'Omar',
      active: true,
      rights: [],
      groups: [],
      reductions: [],
      mappedAccounts: [],
      aId: null,
      validFrom: null,
    })
  })

  it('have sets as sorted arrays, groups as sorted [{id, from, until}], features as an object', async () => {
    expect(await ada.find('account', 'aId', 'A-3')).toMatchObject({ repCodes: ['275', '276'] })
    expect(await ada.find('worker', 'username', 'rhea')).toMatchObject({
      rights: ['SU-ALLOW-ACCOUNT-EDITS', 'SU-ALLOW-CUSTOMER-ADD-EDITS'],
    })
    expect(await ada.find('worker', 'username', 'nora')).toMatchObject({
      groups: [{ id: 'auditor', from: null, until: null }],
    })
    const rep = await ada.row('group/sales-rep')
    expect(rep.features).toMatchObject({ 'SU-ALLOW-ACCOUNT-EDITS': 'allow' })
  })

  it('hold what was imported, as numbers where it is numbers', async () => {
    expect(await ada.find('account', 'aId', 'A-1')).toMatchObject({
      territory: 'North',
      country: 'US',
      state: 'TN',
      zip: '38103',
      businessType: 'BM',
      specialty: 'Mountain',
      annualSales: 800_000,
      employees: 13,
      yearOpened: 1996,
    })
    expect(await ada.find('address', 'externalId', '71')).toMatchObject({
      label: 'Main Office',
      stateName: 'Tennessee',
      countryName: 'United States',
      latitude: 35.03,
      longitude: -89.79,
    })
  })

  it('each account has one House Contact, house-<accountId>', async () => {
    const oak = await rhea.find('account', 'aId', 'A-1')
    expect(await rhea.row(`contact/house-${oak.id}`)).toMatchObject({ house: true, accountId: oak.id })
    const { items } = await rhea.list('contact', '?limit=500')
    expect(items.filter((row) => row.house === true && row.accountId === oak.id)).toHaveLength(1)
  })

  it('the preconfigured groups are ten; organization is the parent of all but three, and allows nothing', async () => {
    const { items } = await ada.list('group')
    const parents = Object.fromEntries(items.map((row) => [row.id, row.parentId]))
    expect(parents).toEqual({
      administrators: null,
      organization: null,
      'sales-rep': 'organization',
      'sales-manager': 'organization',
      'customer-service': 'organization',
      'catalog-manager': 'organization',
      'content-editor': 'organization',
      auditor: 'organization',
      affiliates: null,
      clients: null,
    })
    for (const row of items) expect(row).toMatchObject({ code: row.id, enabled: true, preconfigured: true })
    expect(items.find((row) => row.id === 'organization')?.features).toEqual({})
    const admin = await ada.find('worker', 'username', 'ada')
    expect(admin).toMatchObject({ userType: 'administrator', accountsQueryType: 'all', active: true })
    expect((admin.groups as { id: string }[]).map(({ id }) => id)).toEqual(['administrators'])
  })
})

describe('what is out of scope', () => {
  async function whole(visitor: Visitor, record: string): Promise<unknown> {
    const answer = await visitor.fetch(`/api/records/${record}`)
    const headers = [...answer.headers].filter(([name]) => name !== 'date')
    return { status: answer.status, headers, body: await answer.text() }
  }

  it('is answered byte for byte like what does not exist, and names neither', async () => {
    const elm = await ada.find('account', 'aId', 'A-2')
    const edgar = await ada.find('contact', 'externalId', '8')
    const gwen = await ada.find('worker', 'username', 'gwen')
    const missing = await whole(rhea, 'account/00000000-0000-4000-8000-000000000000')
    expect(missing).toMatchObject({ status: 404 })
    const hidden = [
      `account/${elm.id}`,
      `contact/${edgar.id}`,
      `contact/house-${elm.id}`,
      `worker/${gwen.id}`,
      'group/sales-rep',
      'account/no%20such%20id',
      'account/__proto__',
      `desk/${gwen.id}`,
    ]
    for (const record of hidden)
      expect({ record, answer: await whole(rhea, record) }).toEqual({ record, answer: missing })
    expect(JSON.stringify(missing)).not.toMatch(/00000000|account|Elm/)
    expect((await ada.fetch(`/api/records/account/${elm.id}`)).status).toBe(200)
  })
})

describe('GET /api/explain', () => {
  interface Explained {
    readonly outcome: string
    readonly reasons: readonly unknown[]
    readonly sentence: string
  }
  const ask = (visitor: Visitor, query: string) => visitor.fetch(`/api/explain?${query}`)
  const explained = (visitor: Visitor, query: string) => visitor.get<Explained>(`/api/explain?${query}`)
  let oak: Row
  beforeAll(async () => {
    oak = await rhea.find('account', 'aId', 'A-1')
  })

  it('answers outcome, reasons and a sentence about oneself', async () => {
    const may = await explained(rhea, `action=edit&record=account/${oak.id}&field=phone`)
    expect(may).toMatchObject({ outcome: 'allowed', sentence: anyText })
    expect(may.reasons.length).toBeGreaterThan(0)
    const mayNot = await explained(omar, `action=edit&record=account/${oak.id}&field=phone`)
    expect(mayNot).toMatchObject({ outcome: 'denied', sentence: anyText })
    expect(mayNot.reasons.length).toBeGreaterThan(0)
    expect(await explained(rhea, `action=edit&record=account/${oak.id}&field=repCodes`)).toMatchObject({
      outcome: 'denied',
    })
  })

  it('about others only with settings.workers', async () => {
    const query = (who: string) => `worker=${who}&action=edit&record=account/${oak.id}&field=phone`
    expect(await explained(ada, query(omar.id))).toMatchObject({ outcome: 'denied' })
    expect(await explained(ada, query(rhea.id))).toMatchObject({ outcome: 'allowed' })
    const refused = await expectProblem(await ask(rhea, query(omar.id)), 403)
    expect(refused.reasons).toEqual(expect.any(Array))
    // The same for who does not exist: nobody learns who works here.
    expect(await expectProblem(await ask(rhea, query('nobody')), 403)).toEqual(refused)
    expect(await explained(rhea, query(rhea.id))).toMatchObject({ outcome: 'allowed' })
  })

  it('explains what one may not see like what does not exist', async () => {
    const elm = await ada.find('account', 'aId', 'A-2')
    const strip = (answer: Explained, id: string) => JSON.stringify(answer).replaceAll(id, '')
    const hidden = await explained(rhea, `action=view&record=account/${elm.id}`)
    const missing = await explained(rhea, 'action=view&record=account/nothing-there')
    expect(strip(hidden, elm.id)).toBe(strip(missing, 'nothing-there'))
  })

  it('a question that makes no sense is 400', async () => {
    await expectProblem(await ask(rhea, 'action=fly&record=account/x'), 400)
    await expectProblem(await ask(rhea, 'action=view&record=unicorn/x'), 400)
    await expectProblem(await ask(rhea, ''), 400)
  })
})

describe('the rest', () => {
  it('health answers 200 once ready, metrics as Prometheus text', async () => {
    expect((await fetch(`${world.url}/api/health`)).status).toBe(200)
    const metrics = await fetch(`${world.url}/metrics`)
    expect(metrics.status).toBe(200)
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await metrics.text()).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m)
  })

  it('calls that do not exist are problems, too', async () => {
    await expectProblem(await rhea.fetch('/api/nothing'), 404)
    expect((await rhea.fetch('/api/me', { method: 'DELETE' })).status).toBeGreaterThanOrEqual(400)
  })
})

describe('cross-site', () => {
  it('a state-changing call with a foreign Origin is 403, even with a valid cookie', async () => {
    const visitor = await world.visitor('nora')
    const calls = ['/api/login', '/api/ticket', '/api/import/account?mode=apply', '/api/logout']
    for (const origin of [
      'https://evil.example',
      'null',
      world.url.replace('http:', 'https:').replace(/:\d+$/, ''),
    ])
      for (const path of calls) {
        const headers = { origin, cookie: visitor.cookie, 'content-type': 'application/json' }
        const answer = await fetch(world.url + path, { method: 'POST', headers, body: '{}' })
        await expectProblem(answer, 403)
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      }
    expect((await visitor.fetch('/api/me')).status).toBe(200)
  })

  it('the own Origin, and none, are taken', async () => {
    for (const headers of [{ origin: world.url, cookie: rhea.cookie }, { cookie: rhea.cookie }])
      expect((await fetch(`${world.url}/api/ticket`, { method: 'POST', headers })).status).toBe(200)
  })
})
