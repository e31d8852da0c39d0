import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../support/test-server.ts'

describe('a search filter over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
    await server.change('worker', 'max', { searchFilter: ['country=us'] })
  })
  afterAll(() => server.close())

  const ask = async (path: string, worker = 'max') =>
    server.fetch(`/api/${path}`, await server.signIn(worker))
  const list = async (path: string, worker = 'max') =>
    (await (await ask(`records/${path}`, worker)).json()) as {
      items: { id: string }[]
      total: number
      cursor: string | null
    }
  const ids = async (path: string, worker = 'max') =>
    (await list(path, worker)).items.map(({ id }) => id).sort()

  it('[S11] a search leaves out what it does not let pass, in items and total; a list leaves out nothing', async () => {
    expect(await ids('account?q=ash')).toEqual([])
    expect((await list('account?q=ash')).total).toBe(0)
    expect(await ids('account?q=ash', 'ada')).toEqual(['ash'])
    expect(await ids('account?q=oak')).toEqual(['oak'])
    expect(await ids('account')).toEqual(['ash', 'elm', 'oak'])
    expect(await ids('account?q=%20.')).toEqual(['ash', 'elm', 'oak'])
  })

  it('[S11] pages of a search go on where the last one ended', async () => {
    const first = await list('account?q=a-&limit=1')
    expect(first).toMatchObject({ total: 2, items: [{ id: 'elm' }] })
    const second = await list(`account?q=a-&limit=1&cursor=${first.cursor}`)
    expect(second).toMatchObject({ items: [{ id: 'oak' }], cursor: null })
  })

  it('[S5] [S11] what hangs on an account passes with it; other kinds are not filtered', async () => {
    expect(await ids('contact?q=cora')).toEqual(['cora'])
    await server.change('account', 'oak', { country: 'CA' })
    expect(await ids('contact?q=cora')).toEqual([])
    expect(await ids('colleague?q=rhea')).toEqual(['rhea'])
    await server.change('account', 'oak', { country: 'US' })
  })

  it('[S11] what it hides opens by its address, is exported, and is explained as hidden from search only', async () => {
    expect((await ask('records/account/ash')).status).toBe(200)
    expect(await (await ask('export/account')).text()).toContain('Ash & Sons')
    const explained = (await (await ask('explain?action=view&record=account/ash')).json()) as {
      outcome: string
      sentence: string
      reasons: { code: string }[]
    }
    expect(explained.outcome).toBe('allowed')
    expect(explained.sentence).toContain('hidden from search only')
    expect(explained.reasons.at(-1)?.code).toBe('hidden-from-search')
    const open = await (await ask('explain?action=view&record=account/oak')).text()
    expect(open).not.toContain('hidden')
  })

  it('[U-13] [S7] with a restriction, a search shows what passes both', async () => {
    await server.change('worker', 'max', { searchFilter: ['country=us', 'country=ca'], geographies: ['CA'] })
    expect(await ids('account?q=a-')).toEqual(['ash'])
    expect(await ids('account')).toEqual(['ash'])
    await server.change('worker', 'max', { searchFilter: ['country=us'], geographies: [] })
  })

  it('[P14] is in the file of workers, refused when nobody could read it, and not changed by its own worker', async () => {
    expect(await (await ask('export/worker', 'ada')).text()).toContain('country=us')
    const send = async (cell: string) =>
      (await (
        await server.fetch('/api/import/worker?mode=apply', await server.signIn('ada'), {
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
          body: `username,search_filter\neve,${cell}\n`,
        })
      ).json()) as { changed: number; errors: { column: string }[] }
    expect((await send('town=Rome')).errors).toMatchObject([{ column: 'search_filter' }])
    expect(await send('state=WA;zip=98')).toMatchObject({ changed: 1, errors: [] })
    expect((await server.row('worker', 'eve'))?.searchFilter).toEqual(['state=WA', 'zip=98'])
  })
})
