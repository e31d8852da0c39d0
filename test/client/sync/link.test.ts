/** The client's own link, through y-websocket, against the real server. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { TestServer } from '../../support/test-server.ts'
import { LinkedDevice } from '../support/linked-device.ts'

vi.setConfig({ testTimeout: 20_000 })

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
})
afterEach(() => server.close())

describe('the link', () => {
  test('brings what the worker may see, and carries edits both ways', async () => {
    const device = new LinkedDevice(server)
    await device.connect()
    await device.settled()
    expect(await device.ids('account')).toEqual(['ash', 'oak'])
    expect(await device.edit('account', 'oak', { phone: '1', notes: 'Since 1991.' })).toMatchObject({
      type: 'saved',
    })
    await device.settled()
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '1', notes: 'Since 1991.' })
    await server.change('account', 'oak', { specialty: 'Road' })
    await eventually(async () => (await device.row('account', 'oak'))?.specialty === 'Road')
    await device.settled()
  })

  test('[L8] edits of an afternoon without a network arrive in order, with the records made in it', async () => {
    const device = new LinkedDevice(server)
    await device.connect()
    await device.settled()
    device.goOnline(false)
    expect(device.status).toEqual({ type: 'offline' })
    await server.change('account', 'oak', { phone: '9', notes: 'Since 1990. Closed on Mondays.' })
    await device.edit('account', 'oak', { phone: '2' })
    await device.edit('account', 'oak', { notes: 'Founded. Since 1990.' })
    await device.create('contact', 'c-new', { accountId: 'oak', firstName: 'Nina', lastName: 'New' })
    await device.edit('contact', 'c-new', { phone: '5' })
    expect(await device.row('account', 'oak')).toMatchObject({ phone: '2', notes: 'Founded. Since 1990.' })
    device.goOnline(true)
    await device.settled()
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '2' })
    expect(String((await server.row('account', 'oak'))?.notes)).toBe(
      'Founded. Since 1990. Closed on Mondays.',
    )
    expect(await server.row('contact', 'c-new')).toMatchObject({ firstName: 'Nina', phone: '5' })
  })

  test('[P28] tells on coming back what waits, and that nothing waits any more on the next time', async () => {
    const device = new LinkedDevice(server)
    await device.connect()
    await device.settled()
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '2' })
    await device.create('contact', 'c-new', { accountId: 'oak', firstName: 'Nina' })
    const told = vi.spyOn(server.organisation.storage, 'saveUnsent')
    device.goOnline(true)
    await device.settled()
    expect(told.mock.calls[0]?.[1]).toMatchObject({
      total: 2,
      edits: [
        { record: { kind: 'account', id: 'oak' }, creates: false, fields: ['phone'] },
        { record: { kind: 'contact', id: 'c-new' }, creates: true },
      ],
    })
    device.goOnline(false)
    device.goOnline(true)
    await eventually(() => told.mock.calls.length === 2)
    expect(told.mock.calls[1]?.[1]).toEqual({ total: 0, edits: [] })
  })

  test('[D18] an edit that the server refuses is undone here and kept with its sentence', async () => {
    const device = new LinkedDevice(server)
    await device.connect()
    await device.settled()
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '2' })
    await device.edit('account', 'ash', { phone: '3' })
    // The right goes while the device is away.
    await server.change('worker', 'rhea', { reductions: ['SU-ALLOW-ACCOUNT-EDITS'] })
    await server.change('group', 'sales-rep', {
      features: { 'crm.accounts.view': 'allow', 'SU-ALLOW-ACCOUNT-EDITS': 'deny' },
    })
    device.goOnline(true)
    await eventually(async () => (await device.db.quarantine.count()) === 2)
    await device.settled()
    const kept = await device.db.quarantine.toArray()
    expect(kept.map(({ by, sentence }) => [by, sentence !== ''])).toEqual([
      ['server', true],
      ['server', true],
    ])
    expect(await device.row('account', 'oak')).toMatchObject({ phone: '555 0100' })
    // And the device knows that the next one would be refused.
    expect(await device.edit('account', 'oak', { phone: '4' })).toMatchObject({ type: 'denied' })
  })

  test('[L4] what leaves the scope leaves the device, and its unsent edits wait in quarantine', async () => {
    const device = new LinkedDevice(server)
    await device.connect()
    await device.settled()
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '2' })
    await server.change('account', 'oak', { repCodes: ['276'] })
    device.goOnline(true)
    await eventually(async () => !(await device.ids('account')).includes('oak'))
    await device.settled()
    expect(await device.ids('account')).toEqual(['ash'])
    expect(await device.ids('contact')).toEqual(['house-ash'])
    expect(await device.db.states.get('account/oak')).toBeUndefined()
    expect(await device.db.quarantine.toArray()).toMatchObject([
      { record: 'account/oak', changes: [{ new: '2' }] },
    ])
  })

  test('[L1] another worker’s session ends the talk and touches nothing', async () => {
    const device = new LinkedDevice(server)
    await device.connect()
    await device.settled()
    await device.edit('account', 'oak', { phone: '2' })
    await device.settled()
    device.stop()
    await device.edit('account', 'oak', { phone: '3' })
    await device.connect('eve')
    await eventually(() => device.status.type === 'session-ended')
    expect(await device.db.outbox.count()).toBe(1)
    expect(await device.ids('account')).toEqual(['ash', 'oak'])
  })
})
