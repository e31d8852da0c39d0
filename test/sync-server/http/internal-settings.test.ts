/** What a worker's internal settings are made of, as the server keeps, checks and hands them out (U-07..U-19, U-32). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsId } from '../../../core/records/settings.ts'
import { passwordProblemIn } from '../../../sync-server/http/passwords.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

describe('internal settings on the server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
    await server.change('label-set', 'shop-words', {
      name: 'Shop words',
      labels: { 'account.phone': 'Shop phone' },
    })
    const notice = { title: 'Stocktaking', body: 'Friday.', at: '2026-01-05T08:00:00.000Z' }
    await server.change('board', 'hall', { name: 'Hall', active: true, notices: { n1: notice } })
    await server.change('campaign', 'ads', { code: 'ADS', name: 'Google Ads', active: true })
  })
  afterAll(() => server.close())

  const get = async (worker: string, path: string) =>
    server.fetch(`/api/${path}`, await server.signIn(worker))
  const listed = async (worker: string, kind: string) =>
    ((await (await get(worker, `records/${kind}`)).json()) as { items: { id: string }[] }).items
  const send = async (body: string) =>
    (await (
      await server.fetch('/api/import/worker?mode=apply', await server.signIn('ada'), {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body,
      })
    ).json()) as { changed: number; unchanged: number; errors: { column: string; message: string }[] }

  it('[S8] [U-08] [U-09] every worker is given label sets, boards and campaigns, as rows and in search', async () => {
    expect(await listed('rhea', 'label-set')).toMatchObject([{ labels: { 'account.phone': 'Shop phone' } }])
    expect(await listed('rhea', 'board')).toMatchObject([{ notices: { n1: { title: 'Stocktaking' } } }])
    expect(await listed('rhea', 'campaign?q=goo')).toMatchObject([{ id: 'ads', code: 'ADS' }])
    expect(await listed('rhea', 'campaign?q=bing')).toEqual([])
  })

  it('[S8] a device is sent them, and a stock client reads one in its room', async () => {
    const device = await TestDevice.connect(server, 'rhea')
    await device.caughtUp(server)
    expect(device.ids('label-set')).toEqual(['shop-words'])
    expect(device.ids('board')).toEqual(['hall'])
    const room = await server.room('rhea', 'label-set', 'shop-words')
    await room.synced
    expect(room.fields.get('labels/account.phone')).toBe('Shop phone')
  })

  it('[P21] [U-09] a label set that is not there is given to nobody, and one that is there is', async () => {
    expect(await server.change('worker', 'rhea', { labelSet: 'gone' })).toMatchObject({
      type: 'refused',
      reasons: [{ code: 'parent-not-found', field: 'labelSet' }],
    })
    expect((await server.change('worker', 'rhea', { labelSet: 'shop-words' })).type).toBe('merged')
  })

  it('[U-15] [U-16] [U-17] [U-32] come in a file of workers, and go out as they came in', async () => {
    const file =
      'username,label_set,bulletin_board,library_folders,reports,email_template_folders,callback_listed\n' +
      'rhea,shop-words,hall,Prices;Plans,none,Letters,1\n'
    expect(await send(file)).toMatchObject({ changed: 1, errors: [] })
    expect(await server.row('worker', 'rhea')).toMatchObject({
      labelSet: 'shop-words',
      board: 'hall',
      libraryFolders: ['Plans', 'Prices'],
      reports: ['none'],
      templateFolders: ['Letters'],
      callbackListed: true,
    })
    expect(await send(await (await get('ada', 'export/worker')).text())).toMatchObject({ changed: 0 })
    const wrong = await send('username,bulletin_board\nrhea,no-such-board\n')
    expect(wrong.errors).toHaveLength(1)
  })

  it('a password has as many characters as the settings ask for, and never fewer than twelve', async () => {
    const { storage } = server.organisation
    expect(await passwordProblemIn(storage, 'x'.repeat(12))).toBeNull()
    expect((await server.change('settings', settingsId, { passwordLengthMin: 16 })).type).toBe('merged')
    expect(await passwordProblemIn(storage, 'x'.repeat(15))).toContain('at least 16 characters')
    const set = async (length: number) =>
      server.fetch('/api/workers/rhea/password', await server.signIn('ada'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password: 'x'.repeat(length), mustChange: false }),
      })
    const short = await set(15)
    expect([short.status, await short.text()]).toEqual([422, expect.stringContaining('at least 16')])
    expect((await set(16)).ok).toBe(true)
    expect((await server.change('settings', settingsId, { passwordLengthMin: 11 })).type).toBe('refused')
  })
})
