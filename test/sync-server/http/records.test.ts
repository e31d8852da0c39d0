import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kindSpecs } from '../../../core/records/registry.ts'
import { TestServer } from '../../support/test-server.ts'

interface Listed {
  readonly items: readonly Record<string, unknown>[]
  readonly total: number
  readonly cursor: string | null
}

describe('records over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
  })
  afterAll(() => server.close())

  const ask = async (worker: string, path: string) =>
    server.fetch(`/api/${path}`, await server.signIn(worker))
  const list = async (worker: string, path: string) =>
    (await (await ask(worker, `records/${path}`)).json()) as Listed
  const ids = async (worker: string, path: string) =>
    (await list(worker, path)).items.map(({ id }) => id).sort()

  it('[S2] a rep is given the accounts of their rep codes, and what hangs on them; a manager of all, everything', async () => {
    expect(await ids('rhea', 'account')).toEqual(['ash', 'oak'])
    expect(await ids('eve', 'account')).toEqual(['elm'])
    expect(await ids('max', 'account')).toEqual(['ash', 'elm', 'oak'])
    expect(await ids('rhea', 'contact')).toEqual(['cora', 'house-ash', 'house-oak'])
    expect(await ids('eve', 'address')).toEqual([])
  })

  it('[S9] what is out of scope is answered byte for byte like what does not exist', async () => {
    const foreign = await ask('rhea', 'records/account/elm')
    const missing = await ask('rhea', 'records/account/no-such-account')
    expect([foreign.status, missing.status]).toEqual([404, 404])
    const bodies = [await foreign.text(), await missing.text()]
    expect(bodies[0]).toBe(bodies[1])
    expect(bodies[0]).not.toContain('elm')
    expect([...foreign.headers].filter(([name]) => name !== 'date')).toEqual(
      [...missing.headers].filter(([name]) => name !== 'date'),
    )
    expect((await ask('eve', 'records/account/elm')).status).toBe(200)
  })

  it('a row is flat and complete: every declared field, null where unset, sets as sorted arrays', async () => {
    const row = (await (await ask('rhea', 'records/account/ash')).json()) as Record<string, unknown>
    expect(Object.keys(row).sort()).toEqual(
      ['id', 'kind', 'seq', ...Object.keys(kindSpecs.account.fields)].sort(),
    )
    expect(row).toMatchObject({
      id: 'ash',
      kind: 'account',
      repCodes: ['275'],
      phone: null,
      notes: null,
      active: true,
    })
  })

  it('finds by words that begin a word of the row, case and accents folded', async () => {
    expect(await ids('max', 'account?q=SON')).toEqual(['ash'])
    expect(await ids('max', 'account?q=oa%20l')).toEqual(['oak'])
    expect(await ids('max', 'account?q=ak')).toEqual([])
    expect(await ids('max', 'account?q=%C3%B3%C3%A1k')).toEqual(['oak'])
    expect(await ids('rhea', 'account?q=elm')).toEqual([])
  })

  it('pages by cursor until there is no more, each record once', async () => {
    const seen: unknown[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Listed = await list(
        'max',
        `account?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      expect(page.total).toBe(3)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.cursor
    }
    expect(seen.sort()).toEqual(['ash', 'elm', 'oak'])
  })

  it('odd questions get a sentence, and nothing else', async () => {
    expect((await ask('max', 'records/account?limit=0')).status).toBe(400)
    expect((await ask('max', 'records/account?limit=many')).status).toBe(400)
    expect((await list('max', 'account?limit=100000')).items).toHaveLength(3)
    expect((await list('max', 'account?cursor=nonsense')).items.length).toBeLessThanOrEqual(3)
    expect((await ask('max', 'records/__proto__')).status).toBe(404)
    expect((await ask('max', 'records/account/..%2f..%2fetc')).status).toBe(404)
    expect((await fetch(`${server.url}/api/records/account`)).status).toBe(401)
  })

  it('[S8] a rep reads themselves, their groups and the names of colleagues, but no other worker', async () => {
    expect(await ids('rhea', 'worker')).toEqual(['rhea'])
    expect(await ids('rhea', 'group')).toEqual(['organization', 'sales-rep'])
    const names = (await list('rhea', 'colleague')).items
    expect(names).toHaveLength(4)
    expect(Object.keys(names[0] ?? {}).sort()).toEqual(['active', 'id', 'kind', 'name', 'seq'])
    expect((await ids('ada', 'worker')).length).toBe(4)
  })

  it('[S7] a geography restriction takes accounts out of lists, counts and single answers', async () => {
    await server.change('worker', 'max', { geographies: ['CA'] })
    expect(await ids('max', 'account')).toEqual(['ash'])
    expect((await list('max', 'account?limit=1')).total).toBe(1)
    expect(await ids('max', 'contact')).toEqual(['house-ash'])
    expect((await ask('max', 'records/account/oak')).status).toBe(404)
    await server.change('worker', 'max', { geographies: [] })
    expect((await ask('max', 'records/account/oak')).status).toBe(200)
  })

  it('/api/me says who one is, what one holds and why, and what one reaches', async () => {
    const me = (await (await ask('rhea', 'me')).json()) as {
      worker: { id: string }
      rights: Record<string, { outcome: string; reasons: { code: string; groups?: { id: string }[] }[] }>
      scope: { everything: boolean; keys: { key: string }[] }
      policyVersion: number
    }
    expect(me.worker.id).toBe('rhea')
    expect(me.rights['SU-ALLOW-ACCOUNT-EDITS']).toMatchObject({
      outcome: 'allowed',
      reasons: [{ code: 'allowed-by-group', groups: [{ id: 'sales-rep' }] }],
    })
    expect(me.rights['settings.workers']).toMatchObject({
      outcome: 'denied',
      reasons: [{ code: 'not-held' }],
    })
    expect(me.scope.keys.map(({ key }) => key)).toEqual(['rep:275'])
    expect(me.policyVersion).toBeGreaterThan(0)
  })
})
