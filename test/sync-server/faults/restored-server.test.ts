/**
 * A server restored from an older backup, met by the client's own replica and link: what any device still holds is there
 * again (promise 7; GATE 29, 31; L17).
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { restoreSqlite } from '../../../sync-server/storage/sqlite/restore-sqlite.ts'
import { LinkedDevice } from '../../client/support/linked-device.ts'
import { eventually } from '../../support/eventually.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 30_000 })

let folder: string
let server: TestServer
let rhea: LinkedDevice
let max: LinkedDevice

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ambit-restored-'))
  server = await TestServer.start({ folder: join(folder, 'first') })
  rhea = new LinkedDevice(server, 'rhea')
  max = new LinkedDevice(server, 'max')
  for (const device of [rhea, max]) await device.connect()
  for (const device of [rhea, max]) await device.settled()
})
afterEach(async () => {
  for (const device of [rhea, max]) device.stop()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** Everything since the backup is gone; a folder of its own, a new start. */
async function restore(): Promise<void> {
  for (const device of [rhea, max]) device.stop()
  await server.close()
  await mkdir(join(folder, 'second'))
  expect(await restoreSqlite(join(folder, 'backup.sqlite'), join(folder, 'second'))).toBeNull()
  server = await TestServer.start({ folder: join(folder, 'second') })
  rhea.server = server
  max.server = server
}

const backUp = () => server.organisation.storage.backupTo(join(folder, 'backup.sqlite'))

it('[L17] sessions, leases and the history end; what authors still hold is offered again and merged', async () => {
  await rhea.edit('account', 'oak', { phone: 'before' })
  await rhea.settled()
  await backUp()
  const history = server.organisation.history
  const leases = [await rhea.db.device.get('device'), await max.db.device.get('device')].map(
    (one) => one?.lease,
  )
  const token = await server.signIn('rhea')

  await rhea.edit('account', 'oak', { phone: 'after', notes: 'Since 1990. And since the backup.' })
  await rhea.edit('account', 'ash', { territory: 'once' })
  await rhea.edit('account', 'ash', { territory: 'twice' })
  const id = crypto.randomUUID()
  await rhea.create('contact', id, { accountId: 'oak', firstName: 'New', lastName: 'Person' })
  await rhea.settled()
  await max.edit('account', 'elm', { specialty: 'Road' })
  await max.settled()
  rhea.goOnline(false)
  await rhea.edit('account', 'oak', { specialty: 'written without a network' })
  await restore()

  expect(server.organisation.history).not.toBe(history)
  expect((await server.fetch('/api/me', token)).status).toBe(401)
  expect(await server.row('account', 'oak')).toMatchObject({ phone: 'before', notes: 'Since 1990.' })
  rhea.goOnline(true)
  for (const device of [rhea, max]) await device.connect()
  for (const device of [rhea, max]) await device.settled()

  expect(await server.row('account', 'oak')).toMatchObject({
    phone: 'after',
    notes: 'Since 1990. And since the backup.',
    specialty: 'written without a network',
  })
  expect(await server.row('account', 'ash')).toMatchObject({ territory: 'twice' })
  expect(await server.row('account', 'elm')).toMatchObject({ specialty: 'Road' })
  expect(await server.row('contact', id)).toMatchObject({ firstName: 'New', lastName: 'Person' })
  for (const device of [rhea, max]) {
    const now = await device.db.device.get('device')
    expect(leases).not.toContain(now?.lease)
    expect(await device.db.quarantine.count()).toBe(0)
  }
  await eventually(async () => (await max.row('contact', id))?.lastName === 'Person')
})

it('[L17] a text that was only shortened since the backup is short again', async () => {
  await backUp()
  await rhea.edit('account', 'oak', { notes: 'Since 19' })
  await rhea.settled()
  await restore()
  expect(await server.row('account', 'oak')).toMatchObject({ notes: 'Since 1990.' })
  await rhea.connect()
  await rhea.settled()
  expect(await server.row('account', 'oak')).toMatchObject({ notes: 'Since 19' })
})

it('[L17] a clock that was set back between two edits does not bring the older one back', async () => {
  await backUp()
  const at = vi.spyOn(Date, 'now')
  const tenYears = 10 * 365 * 86_400_000
  const now = Date.UTC(2026, 0, 15)
  for (const [value, clock] of [
    ['first', now + tenYears],
    ['second', now],
    ['third', now - tenYears],
  ] as const) {
    at.mockReturnValue(clock)
    await rhea.edit('account', 'oak', { phone: value })
    await rhea.settled()
  }
  rhea.goOnline(false)
  at.mockReturnValue(now - 2 * tenYears)
  await rhea.edit('account', 'oak', { phone: 'last' })
  at.mockRestore()
  await restore()
  rhea.goOnline(true)
  await rhea.connect()
  await rhea.settled()
  expect(await server.row('account', 'oak')).toMatchObject({ phone: 'last' })
})
