/** The device of a worker who is not live any more, by its real link against the real server (L16). */
import { IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { emptyReplica } from '../../../client/replica/apply-drain.ts'
import { applyRevoke } from '../../../client/replica/apply-revoke.ts'
import { openReplica, reopening } from '../../../client/replica/database.ts'
import { hashSecret } from '../../../sync-server/http/secrets.ts'
import { eventually } from '../../support/eventually.ts'
import { TestServer } from '../../support/test-server.ts'
import { LinkedDevice } from '../support/linked-device.ts'

vi.setConfig({ testTimeout: 60_000 })

let server: TestServer
let device: LinkedDevice
beforeEach(async () => {
  server = await TestServer.start()
  device = new LinkedDevice(server)
  await device.connect()
  await device.settled()
})
afterEach(() => server.close())

const threeWeeks = 21 * 24 * 60 * 60 * 1_000
const disable = () => server.change('worker', 'rhea', { active: false })
const quarantine = () => server.organisation.storage.quarantine({ workerId: 'rhea', limit: 5_000 })
const databases = async () => (await device.indexedDB.databases()).map(({ name }) => name)
const wiped = () => vi.waitFor(() => expect(device.isWiped).toBe(true), { timeout: 40_000, interval: 10 })

describe('[L16] [GATE 32] a device whose worker was disabled', () => {
  test('hands in an afternoon of edits as they are, deletes its database and sends the receipt', async () => {
    const { id } = (await device.db.device.get('device')) ?? {}
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '1' })
    await device.edit('account', 'oak', { notes: 'Founded. Since 1990.' })
    await device.edit('account', 'oak', { notes: 'Founded twice. Since 1990.' })
    await device.create('contact', 'c-new', { accountId: 'oak', firstName: 'Nina', lastName: 'New' })
    await device.edit('contact', 'c-new', { phone: '5' })
    const edits = (await device.db.outbox.toArray()).map(({ edit }) => edit)
    expect(edits).toHaveLength(5)
    await disable()
    device.goOnline(true)
    await wiped()
    // Also those that lean on what was refused before them.
    const kept = await quarantine()
    expect(kept.map(({ editId }) => editId).sort()).toEqual([...edits].sort())
    for (const { reasons } of kept) expect(reasons).toMatchObject([{ code: 'worker-inactive' }])
    expect(await databases()).toEqual([])
    await eventually(async () => (await server.organisation.storage.device(id ?? ''))?.wipedAt)
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '555 0100', notes: 'Since 1990.' })
  })

  test('is told at once while it is connected, and nothing opens its database again', async () => {
    await disable()
    await wiped()
    await eventually(() => device.status.type === 'session-ended')
    await expect(device.edit('account', 'oak', { phone: '1' })).rejects.toThrow()
    expect(await databases()).toEqual([])
  })

  test('hands in what it had refused by itself: no server has seen that', async () => {
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '2' })
    // As when the record left the scope before the edit could be sent.
    await applyRevoke(device.db, { records: [{ kind: 'account', id: 'oak' }], page: 1 }, Date.now)
    expect(await device.db.quarantine.toArray()).toMatchObject([{ by: 'device' }])
    await disable()
    device.goOnline(true)
    await wiped()
    expect(await quarantine()).toMatchObject([{ record: { id: 'oak' }, changes: [{ new: '2' }] }])
  })

  test('2,000 edits with a cut in the middle: all are kept, once, before anything is deleted', async () => {
    device.goOnline(false)
    const { lease } = (await device.db.device.get('device')) ?? {}
    await device.edit('account', 'oak', { phone: '1' })
    const [first] = await device.db.outbox.toArray()
    expect(first).toBeDefined()
    if (first === undefined || typeof lease !== 'number') return
    const { n: _, ...entry } = first
    await device.db.outbox.bulkAdd(
      Array.from({ length: 1_999 }, (_none, index) => ({
        ...entry,
        edit: `edit-${String(index).padStart(16, '0')}`,
        record: `account/a-${index % 100}` as const,
      })),
    )
    await disable()
    device.goOnline(true)
    await vi.waitFor(async () => expect((await quarantine()).length).toBeGreaterThan(500), {
      timeout: 20_000,
    })
    device.goOnline(false)
    expect(device.isWiped).toBe(false)
    expect(await device.db.outbox.count()).toBeGreaterThan(0)
    expect(await databases()).toEqual(['ambit-rhea'])
    device.goOnline(true)
    await wiped()
    const kept = await quarantine()
    expect(kept).toHaveLength(2_000)
    expect(new Set(kept.map(({ editId }) => editId)).size).toBe(2_000)
    expect(await databases()).toEqual([])
  })

  test('an edit written between the last verdict and the wipe is handed in before it', async () => {
    device.goOnline(false)
    await disable()
    // Nothing waits, so that the server asks for the wipe at once; this one is written meanwhile.
    device.goOnline(true)
    const saved = await device.edit('account', 'oak', { phone: '7' }).catch(() => ({ type: 'gone' as const }))
    await wiped()
    expect((await quarantine()).length).toBe(saved.type === 'saved' ? 1 : 0)
  })

  test('nothing is emptied while something waits', async () => {
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '1' })
    expect(await emptyReplica(device.db)).toBe(false)
    expect(await device.ids('account')).toEqual(['ash', 'oak'])
    await device.db.outbox.clear()
    expect(await emptyReplica(device.db)).toBe(true)
    expect(await device.ids('account')).toEqual([])
  })

  test('a server that cannot be reached takes nothing away', async () => {
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '1' })
    await disable()
    expect(await device.ids('account')).toEqual(['ash', 'oak'])
    expect(await device.db.outbox.count()).toBe(1)
    expect(device.isWiped).toBe(false)
  })

  test('a worker who is enabled again before contact signs in, and everything is merged', async () => {
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '1' })
    await disable()
    const session = hashSecret(await server.signIn('rhea'))
    await eventually(async () => (await server.organisation.storage.session(session))?.drains === true)
    await server.change('worker', 'rhea', { active: true })
    device.goOnline(true)
    await eventually(() => device.status.type === 'session-ended')
    expect(await device.ids('account')).toEqual(['ash', 'oak'])
    device.stop()
    await server.signIn('rhea', { anew: true })
    await device.connect()
    await device.settled()
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '1' })
  })

  test('whose session is over by then hands in and is wiped all the same', async () => {
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '1' })
    await server.passTo(server.clock.now + threeWeeks)
    await disable()
    device.goOnline(true)
    await wiped()
    expect(await quarantine()).toMatchObject([{ record: { id: 'oak' }, changes: [{ new: '1' }] }])
    expect(await databases()).toEqual([])
  })

  test('a live worker whose session is over keeps the outbox, is asked to sign in, and it is merged then', async () => {
    device.goOnline(false)
    await device.edit('account', 'oak', { phone: '1' })
    await device.create('contact', 'c-new', { accountId: 'oak', firstName: 'Nina', lastName: 'New' })
    await server.passTo(server.clock.now + threeWeeks)
    device.goOnline(true)
    await eventually(() => device.status.type === 'session-ended')
    await device.edit('account', 'ash', { phone: '2' })
    expect(await device.db.outbox.count()).toBe(3)
    expect(await device.ids('account')).toEqual(['ash', 'oak'])
    device.stop()
    await server.signIn('rhea', { anew: true })
    await device.connect()
    await device.settled()
    expect(await server.row('account', 'oak')).toMatchObject({ phone: '1' })
    expect(await server.row('account', 'ash')).toMatchObject({ phone: '2' })
    expect(await server.row('contact', 'c-new')).toMatchObject({ lastName: 'New' })
    expect(await quarantine()).toEqual([])
  })

  test('a tab that died between emptying and deleting comes back as the same device, with nothing in it', async () => {
    const { id, secret } = (await device.db.device.get('device')) ?? {}
    device.stop()
    expect(await emptyReplica(device.db)).toBe(true)
    expect(await device.db.records.count()).toBe(0)
    expect(await device.edit('account', 'oak', { phone: '1' })).toEqual({ type: 'not-ready' })
    expect(await device.db.device.get('device')).toMatchObject({ id, secret, lease: null, principals: [] })
    await disable()
    await device.connect()
    await wiped()
    await eventually(async () => (await server.organisation.storage.device(id ?? ''))?.wipedAt)
  })

  test('[L10] another tab is closed with it, and does not keep the database', async () => {
    const tab = openReplica('rhea', { indexedDB: device.indexedDB, IDBKeyRange })
    expect(await tab.records.count()).toBeGreaterThan(0)
    await disable()
    await wiped()
    expect(await databases()).toEqual([])
    await expect(tab.records.count()).rejects.toThrow()
    await expect(reopening(tab, () => tab.records.count())).rejects.toThrow()
    expect(await databases()).toEqual([])
  })
})
