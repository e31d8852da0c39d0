/** The feed: first sync, coming back, live, arrivals and departures, over real sockets (L1, L3-L5, GATE 23). */
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { timelineFromJson } from '../../../core/access/principal-json.ts'
import { recordKey } from '../../../core/records/kind-spec.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 20_000 })

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
})
afterEach(() => server.close())

/** What the device holds is what its worker may see, row by row. */
async function expectSynced(device: TestDevice, accounts: readonly string[], contacts: readonly string[]) {
  const house = accounts.map((id) => `house-${id}`)
  const expected = [...accounts, ...[...contacts, ...house].sort()]
  const held = () => [...device.ids('account'), ...device.ids('contact')]
  await eventually(() => isDeepStrictEqual(held(), expected)).catch(() => expect(held()).toEqual(expected))
  await eventually(async () => {
    const records = [...device.memory.records.values()]
    const stored = await server.organisation.storage.load(records.map(({ row }) => row))
    return records.every(({ row }) => isDeepStrictEqual(row, stored.get(recordKey(row.kind, row.id))?.row))
  })
}

const pagesSince = (device: TestDevice, from: number) =>
  device.messages.slice(from).filter(({ name }) => name === 'feed' || name === 'revoke')

describe('a first sync', () => {
  it('brings what the worker may see and nothing else, with their rights', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    const welcome = await rhea.welcome
    await expectSynced(rhea, ['ash', 'oak'], ['cora'])
    expect(welcome).toMatchObject({ resume: 'rebuild', departures: 0 })
    expect(welcome.device.secret).toMatch(/^.{40,}$/)
    expect(welcome.arrivals).toBe(rhea.memory.records.size)
    expect(rhea.ids('worker')).toEqual(['rhea'])
    expect(rhea.ids('group')).toEqual(['organization', 'sales-rep'])
    expect(rhea.ids('colleague')).toEqual(['ada', 'eve', 'max', 'rhea'])
    expect(rhea.ids('settings')).toEqual(['organization'])
    expect(rhea.doc('account', 'oak').getText('text:notes').toString()).toBe('Since 1990.')
    const [principal] = timelineFromJson(welcome.principals) ?? []
    expect(principal).toMatchObject({ workerId: 'rhea', live: true })
    expect(rhea.memory.records.get('contact/cora')?.keys).toContain('rep:275')
  })

  it('goes by pages, as fast as the device answers, and is taken up where it broke off', async () => {
    await server.close()
    const records = Array.from({ length: 1_400 }, (_, n) => ({
      kind: 'account' as const,
      id: `acc${n}`,
      fields: { name: `Account ${n}`, repCodes: ['275'] },
    }))
    server = await TestServer.start({ records })
    const slow = await TestDevice.connect(server, 'rhea', { receipts: 1 })
    const { arrivals } = await slow.welcome
    expect(arrivals).toBeGreaterThan(2_800)
    // One page was answered: no more than the credit and one load's worth of pages come.
    await eventually(() => slow.bodies('feed').length >= 4)
    const rest = await TestDevice.connect(server, 'max')
    await rest.caughtUp(server)
    const before = slow.memory.records.size
    expect(before).toBeLessThan(arrivals)
    expect(slow.memory.number).toBeGreaterThan(0)
    slow.cut()

    const again = await TestDevice.connect(server, 'rhea', { memory: slow.memory })
    const welcome = await again.welcome
    expect(welcome).toMatchObject({ resume: 'continue', device: { secret: null } })
    expect(welcome.arrivals).toBeLessThanOrEqual(arrivals - before)
    await again.caughtUp(server)
    expect(again.memory.records.size).toBe(arrivals)
    expect(again.bodies('feed').flatMap(({ records }) => records).length).toBe(welcome.arrivals)
  })
})

describe('live', () => {
  it('every commit comes as its update, to all that may see it and to nobody else', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    const max = await TestDevice.connect(server, 'max')
    const eve = await TestDevice.connect(server, 'eve')
    await Promise.all([rhea, max, eve].map((device) => device.caughtUp(server)))
    const seen = eve.messages.length
    const from = max.messages.length
    for (let n = 0; n < 30; n++) await server.change('account', 'oak', { phone: `${n}`, specialty: `T${n}` })
    await server.change('account', 'oak', { notes: 'Longer than before.' })
    await Promise.all([rhea, max].map((device) => device.caughtUp(server)))
    for (const device of [rhea, max]) {
      expect(device.row('account', 'oak')).toEqual(await server.row('account', 'oak'))
      expect(device.doc('account', 'oak').getMap('fields').get('phone')).toBe('29')
      expect(device.doc('account', 'oak').getText('text:notes').toString()).toBe('Longer than before.')
    }
    const sorts = max.messages
      .slice(from)
      .flatMap((message) => (message.name === 'feed' ? message.body.records.map(({ bytes }) => bytes) : []))
    expect(new Set(sorts)).toEqual(new Set(['update']))
    expect(sorts).toHaveLength(31)
    expect(eve.messages.length).toBe(seen)
  })

  it('misses nothing while a device connects and others write', async () => {
    let n = 0
    const writing = (async () => {
      for (; n < 200; n++) await server.change('account', n % 2 === 0 ? 'oak' : 'ash', { phone: `${n}` })
    })()
    const devices = await Promise.all([0, 1, 2].map(() => TestDevice.connect(server, 'rhea')))
    await eventually(() => n > 50)
    devices.push(await TestDevice.connect(server, 'max'))
    await writing
    for (const device of devices) {
      await device.caughtUp(server)
      for (const id of ['oak', 'ash']) {
        expect(device.row('account', id)).toEqual(await server.row('account', id))
        expect(device.doc('account', id).getMap('fields').get('phone')).toBe(
          (await server.row('account', id))?.phone,
        )
      }
    }
  })

  it('a slow device is not drowned: it is read for again when it answers', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    const slow = await TestDevice.connect(server, 'rhea', { receipts: 0 })
    await slow.caughtUp(server)
    for (let n = 0; n < 40; n++) {
      await server.change('account', 'oak', { phone: `${n}` })
      await rhea.caughtUp(server)
    }
    expect(slow.bodies('feed').length).toBeLessThanOrEqual(5)
    slow.allow(Number.POSITIVE_INFINITY)
    await slow.caughtUp(server)
    expect(slow.row('account', 'oak')).toMatchObject({ phone: '39' })
  })

  it('a new record comes whole, with the contact that the server made for it', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    await server.change('account', 'fir', { name: 'Fir Co', repCodes: ['275'] })
    await expectSynced(rhea, ['ash', 'fir', 'oak'], ['cora'])
    expect(rhea.doc('account', 'fir').getMap('fields').get('name')).toBe('Fir Co')
  })
})

describe('coming back', () => {
  it('[L3] costs the changes, by number, arrivals and departures alike', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    rhea.cut()
    await server.change('account', 'oak', { phone: 'while away' })
    await server.change('account', 'ash', { repCodes: ['276'] })
    await server.change('account', 'elm', { repCodes: ['275', '276'] })

    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    const welcome = await again.welcome
    await expectSynced(again, ['elm', 'oak'], ['cora', 'dora'])
    expect(again.doc('account', 'oak').getMap('fields').get('phone')).toBe('while away')
    // ash and its House Contact leave; oak, elm, dora, elm's House Contact come.
    expect(welcome).toMatchObject({ resume: 'continue', departures: 2, arrivals: 4 })
  })

  it('a record that left and came back is not taken away', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    rhea.cut()
    await server.change('account', 'ash', { repCodes: ['276'] })
    await server.change('account', 'ash', { repCodes: ['275'] })
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    await expectSynced(again, ['ash', 'oak'], ['cora'])
    expect(again.bodies('revoke')).toEqual([])
  })

  it('[GATE 23] nor is one that left and came back in one commit, to a device that is there', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    const move = (from: string, to: string) =>
      server.organisation.gate.submit({
        type: 'writes',
        author: { type: 'operator' },
        via: 'operator',
        record: { kind: 'account', id: 'ash' },
        creates: false,
        writes: [
          { field: `repCodes/${from}`, value: null },
          { field: `repCodes/${to}`, value: true },
        ],
      })
    await Promise.all([move('275', '276'), move('276', '275')])
    await rhea.caughtUp(server)
    await expectSynced(rhea, ['ash', 'oak'], ['cora'])
    expect(rhea.bodies('revoke')).toEqual([])
  })

  it('with nothing changed brings nothing', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    rhea.cut()
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    expect(await again.welcome).toMatchObject({ resume: 'continue', arrivals: 0, departures: 0 })
    await eventually(() => again.bodies('feed').length === 1)
    expect(again.bodies('feed')[0]?.records).toEqual([])
  })

  it.each([
    ['another chain', { chain: 'f'.repeat(64) }],
    ['another history', { history: 'another' }],
    ['a number that was never reached', { number: 1_000_000 }],
    ['a number behind what it once confirmed', { number: 1 }],
    ['another secret', { device: { id: 'nobody', secret: 'x'.repeat(43) } }],
  ])('[L1] with %s rebuilds', async (_, hello) => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    rhea.cut()
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory, hello })
    expect(await again.welcome).toMatchObject({ resume: 'rebuild' })
    await expectSynced(again, ['ash', 'oak'], ['cora'])
  })

  it('[L1] set back to a number that it had confirmed before, on the same chain, rebuilds', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    rhea.cut()
    const number = (rhea.memory.number ?? 0) - 1
    const hello = { number, chain: await server.organisation.storage.chainAt(number) }
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory, hello })
    expect(await again.welcome).toMatchObject({ resume: 'rebuild' })
    await expectSynced(again, ['ash', 'oak'], ['cora'])
  })

  it('[L1] [GATE 22] without its secret, or as another worker’s, it is a new device', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    rhea.cut()
    const { device } = rhea.memory
    if (device === null) throw new Error('the device has no id')
    const thief = await TestDevice.connect(server, 'rhea', {
      hello: { device: { ...device, secret: 'x'.repeat(43) } },
    })
    const max = await TestDevice.connect(server, 'max', { hello: { device } })
    for (const other of [thief, max]) expect((await other.welcome).device.id).not.toBe(device.id)
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    expect((await again.welcome).device.id).toBe(device.id)
  })

  it('[L1] a hello for another worker is closed with 4401, an unknown protocol with 4400, before any welcome', async () => {
    const impostor = await TestDevice.connect(server, 'rhea', { hello: { worker: 'max' } })
    expect(await impostor.closed).toEqual({ code: 4401, reason: 'other-worker' })
    expect(impostor.messages).toEqual([])
    const fromTheFuture = await TestDevice.connect(server, 'rhea', { hello: { protocol: 99 } })
    expect((await fromTheFuture.closed).code).toBe(4400)
  })

  it('the same device twice: the later connection stays', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    expect(await rhea.closed).toEqual({ code: 4409, reason: 'replaced' })
    expect((await again.welcome).device.id).toBe(rhea.memory.device?.id)
  })
})

describe('a change of scope', () => {
  it('[L4, L5] taken away live: the policy comes, then the revokes, and nothing of it afterwards', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    const max = await TestDevice.connect(server, 'max')
    await Promise.all([rhea.caughtUp(server), max.caughtUp(server)])
    await server.change('worker', 'rhea', { repCodes: ['276'] })
    await server.change('account', 'oak', { phone: 'secret' })
    await eventually(() => max.row('account', 'oak')?.phone === 'secret')
    await expectSynced(rhea, ['elm'], ['dora'])
    expect(rhea.ids('address')).toEqual([])
    const policyAt = rhea.messages.findIndex(({ name }) => name === 'policy')
    expect(policyAt).toBeGreaterThan(0)
    const after = rhea.messages
      .slice(policyAt)
      .flatMap((message) => (message.name === 'feed' ? message.body.records.map(({ row }) => row.id) : []))
    for (const id of ['oak', 'ash', 'cora', 'home']) expect(after).not.toContain(id)
    const [policy] = rhea.bodies('policy')
    expect(timelineFromJson(policy?.principals ?? [])?.[0]?.repCodes).toEqual(['276'])
  })

  it('taken away and given while it was gone: the difference is sent', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    rhea.cut()
    await server.change('worker', 'rhea', { repCodes: ['276'] })
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    const welcome = await again.welcome
    await expectSynced(again, ['elm'], ['dora'])
    expect(welcome).toMatchObject({ resume: 'continue', departures: 6 })
  })

  it.each([
    ['others given', ['276'], ['elm']],
    ['nothing given', [], []],
  ])(
    'taken, %s, given back before the revokes were answered: nothing is missing',
    async (_, repCodes, accounts) => {
      const rhea = await TestDevice.connect(server, 'rhea')
      await rhea.caughtUp(server)
      rhea.cut()
      await server.change('worker', 'rhea', { repCodes })
      const halfWay = await TestDevice.connect(server, 'rhea', { memory: rhea.memory, receipts: 0 })
      await eventually(() => isDeepStrictEqual(halfWay.ids('account'), accounts))
      halfWay.cut()
      await server.change('worker', 'rhea', { repCodes: ['275'] })
      const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
      await expectSynced(again, ['ash', 'oak'], ['cora'])
    },
  )

  it('a right to read that is denied to the group takes every account away, and lifting it brings them back', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    await server.change('group', 'sales-rep', { features: { 'crm.accounts.view': 'deny' } })
    await eventually(
      () => rhea.ids('account').length + rhea.ids('contact').length + rhea.ids('address').length === 0,
    )
    expect(rhea.ids('colleague')).toHaveLength(4)
    await server.change('group', 'sales-rep', { features: { 'crm.accounts.view': 'allow' } })
    await expectSynced(rhea, ['ash', 'oak'], ['cora'])
  })

  it('[S7] a restriction takes away and gives back, live and while gone', async () => {
    const rhea = await TestDevice.connect(server, 'rhea')
    await rhea.caughtUp(server)
    await server.change('worker', 'rhea', { geographies: ['US'] })
    await expectSynced(rhea, ['oak'], ['cora'])

    // An attribute that the restriction reads, of the account and for what hangs on it.
    await server.change('account', 'oak', { country: 'CA' })
    await eventually(() => rhea.ids('account').length === 0 && rhea.ids('address').length === 0)
    await server.change('account', 'ash', { country: 'US' })
    await expectSynced(rhea, ['ash'], [])
    await server.change('contact', 'cora', { accountId: 'ash' })
    await expectSynced(rhea, ['ash'], ['cora'])
    await server.change('contact', 'cora', { phone: '7' })
    await eventually(() => rhea.row('contact', 'cora')?.phone === '7')
    await server.change('contact', 'cora', { accountId: 'oak' })
    await expectSynced(rhea, ['ash'], [])

    rhea.cut()
    await server.change('worker', 'rhea', { geographies: [] })
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    await expectSynced(again, ['ash', 'oak'], ['cora'])
  })

  it('[GATE 23] [GATE 34] what a restriction hid all along is not named when it changes; what it did not hide leaves', async () => {
    await server.change('worker', 'rhea', { geographies: ['US'] })
    const rhea = await TestDevice.connect(server, 'rhea')
    await expectSynced(rhea, ['oak'], ['cora'])
    rhea.cut()
    await server.change('account', 'ash', { country: 'MX' })
    const again = await TestDevice.connect(server, 'rhea', { memory: rhea.memory })
    expect(await again.welcome).toMatchObject({ resume: 'continue', arrivals: 0, departures: 0 })
    await server.change('account', 'ash', { country: 'CA' })
    await server.change('account', 'oak', { phone: 'seen' })
    await again.caughtUp(server)
    expect(again.bodies('revoke')).toEqual([])
    again.cut()
    await server.change('account', 'oak', { country: 'CA' })
    const last = await TestDevice.connect(server, 'rhea', { memory: again.memory })
    await expectSynced(last, [], [])
  })

  it('an administrator who becomes a rep keeps what a rep may see', async () => {
    await server.change('worker', 'tom', {
      username: 'tom',
      accountsQueryType: 'all',
      groups: [{ id: 'sales-rep', from: null, until: null }],
    })
    const tom = await TestDevice.connect(server, 'tom')
    await expectSynced(tom, ['ash', 'elm', 'oak'], ['cora', 'dora'])
    const from = tom.messages.length
    await server.change('worker', 'tom', { accountsQueryType: 'rep', repCodes: ['276'] })
    await expectSynced(tom, ['elm'], ['dora'])
    const sent = pagesSince(tom, from).flatMap((message) =>
      message.name === 'feed' ? message.body.records.map(({ row }) => row.kind) : [],
    )
    expect(sent).not.toContain('account')
  })
})
