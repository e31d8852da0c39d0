/** Rooms as a stock y-websocket client meets them, over real sockets (DESIGN 8). */
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { eventually } from '../../support/eventually.ts'
import { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
})
afterEach(() => server.close())

/** Clock by clientID: equal where everything has arrived, fillers included. */
const clocksOf = (doc = new Y.Doc()) => new Map([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort())

const quarantine = () => server.organisation.storage.quarantine({ workerId: null, limit: 100 })

describe('an edit in a room', () => {
  it('reaches the other clients and the row when it is allowed', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    const max = await server.room('max', 'account', 'oak')
    await Promise.all([rhea.synced, max.synced])
    expect(max.fields.get('phone')).toBe('555 0100')

    rhea.fields.set('phone', '555 0199')
    await eventually(() => max.fields.get('phone') === '555 0199')
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '555 0199' })

    max.doc.getText('text:notes').insert(0, 'Called. ')
    await eventually(() => rhea.doc.getText('text:notes').toString() === 'Called. Since 1990.')
    expect(await server.row('account', 'oak')).toMatchObject({ notes: 'Called. Since 1990.' })
  })

  it('[P24, D18] of an import-owned field is refused: told, closed with 4403, in nobody’s document, in quarantine', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    const max = await server.room('max', 'account', 'oak')
    await Promise.all([rhea.synced, max.synced])

    rhea.fields.set('repCodes/999', true)
    expect(await rhea.closed).toEqual({ code: 4403, reason: 'import-owned' })
    expect(rhea.denied).toHaveLength(1)
    expect(rhea.denied[0]).toMatch(/\S+ \S+.*\.$/)

    // A fence: what comes after it in the room has left the refused edit behind.
    await server.change('account', 'oak', { phone: '1' })
    await eventually(() => max.fields.get('phone') === '1')
    expect(max.fields.has('repCodes/999')).toBe(false)
    expect(await server.row('account', 'oak')).toMatchObject({ repCodes: ['275'] })
    const [entry, ...others] = await quarantine()
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      record: { kind: 'account', id: 'oak' },
      workerId: 'rhea',
      reasons: [{ code: 'import-owned' }],
      changes: [{ field: 'repCodes/999', new: true }],
    })
  })

  it('leaves everybody with the same document after a refusal, the next joiner included [D12]', async () => {
    const max = await server.room('max', 'account', 'oak')
    await max.synced
    for (const value of ['a', 'b']) {
      const rhea = await server.room('rhea', 'account', 'oak')
      await rhea.synced
      rhea.fields.set('phone', `kept ${value}`)
      rhea.fields.set('repCodes/999', true)
      rhea.fields.set('phone', `after the refusal ${value}`)
      expect((await rhea.closed).code).toBe(4403)
      await eventually(() => max.fields.get('phone') === `kept ${value}`)
    }
    const joiner = await server.room('max', 'account', 'oak')
    await joiner.synced
    expect(joiner.fields.toJSON()).toEqual(max.fields.toJSON())
    await eventually(() => isDeepStrictEqual(clocksOf(joiner.doc), clocksOf(max.doc)))
  })

  it('[GATE 19] that follows a refusal is not looked at, whatever it is; alone it is merged', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    await rhea.synced
    rhea.fields.set('repCodes/999', true)
    // Deletes only: neither its clientID nor anything it builds on was refused.
    rhea.doc.getText('text:notes').delete(0, 6)
    rhea.doc.getText('text:notes').delete(0, 1)
    expect((await rhea.closed).code).toBe(4403)
    expect(await server.row('account', 'oak')).toMatchObject({ notes: 'Since 1990.' })
    expect(await quarantine()).toHaveLength(1)

    const again = await server.room('rhea', 'account', 'oak')
    await again.synced
    again.doc.getText('text:notes').delete(0, 6)
    await eventually(async () => (await server.row('account', 'oak'))?.notes === '1990.')
  })

  it('counts what a right allows at that moment, not when the room was opened [D7]', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    await rhea.synced
    rhea.fields.set('phone', 'before')
    await eventually(async () => (await server.row('account', 'oak'))?.phone === 'before')

    await server.change('group', 'sales-rep', { features: { 'crm.accounts.view': 'allow' } })
    rhea.fields.set('phone', 'after')
    expect((await rhea.closed).code).toBe(4403)
    expect(await server.row('account', 'oak')).toMatchObject({ phone: 'before' })
  })

  it('made offline comes with step 2 when the client is back [L11]', async () => {
    const rhea = await server.room('rhea', 'account', 'oak')
    await rhea.synced
    rhea.provider.disconnect()
    rhea.fields.set('phone', 'offline 1')
    rhea.fields.set('territory', 'North')
    const again = await server.room('rhea', 'account', 'oak', rhea.doc)
    await again.synced
    await eventually(async () => (await server.row('account', 'oak'))?.territory === 'North')
    expect(await server.row('account', 'oak')).toMatchObject({ phone: 'offline 1' })
    again.fields.set('phone', 'online')
    await eventually(async () => (await server.row('account', 'oak'))?.phone === 'online')
  })

  it('to a desk that nobody has written yet makes it', async () => {
    const rhea = await server.room('rhea', 'desk', 'rhea')
    await rhea.synced
    rhea.fields.set('theme', 'dark')
    await eventually(async () => (await server.row('desk', 'rhea'))?.theme === 'dark')
    rhea.fields.set('theme', 'light')
    await eventually(async () => (await server.row('desk', 'rhea'))?.theme === 'light')
    expect(rhea.denied).toEqual([])
  })

  it('reaches everybody while many write at once, and nobody misses one [D11]', async () => {
    const writers = await Promise.all([0, 1, 2, 3].map(() => server.room('rhea', 'account', 'oak')))
    await Promise.all(writers.map(({ synced }) => synced))
    const keys = ['phone', 'territory', 'specialty', 'businessType']
    let latecomer: Awaited<ReturnType<TestServer['room']>> | undefined
    for (let round = 0; round < 20; round++) {
      writers.forEach(({ fields }, index) => fields.set(keys[index] ?? '', `${index} ${round}`))
      if (round === 10) latecomer = await server.room('max', 'account', 'oak')
    }
    const everybody = [...writers, ...(latecomer ? [latecomer] : [])]
    await eventually(() =>
      everybody.every(({ fields }) => keys.every((key, index) => fields.get(key) === `${index} 19`)),
    )
    for (const { doc } of everybody) expect(clocksOf(doc)).toEqual(clocksOf(writers[0]?.doc))
  })
})

describe('reading', () => {
  it('[S9] out of scope and not existing are closed alike with 4404, before anything is sent', async () => {
    const answers = await Promise.all(
      [
        'account/elm',
        'account/nothing',
        'contact/dora',
        'contact/nothing',
        'desk/eve',
        'account/a~b',
        'nokind/x',
      ].map(async (path) => {
        const raw = await server.raw(path, { worker: 'rhea' })
        return { closed: await raw.closed, frames: raw.frames.length }
      }),
    )
    for (const answer of answers) {
      expect(answer).toEqual({ closed: { code: 4404, reason: 'not-found' }, frames: 0 })
    }
    const inScope = await server.room('eve', 'account', 'elm')
    await inScope.synced
  })

  it('[L5] a rep code taken away closes the rooms it opened, contacts’ too, and leaves others’ open', async () => {
    const account = await server.room('rhea', 'account', 'oak')
    const contact = await server.room('rhea', 'contact', 'cora')
    const desk = await server.room('rhea', 'desk', 'rhea')
    const other = await server.room('max', 'account', 'oak')
    await Promise.all([account, contact, desk, other].map(({ synced }) => synced))

    await server.change('worker', 'rhea', { repCodes: ['300'] })
    expect(await account.closed).toEqual({ code: 4404, reason: 'not-found' })
    expect((await contact.closed).code).toBe(4404)
    await server.change('account', 'oak', { phone: 'secret' })
    await eventually(() => other.fields.get('phone') === 'secret')
    expect(account.fields.get('phone')).toBe('555 0100')
    expect(desk.provider.wsconnected).toBe(true)
  })

  it('[S6] an account that gets other rep codes closes its rooms and those of what hangs on it', async () => {
    const account = await server.room('rhea', 'account', 'oak')
    const contact = await server.room('rhea', 'contact', 'cora')
    const address = await server.room('rhea', 'address', 'home')
    const kept = await server.room('rhea', 'account', 'ash')
    await Promise.all([account, contact, address, kept].map(({ synced }) => synced))
    await server.change('account', 'oak', { repCodes: ['276'], phone: 'secret' })
    for (const { closed } of [account, contact, address]) expect((await closed).code).toBe(4404)
    expect(account.fields.get('phone')).toBe('555 0100')
    await server.change('account', 'ash', { phone: '2' })
    await eventually(() => kept.fields.get('phone') === '2')
  })

  it('[S6] a contact that moves to an account out of scope is closed, and the move itself is not sent', async () => {
    const contact = await server.room('rhea', 'contact', 'cora')
    const other = await server.room('max', 'contact', 'cora')
    await Promise.all([contact.synced, other.synced])
    await server.change('contact', 'cora', { accountId: 'elm' })
    expect((await contact.closed).code).toBe(4404)
    await eventually(() => other.fields.get('accountId') === 'elm')
    expect(contact.fields.get('accountId')).toBe('oak')
  })

  it('[S7] a restriction that comes closes what it takes out', async () => {
    const oak = await server.room('rhea', 'contact', 'cora')
    const ash = await server.room('rhea', 'account', 'ash')
    await Promise.all([oak.synced, ash.synced])
    await server.change('worker', 'rhea', { geographies: ['US'] })
    expect((await ash.closed).code).toBe(4404)
    expect(oak.provider.wsconnected).toBe(true)
    await server.change('account', 'oak', { country: 'CA' })
    expect((await oak.closed).code).toBe(4404)
  })
})
