/** A disk without room, as SQLite reports it: nothing moves, everything waits, and it goes on by itself (D19, D23). */
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type * as Y from 'yjs'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 20_000 })

let server: TestServer
let database: DatabaseSync

beforeEach(async () => {
  // The connection itself: how many pages its file may have is a setting of it alone.
  const prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')?.value as (
    ...args: unknown[]
  ) => ReturnType<DatabaseSync['prepare']>
  const opened = new Set<DatabaseSync>()
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, ...args) {
    opened.add(this)
    return prepare.apply(this, args)
  })
  server = await TestServer.start({ heartbeatMs: 20 })
  vi.restoreAllMocks()
  const [only] = [...opened].filter((db) => db.isOpen && db.location()?.endsWith('ambit.sqlite'))
  if (only === undefined) throw new Error('the server has opened no database')
  database = only
})
afterEach(() => server.close())

const fill = () =>
  database.exec(
    `PRAGMA max_page_count = ${String(database.prepare('PRAGMA page_count').get()?.['page_count'])}`,
  )
const makeRoom = () => database.exec('PRAGMA max_page_count = 1000000')
const long = (letter: string) => letter.repeat(50_000)
const metric = async (name: string) =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await server.fetch('/metrics', null)).text())?.[1])

it('[D23] edits wait and nothing has moved; reading and links go on; with room again everything is merged, once', async () => {
  const device = await TestDevice.connect(server, 'rhea')
  await device.caughtUp(server)
  const room = await server.room('max', 'account', 'ash')
  await room.synced
  const noted = vi.spyOn(server.organisation.storage, 'saveDevice').mockRejectedValue(new Error('full'))
  await server.change('account', 'oak', { phone: 'the last that fits' })
  await device.caughtUp(server)
  const before = [await server.organisation.storage.head(), await server.row('account', 'oak')]

  fill()
  const edit = device.edit('account', 'oak', [{ field: 'text:notes', value: long('a') }])
  expect(await device.verdict(edit)).toMatchObject({ outcome: 'later' })
  room.doc.getText('text:notes').insert(0, long('b'))
  expect(await room.closed).toEqual({ code: 1013, reason: 'server-error' })

  expect([await server.organisation.storage.head(), await server.row('account', 'oak')]).toEqual(before)
  expect((await server.fetch('/api/health', null)).status).toBe(200)
  expect(await metric('ambit_commits_failing')).toBe(1)
  expect(await metric('ambit_commits_failed_total')).toBeGreaterThanOrEqual(2)
  expect((await server.fetch('/api/records/account', await server.signIn('max'))).status).toBe(200)
  // Several beats, at which links write down how far they are.
  const heard = device.messages.length
  await new Promise((resolve) => setTimeout(resolve, 100))
  edit.verdict = null
  device.push(edit)
  expect(await device.verdict(edit)).toMatchObject({ outcome: 'later' })
  expect(device.messages.length).toBeGreaterThan(heard)
  expect(noted).toHaveBeenCalled()
  noted.mockRestore()

  makeRoom()
  edit.verdict = null
  device.push(edit)
  expect(await device.verdict(edit)).toMatchObject({ outcome: 'merged' })
  expect((await server.row('account', 'oak'))?.notes).toContain(long('a'))
  const again = await server.room('max', 'account', 'ash', room.doc as Y.Doc)
  await again.synced
  await eventually(async () => (await server.row('account', 'ash'))?.notes === long('b'))
  expect(await metric('ambit_commits_failing')).toBe(0)
  const journal = await server.organisation.storage.journalOf({ kind: 'account', id: 'oak' }, 100)
  expect(journal.filter(({ editId }) => editId === edit.id)).toHaveLength(1)
})

it('[D23] a worker disabled on a disk that is full a moment later is out, and the process lives', async () => {
  const token = await server.signIn('rhea')
  const { storage } = server.organisation
  vi.spyOn(storage, 'endSessions').mockRejectedValue(new Error('database or disk is full'))
  await server.change('worker', 'rhea', { active: false })
  expect((await server.fetch('/api/me', token)).status).toBe(401)
  expect((await server.fetch('/api/health', null)).status).toBe(200)
})
