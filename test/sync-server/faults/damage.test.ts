/** Stored rows and documents that cannot be read: one record's damage is not another's (D22). */
import { join } from 'node:path'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger, type Logger } from '../../../sync-server/log.ts'
import { type DeviceMemory, TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'
import { eventually } from '../../support/eventually.ts'

let folder: string
let server: TestServer
let told: unknown[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ambit-damage-'))
  await (await start()).close()
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<TestServer> {
  told = []
  const log: Logger = { ...createLogger('silent'), error: (what: unknown) => void told.push(what) }
  server = await TestServer.start({ folder, log })
  return server
}

/** What a disk that lies does to the file while no server runs. */
function harm(sql: string): void {
  const db = new DatabaseSync(join(folder, 'ambit.sqlite'))
  db.exec(sql)
  db.close()
}

const phone = (value: string) => [{ field: 'phone', value }] as const
const list = async (path: string) =>
  (await (await server.fetch(path, await server.signIn('max'))).json()) as { items: { id: string }[] }
const gauge = async () =>
  /^ambit_damaged_records (\d+)$/m.exec(await (await server.fetch('/metrics', null)).text())?.[1]

describe('[D22] a row that cannot be read', () => {
  beforeEach(async () => {
    harm(`UPDATE records SET row = '{"id":"oak","na' WHERE kind = 'account' AND id = 'oak'`)
    await start()
  })

  it('stops neither the start nor the lists; it is told once, in the log and in the metrics', async () => {
    expect((await list('/api/records/account')).items.map(({ id }) => id).sort()).toEqual(['ash', 'elm'])
    expect((await list('/api/records/account?limit=1')).items).toHaveLength(1)
    await list('/api/records/account')
    expect(told).toEqual([{ record: 'account/oak', part: 'row' }])
    expect(await gauge()).toBe('1')
  })

  it('is left out of the feed, and what comes after it is not', async () => {
    const device = await TestDevice.connect(server, 'max')
    await device.caughtUp(server)
    expect(device.ids('account')).toEqual(['ash', 'elm'])
    expect(device.ids('contact')).toContain('dora')
  })

  it('is answered later, and made anew by nobody; edits of other records in the same batch are merged', async () => {
    const device = await TestDevice.connect(server, 'max')
    await device.caughtUp(server)
    device.memory.records.delete('account/oak')
    const [lost, kept] = [
      device.edit('account', 'oak', phone('1'), { creates: true }),
      device.edit('account', 'elm', phone('2')),
    ]
    expect(await device.verdict(lost)).toMatchObject({ outcome: 'later' })
    expect(await device.verdict(kept)).toMatchObject({ outcome: 'merged' })
    expect(await server.row('account', 'elm')).toMatchObject({ phone: '2' })
    expect(told).toEqual([{ record: 'account/oak', part: 'row' }])
  })

  it('closes its room like one that does not exist, for whoever asks', async () => {
    const closings = []
    for (const worker of ['max', 'eve'])
      for (const id of ['oak', 'nowhere']) {
        const raw = await server.raw(`account/${id}`, { worker })
        closings.push(await raw.closed)
      }
    expect(new Set(closings.map((closing) => JSON.stringify(closing)))).toEqual(
      new Set(['{"code":4404,"reason":"not-found"}']),
    )
  })
})

describe('[D22] a document that cannot be opened', () => {
  let memory: DeviceMemory

  beforeEach(async () => {
    const before = await TestDevice.connect(await start(), 'max')
    await before.caughtUp(server)
    memory = before.memory
    await eventually(
      async () => (await server.organisation.storage.device(memory.device?.id ?? ''))?.confirmed,
    )
    await server.close()
    harm(`UPDATE records SET state = x'ffffffffffffff' WHERE kind = 'account' AND id = 'oak'`)
    await start()
  })

  it('keeps its row in lists; its edits wait; others are merged', async () => {
    expect((await list('/api/records/account')).items).toHaveLength(3)
    const device = await TestDevice.connect(server, 'max', { memory })
    expect(await device.welcome).toMatchObject({ resume: 'continue' })
    const [lost, kept] = [
      device.edit('account', 'oak', phone('1')),
      device.edit('account', 'elm', phone('2')),
    ]
    expect(await device.verdict(lost)).toMatchObject({ outcome: 'later' })
    expect(await device.verdict(kept)).toMatchObject({ outcome: 'merged' })
    expect(told).toContainEqual({ record: 'account/oak', part: 'document' })
    expect(await gauge()).toBe('1')
  })

  it('closes its room with 1013 for who may read it, and with 4404 for who may not', async () => {
    expect((await (await server.raw('account/oak', { worker: 'max' })).closed).code).toBe(1013)
    expect((await (await server.raw('account/oak', { worker: 'eve' })).closed).code).toBe(4404)
    const elm = await server.room('max', 'account', 'elm')
    await elm.synced
  })
})

describe('[D22] a row that decides about rights', () => {
  it('of a worker: nobody; the others go on', async () => {
    harm(`UPDATE records SET row = 'x' WHERE kind = 'worker' AND id = 'rhea'`)
    await start()
    expect(server.organisation.policy.principalOf('rhea').live).toBe(false)
    expect((await server.fetch('/api/me', await server.signIn('rhea'))).status).toBe(401)
    expect((await server.fetch('/api/me', await server.signIn('max'))).status).toBe(200)
    expect(told).toContainEqual({ record: 'worker/rhea', part: 'row' })
  })

  it('of a group: it opens nothing for its members', async () => {
    harm(`UPDATE records SET row = '' WHERE kind = 'group' AND id = 'sales-rep'`)
    await start()
    const { policy } = server.organisation
    const held = [...policy.principalOf('rhea').rights].filter(([, { outcome }]) => outcome === 'allowed')
    expect(held.map(([feature]) => feature)).toEqual(['help.read'])
    expect((await server.fetch('/api/me', await server.signIn('max'))).status).toBe(200)
  })
})

it('[D22] a journal entry, a quarantined edit and a conflict that cannot be read hide no other', async () => {
  harm(`UPDATE journal SET entry = 'x' WHERE seq = (SELECT max(seq) FROM journal)`)
  harm(
    `INSERT INTO quarantine (id, worker_id, at, entry, bytes, settled) VALUES ('q1', 'rhea', 1, 'x', x'00', NULL)`,
  )
  harm(`INSERT INTO conflicts VALUES ('c1', 1, 'rhea', 'x')`)
  await start()
  const { storage } = server.organisation
  expect(await storage.committedAt()).not.toBeNull()
  expect(await storage.quarantine({ workerId: 'rhea', limit: 10 })).toEqual([])
  expect(await storage.conflicts('rhea', 10)).toEqual([])
  const device = await TestDevice.connect(server, 'rhea')
  await device.caughtUp(server)
  expect(await device.verdict(device.edit('account', 'oak', phone('1')))).toMatchObject({ outcome: 'merged' })
  await eventually(async () => (await server.row('account', 'oak'))?.phone === '1')
})
