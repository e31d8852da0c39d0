/** What a policy tick does to those who are connected: devices on the link, open rooms, sessions (D20, L4, L5). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { timelineFromJson } from '../../../core/access/principal-json.ts'
import { principalAt } from '../../../core/access/principal.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

const START = Date.UTC(2026, 0, 15, 12)
const T = START + 60_000
const U = START + 120_000
const iso = (instant: number) => new Date(instant).toISOString()

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start({
    records: [
      // Reads accounts only as a member of `auditor`, from T to U: the base feature is denied by `guests`.
      {
        kind: 'group',
        id: 'guests',
        fields: {
          code: 'guests',
          name: 'Guests',
          type: 'user',
          enabled: true,
          features: { 'crm.accounts.view': 'deny' },
        },
      },
      {
        kind: 'worker',
        id: 'gus',
        fields: {
          username: 'gus',
          firstName: 'Gus',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          groups: [{ id: 'guests', from: null, until: iso(T) }],
          validUntil: iso(U),
        },
      },
      {
        kind: 'worker',
        id: 'ina',
        fields: {
          username: 'ina',
          firstName: 'Ina',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          groups: [
            { id: 'sales-rep', from: iso(T), until: iso(U) },
            { id: 'guests', from: iso(U), until: null },
          ],
        },
      },
    ],
  })
})
afterEach(() => server.close())

const phoneOf = (device: TestDevice) => device.row('account', 'oak')?.phone

describe('[D20] a device on the link', () => {
  test('[L4] is told its rights at the instant; records arrive, and records leave', async () => {
    const gus = await TestDevice.connect(server, 'gus')
    await gus.caughtUp(server)
    expect(gus.ids('account')).toEqual([])
    await server.passTo(T)
    await eventually(() => gus.ids('account').length === 2)
    expect(gus.ids('contact')).toEqual(['cora', 'house-ash', 'house-oak'])
    expect(gus.bodies('policy')).toHaveLength(1)
    expect(gus.bodies('policy')[0]?.policyVersion).toBe(server.organisation.policy.directory.policyVersion)

    const ina = await TestDevice.connect(server, 'ina')
    await ina.caughtUp(server)
    expect(ina.ids('account')).toEqual(['ash', 'oak'])
    await server.passTo(U)
    await eventually(() => ina.ids('account').length === 0)
    expect(ina.ids('contact')).toEqual([])
    expect(ina.bodies('policy')).toHaveLength(1)
    // [L5] Nothing of it is sent any more.
    const before = ina.messages.length
    await server.change('account', 'oak', { phone: '9' })
    await server.change('worker', 'ina', { phone: '1' })
    await eventually(() => ina.row('worker', 'ina')?.phone === '1')
    expect(ina.messages.slice(before).map(({ name }) => name)).toEqual(['feed'])
    expect(ina.ids('account')).toEqual([])
  })

  test('nobody else is told: others have no boundary, and what they hold is the same', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    const ada = await TestDevice.connect(server, 'ada')
    await Promise.all([rhea, ada].map((device) => device.caughtUp(server)))
    await server.passTo(T)
    // Who reads workers gets the row with its new number; it is part of no policy.
    await eventually(async () => ada.row('worker', 'gus')?.seq === (await server.row('worker', 'gus'))?.seq)
    await server.change('account', 'oak', { phone: '9' })
    await eventually(() => phoneOf(rhea) === '9')
    expect(rhea.bodies('policy')).toEqual([])
    expect(ada.bodies('policy')).toEqual([])
    expect(ada.row('worker', 'gus')).toEqual(await server.row('worker', 'gus'))
  })

  test('a clock behind brings nothing back, and one ahead opens nothing here', async () => {
    const ina = await TestDevice.connect(server, 'ina')
    await ina.caughtUp(server)
    // Ahead: it believes that T has come, and is refused.
    const early = ina.edit('account', 'oak', [{ field: 'phone', value: '1' }], { creates: false })
    expect(await ina.verdict(early)).toMatchObject({ outcome: 'refused' })
    await server.passTo(U)
    await eventually(() => ina.bodies('policy').length === 1)
    const [policy] = ina.bodies('policy')
    const timeline = timelineFromJson(policy?.principals ?? [])
    // Behind: it asks for the time before the timeline begins, and gets its beginning.
    const believed = principalAt(timeline ?? [], START)
    expect(believed.rights.get('SU-ALLOW-ACCOUNT-EDITS')?.outcome).toBe('denied')
    const late = ina.edit('account', 'oak', [{ field: 'phone', value: '2' }], { creates: false })
    expect(await ina.verdict(late)).toMatchObject({ outcome: 'refused' })
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
  })

  test('a device that was away at the instant finds the difference when it comes back', async () => {
    await server.passTo(T)
    const ina = await TestDevice.connect(server, 'ina')
    await ina.caughtUp(server)
    expect(ina.ids('account')).toEqual(['ash', 'oak'])
    ina.cut()
    await server.passTo(U)
    const again = await TestDevice.connect(server, 'ina', { memory: ina.memory })
    expect((await again.welcome).resume).toBe('continue')
    await eventually(() => again.ids('account').length === 0)
  })
})

describe('[D20] an open room', () => {
  test('closes with 4404 at the instant, and stays open for those whose it is not', async () => {
    await server.passTo(T)
    const ina = await server.room('ina', 'account', 'oak')
    const rhea = await server.room('rhea', 'account', 'oak')
    await Promise.all([ina.synced, rhea.synced])
    ina.fields.set('phone', '1')
    await eventually(async () => (await server.row('account', 'oak'))?.phone === '1')
    await server.passTo(U)
    expect((await ina.closed).code).toBe(4404)
    rhea.fields.set('phone', '2')
    await eventually(async () => (await server.row('account', 'oak'))?.phone === '2')
  })

  test('the very next edit is not merged, also where it comes before the alarm', async () => {
    await server.passTo(T)
    const ina = await server.room('ina', 'account', 'oak')
    await ina.synced
    // The time has come, and no alarm has rung.
    server.clock.now = U
    ina.fields.set('phone', 'too late')
    expect((await ina.closed).code).toBe(4404)
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
    const [entry] = await server.organisation.storage.journalOf({ kind: 'worker', id: 'ina' }, 1)
    expect(entry).toMatchObject({ author: 'server', serverTime: U })
  })

  test('[P5] a worker whose validity ends loses rooms, link and session at the instant', async () => {
    await server.passTo(T)
    const room = await server.room('gus', 'account', 'oak')
    await room.synced
    const device = await TestDevice.connect(server, 'gus')
    await device.caughtUp(server)
    await server.passTo(U)
    expect((await room.closed).code).toBe(4404)
    await device.closed
    expect((await server.fetch('/api/me', await server.signIn('gus'))).status).toBe(401)
    const { storage } = server.organisation
    await eventually(async () => (await storage.drainSessions('gus')).length === 0)
  })
})
