import { beforeEach, describe, expect, test } from 'vitest'
import { editEntries, editRecord, editRecords } from '../../../client/replica/edit-record.ts'
import { pushOf } from '../../../client/sync/outbox.ts'
import { FakeServer } from '../support/fake-server.ts'
import { converse, sync, TestDevice } from '../support/device.ts'
import { eve, rhea } from '../support/people.ts'

let server: FakeServer
let device: TestDevice

beforeEach(async () => {
  server = new FakeServer(rhea)
  server.write('account', 'a1', {
    name: 'Bikes & More',
    repCodes: ['275'],
    phone: '1',
    notes: 'one two three',
  })
  server.write('account', 'a2', { name: 'Other', repCodes: ['275'] })
  device = new TestDevice()
  await sync(device, server)
})

describe('an edit on the device', () => {
  test('[L8] is in row and outbox when it says saved', async () => {
    device.cut()
    const outcome = await device.edit('account', 'a1', { phone: '2' })
    expect(outcome.type).toBe('saved')
    expect(await device.row('account', 'a1')).toMatchObject({ phone: '2', name: 'Bikes & More' })
    expect(await device.db.outbox.toArray()).toMatchObject([
      {
        record: 'account/a1',
        creates: false,
        state: 'waiting',
        changes: [{ field: 'phone', old: '1', new: '2' }],
      },
    ])
  })

  test('[L8] survives the tab being killed, and merges', async () => {
    device.cut()
    await device.edit('account', 'a1', { phone: '2' })
    device.restart()
    expect(await device.row('account', 'a1')).toMatchObject({ phone: '2' })
    await sync(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '2' })
    expect(await device.db.outbox.count()).toBe(0)
    expect(server.faults).toEqual([])
  })

  test('[L8] of several records saves all of them, counted, as one change set', async () => {
    device.cut()
    const done: number[] = []
    const edits = ['a1', 'a2'].map((id) => ({ kind: 'account' as const, id, fields: { phone: '7' } }))
    const together = { ...device.context, changeSet: 'a3c1f7de-0000-4000-8000-000000000001' }
    expect(await editRecords(device.db, edits, together, (n) => done.push(n))).toEqual({ type: 'saved' })
    expect(done).toEqual([1, 2])
    expect(await device.row('account', 'a2')).toMatchObject({ phone: '7' })
    expect((await device.db.outbox.toArray()).map(({ changeSet }) => changeSet)).toEqual([
      together.changeSet,
      together.changeSet,
    ])
  })

  test('[L8] of several records of which one may not be written saves none, and says which', async () => {
    device.cut()
    const edits = [
      { kind: 'account' as const, id: 'a1', fields: { phone: '7' } },
      { kind: 'account' as const, id: 'a2', fields: { aId: 'X1' } },
    ]
    const outcome = await editRecords(device.db, edits, device.context)
    expect(outcome).toMatchObject({ type: 'not-saved', edit: { id: 'a2' }, outcome: { type: 'denied' } })
    expect(await device.row('account', 'a1')).toMatchObject({ phone: '1' })
    expect(await device.db.outbox.count()).toBe(0)
  })

  test('of one entry leaves the entries beside it alone, however old the caller’s view of them', async () => {
    const edit = (entries: Record<string, string | boolean | null>) =>
      editEntries(device.db, { kind: 'desk', id: 'rhea', entries }, device.context)
    server.write('desk', 'rhea', { favourites: ['account/a1'] })
    await sync(device, server)
    await Promise.all([edit({ 'favourites/account%2Fa2': true }), edit({ 'favourites/account%2Fa3': true })])
    await edit({ 'favourites/account%2Fa1': null })
    expect(await device.row('desk', 'rhea')).toMatchObject({ favourites: ['account/a2', 'account/a3'] })
    expect((await edit({ 'favourites/account%2Fa2': true })).type).toBe('unchanged')
    expect((await edit({ 'salary/a': true })).type).toBe('denied')
  })

  test('that changes nothing writes nothing', async () => {
    expect(await device.edit('account', 'a1', { phone: '1' })).toEqual({
      type: 'unchanged',
      key: 'account/a1',
    })
    expect(await device.db.outbox.count()).toBe(0)
  })

  test('[P24] of an import-owned field is denied with its reason, and nothing is written', async () => {
    const outcome = await device.edit('account', 'a1', { aId: 'X' })
    expect(outcome).toMatchObject({ type: 'denied', decision: { reasons: [{ code: 'import-owned' }] } })
    expect(await device.db.outbox.count()).toBe(0)
    expect(await device.row('account', 'a1')).toMatchObject({ aId: null })
  })

  test('[P1] without the right is denied; looking is not', async () => {
    const looker = new TestDevice()
    const other = new FakeServer(eve)
    other.write('account', 'a1', { name: 'Bikes & More', repCodes: ['275'] })
    await sync(looker, other)
    expect(await looker.row('account', 'a1')).toMatchObject({ name: 'Bikes & More' })
    expect(await looker.edit('account', 'a1', { phone: '2' })).toMatchObject({ type: 'denied' })
    expect(await looker.db.outbox.count()).toBe(0)
  })

  test('[D8] with a value out of its limits is denied', async () => {
    expect(await device.edit('account', 'a1', { employees: -1 })).toMatchObject({
      type: 'denied',
      decision: { reasons: [{ code: 'value-invalid', field: 'employees' }] },
    })
  })

  test('of a record that is not here is not here', async () => {
    expect(await device.edit('account', 'a9', { phone: '2' })).toEqual({ type: 'not-here' })
  })

  test('on a device that never met the server is not ready', async () => {
    expect(await new TestDevice().create('account', 'a3', { name: 'New', repCodes: ['275'] })).toEqual({
      type: 'not-ready',
    })
  })

  test('[P24] creates an account with a code of one’s own, not with another’s', async () => {
    expect(await device.create('account', 'a3', { name: 'New', repCodes: ['275'] })).toMatchObject({
      type: 'saved',
    })
    expect(await device.create('account', 'a4', { name: 'New', repCodes: ['276'] })).toMatchObject({
      type: 'denied',
    })
    expect(await device.row('account', 'a3')).toMatchObject({ name: 'New', repCodes: ['275'], active: true })
    await device.pump()
    await converse(device, server)
    expect(server.row('account', 'a3')).toMatchObject({ name: 'New', accountKind: 'company', active: true })
  })

  test('a long text goes out in pieces that fit', async () => {
    const notes = 'ä'.repeat(90_000)
    const outcome = await device.edit('account', 'a1', { notes })
    expect(outcome).toMatchObject({ type: 'saved' })
    expect(await device.db.outbox.count()).toBe(6)
    // Typed as one, and in the log as one.
    expect(new Set((await device.db.outbox.toArray()).map(({ changeSet }) => changeSet)).size).toBe(1)
    await device.pump()
    await converse(device, server)
    expect(server.row('account', 'a1')?.notes).toBe(notes)
    expect(server.faults).toEqual([])
  })

  test('[D26] what is saved as one goes out under one name; what is saved alone under none', async () => {
    device.cut()
    const changeSet = 'a3c1f7de-0000-4000-8000-000000000001'
    const together = { ...device.context, changeSet }
    await editRecord(device.db, { kind: 'account', id: 'a1', fields: { phone: '2' } }, together)
    await editRecord(device.db, { kind: 'account', id: 'a2', fields: { phone: '2' } }, together)
    await device.edit('account', 'a2', { name: 'Another' })
    const pushed = (await device.db.outbox.toArray()).map(pushOf)
    expect(pushed.map((push) => push.changeSet)).toEqual([changeSet, changeSet, undefined])
  })

  test('[L10] two workers on one device share nothing', async () => {
    const other = new TestDevice('max', device.indexedDB)
    expect(await other.row('account', 'a1')).toBeUndefined()
    await device.edit('account', 'a1', { phone: '2' })
    expect(await other.db.outbox.count()).toBe(0)
    expect(other.db.name).not.toBe(device.db.name)
  })
})
