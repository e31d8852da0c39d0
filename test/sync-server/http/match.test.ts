import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createShownMatches, SHOWN_MS } from '../../../sync-server/match/shown-matches.ts'
import { TestServer } from '../../support/test-server.ts'

type Item = Record<string, unknown> & { type: string }

describe('Check for Match over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start({
      records: [
        // Rhea's twin in everything but the switch.
        {
          kind: 'worker',
          id: 'nina',
          fields: {
            username: 'nina',
            firstName: 'Nina',
            userType: 'account_manager',
            accountsQueryType: 'rep',
            repCodes: ['275'],
            groups: [{ id: 'sales-rep', from: null, until: null }],
            enforceMatchSecurity: false,
          },
        },
        {
          kind: 'worker',
          id: 'audra',
          fields: { username: 'audra', groups: [{ id: 'auditor', from: null, until: null }] },
        },
        { kind: 'address', id: 'elm-street', fields: { accountId: 'elm', label: 'Home', city: 'Rome' } },
        {
          kind: 'contact',
          id: 'emil',
          fields: { accountId: 'elm', lastName: 'Emil', email: 'Emil@elm.example', phone: '(555) 777' },
        },
      ],
    })
  })
  afterAll(() => server.close())

  const ask = async (worker: string, path: string, anew = false) =>
    server.fetch(`/api/${path}`, await server.signIn(worker, { anew }))
  const match = async (worker: string, query: string): Promise<readonly Item[]> =>
    ((await (await ask(worker, `match/account?${query}`)).json()) as { items: Item[] }).items
  const logged = async () =>
    ((await (await ask('ada', 'audit?what=matches')).json()) as { items: Record<string, unknown>[] }).items

  const card = { type: 'card', name: 'Elm Inc', town: 'Rome', owner: 'Eve Evans' }

  it('[U-22] [U-b] a rep gets a link to what is assigned, and a card without an id for the rest', async () => {
    expect(await match('rhea', 'name=ltd%20OAK')).toEqual([
      { type: 'link', id: 'oak', name: 'Oak Ltd', town: 'Seattle', owner: 'Nina' },
    ])
    const answer = await (await ask('rhea', 'match/account?name=elm%20inc')).text()
    expect(JSON.parse(answer)).toEqual({ items: [card] })
    expect(answer).not.toMatch(/"id"|A-3|276/)
  })

  it('[U-20] finds by the e-mail and the phone of a contact, and by the phone of the account; each account once', async () => {
    expect(await match('rhea', 'email=emil%40ELM.example')).toEqual([card])
    expect(await match('rhea', 'phone=555-777')).toEqual([card])
    expect(await match('rhea', 'phone=5550100')).toMatchObject([{ type: 'link', id: 'oak' }])
    expect(await match('rhea', 'name=Elm%20Inc&email=emil%40elm.example&phone=555777')).toEqual([card])
    expect(await match('rhea', 'name=Elm')).toEqual([])
    expect(await match('rhea', 'name=Elm%20Incorporated')).toEqual([])
  })

  it('[GATE 34] at most 20, and nothing about how many more', async () => {
    for (let at = 0; at < 23; at++)
      await server.change('account', `twin-${at}`, { name: 'Twin Shop', repCodes: ['276'] })
    const answer = await ask('rhea', 'match/account?name=twin%20shop')
    const body = (await answer.json()) as { items: Item[] }
    expect(body.items).toHaveLength(20)
    expect(Object.keys(body)).toEqual(['items'])
  })

  it('needs three characters of something, a session, and the right', async () => {
    for (const query of ['', 'name=%20a%20', 'phone=ab-12', 'email=a%40', `name=${'x'.repeat(300)}`])
      expect((await ask('rhea', `match/account?${query}`)).status).toBe(400)
    expect((await fetch(`${server.url}/api/match/account?name=elm`)).status).toBe(401)
    await server.change('group', 'sales-rep', { features: { 'crm.match': 'deny' } })
    const denied = await ask('rhea', 'match/account?name=elm%20inc')
    expect(denied.status).toBe(403)
    expect(await denied.json()).toMatchObject({ reasons: [{ code: 'denied-by-group' }] })
    await server.change('group', 'sales-rep', { features: { 'crm.match': 'allow' } })
  })

  it('[S13] [U-c] what a match shows as a link opens to read, marked and logged; nothing else does', async () => {
    const missing = await (await ask('nina', 'records/account/no-such?via=match')).text()
    // Not shown yet.
    const early = await ask('nina', 'records/account/elm?via=match')
    expect([early.status, await early.text()]).toEqual([404, missing])
    expect(await match('nina', 'name=elm%20inc')).toMatchObject([{ type: 'link', id: 'elm' }])
    expect(await logged()).toEqual([])

    const opened = await ask('nina', 'records/account/elm?via=match')
    expect(opened.status).toBe(200)
    expect(await opened.json()).toMatchObject({ id: 'elm', name: 'Elm Inc', via: 'match' })
    expect(await logged()).toMatchObject([
      {
        actor: { id: 'nina', name: 'Nina' },
        record: { kind: 'account', id: 'elm', title: 'Elm Inc' },
        event: 'match',
        at: new Date(server.clock.now).toISOString(),
      },
    ])

    // Without saying so, in a list, in an export, for its contacts, in another session, for another worker.
    const plain = await ask('nina', 'records/account/elm')
    expect([plain.status, await plain.text()]).toEqual([404, missing])
    expect((await ask('nina', 'records/contact/emil?via=match')).status).toBe(404)
    expect(await (await ask('nina', 'records/account')).text()).not.toContain('Elm Inc')
    expect(await (await ask('nina', 'export/account')).text()).not.toContain('Elm Inc')
    const own = await ask('rhea', 'records/account/elm?via=match')
    expect([own.status, await own.text()]).toEqual([404, missing])
    expect((await ask('nina', 'records/account/elm?via=match', true)).status).toBe(404)
    const explained = await (await ask('nina', 'explain?action=view&record=account/elm')).text()
    expect(explained).toContain('not-found-or-out-of-scope')
    expect(await logged()).toHaveLength(1)
  })

  it('[S13] a record in scope is opened as always, and not logged', async () => {
    const before = (await logged()).length
    await match('rhea', 'name=oak%20ltd')
    const opened = await ask('rhea', 'records/account/oak?via=match')
    expect(await opened.json()).not.toHaveProperty('via')
    expect(await logged()).toHaveLength(before)
  })

  it('[S13] enforcing it again, or ten minutes, ends it', async () => {
    await match('nina', 'name=elm%20inc')
    expect((await ask('nina', 'records/account/elm?via=match')).status).toBe(200)
    await server.change('worker', 'nina', { enforceMatchSecurity: true })
    expect((await ask('nina', 'records/account/elm?via=match')).status).toBe(404)
    await server.change('worker', 'nina', { enforceMatchSecurity: false })
    server.clock.now += SHOWN_MS
    expect((await ask('nina', 'records/account/elm?via=match')).status).toBe(404)
  })

  it('[S13] [GATE 34] what was opened is in the log of who may view it and sees the account; paged, the latest first', async () => {
    expect((await ask('rhea', 'audit?what=matches')).status).toBe(403)
    expect((await fetch(`${server.url}/api/audit`)).status).toBe(401)
    const page = async (query: string) =>
      (await (await ask('ada', `audit?what=matches&${query}`)).json()) as {
        items: unknown[]
        cursor: string | null
      }
    const first = await page('limit=1')
    expect(first.items).toHaveLength(1)
    const second = await page(`limit=1&cursor=${first.cursor}`)
    expect(second.items).toHaveLength(1)
    expect(second.cursor).toBeNull()
    // An auditor who reaches no account is told nothing of it.
    expect(await (await ask('audra', 'audit?what=matches')).json()).toEqual({ items: [], cursor: null })
    expect((await ask('audra', 'audit?limit=0')).status).toBe(400)
  })
})

describe('what was shown', () => {
  it('is kept for each session apart, for ten minutes, and not without end', () => {
    let now = 0
    const shown = createShownMatches(() => now)
    shown.show('s1', ['a'])
    expect([shown.wasShown('s1', 'a'), shown.wasShown('s1', 'b'), shown.wasShown('s2', 'a')]).toEqual([
      true,
      false,
      false,
    ])
    now = SHOWN_MS - 1
    expect(shown.wasShown('s1', 'a')).toBe(true)
    shown.show('s1', [...Array(200).keys()].map(String))
    expect([shown.wasShown('s1', 'a'), shown.wasShown('s1', '0')]).toEqual([false, true])
    shown.forget('s1')
    expect(shown.wasShown('s1', '0')).toBe(false)
  })
})
