/**
 * What a restored server lost, whose author's device is gone, and which a reader's device still holds: it waits for a
 * person, and is merged by nobody else (GATE 31, L20). With the client's own replica and link.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { FOUND_IN_FLIGHT_MAX, FOUND_PER_WORKER_MAX } from '../../../core/protocol/limits.ts'
import type { MessageBody } from '../../../core/protocol/messages.ts'
import { restoreSqlite } from '../../../sync-server/storage/sqlite/restore-sqlite.ts'
import { LinkedDevice } from '../../client/support/linked-device.ts'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 30_000 })

/** rob reads what rhea reads; otto audits, and reaches no account. */
const others = [
  {
    kind: 'worker' as const,
    id: 'rob',
    fields: {
      username: 'rob',
      firstName: 'Rob',
      userType: 'account_manager',
      accountsQueryType: 'rep',
      repCodes: ['275'],
      groups: [{ id: 'sales-rep', from: null, until: null }],
    },
  },
  {
    kind: 'worker' as const,
    id: 'otto',
    fields: { username: 'otto', firstName: 'Otto', userType: 'organization', rights: ['settings.audit'] },
  },
]

let folder: string
let server: TestServer
let rhea: LinkedDevice
let max: LinkedDevice
let rob: LinkedDevice
const devices = () => [rhea, max, rob]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ambit-found-'))
  server = await TestServer.start({ folder: join(folder, 'first'), records: others })
  rhea = new LinkedDevice(server, 'rhea')
  max = new LinkedDevice(server, 'max')
  rob = new LinkedDevice(server, 'rob')
  for (const device of devices()) await device.connect()
  await everybodySettled()
  await server.organisation.storage.backupTo(join(folder, 'backup.sqlite'))
})
afterEach(async () => {
  for (const device of devices()) device.stop()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function everybodySettled(): Promise<void> {
  for (const device of devices()) await device.settled()
  const { number } = await server.organisation.storage.head()
  for (const device of devices())
    await eventually(async () => (await device.db.device.get('device'))?.number === number)
  for (const device of devices()) await device.settled()
}

/** Everything since the backup is gone from the server. */
async function restore(): Promise<void> {
  for (const device of devices()) device.stop()
  await server.close()
  await mkdir(join(folder, 'second'))
  expect(await restoreSqlite(join(folder, 'backup.sqlite'), join(folder, 'second'))).toBeNull()
  server = await TestServer.start({ folder: join(folder, 'second') })
  for (const device of devices()) device.server = server
}

/** Comes back, and has handed in whatever it found. */
async function comesBack(device: LinkedDevice): Promise<void> {
  await device.connect()
  await device.settled()
  await eventually(async () => (await device.db.finds.count()) === 0)
}

interface Item {
  readonly id: string
  readonly record: string
  readonly worker: string
  readonly creates?: boolean
  readonly recovered?: { readonly device: string; readonly author: string | null }
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[]
}

async function listed(worker: string, query = ''): Promise<readonly Item[]> {
  const answer = await server.fetch(`/api/quarantine${query}`, await server.signIn(worker))
  return ((await answer.json()) as { items: Item[] }).items
}
const toReview = (worker: string) => listed(worker, '?review=1')

async function accept(worker: string, id: string): Promise<number> {
  const answer = await server.fetch(`/api/quarantine/${id}/accept`, await server.signIn(worker), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  return answer.status
}

it('[L20] two readers hand the same in: one entry, in nobody’s way; accepted, it is everywhere again', async () => {
  await rhea.edit('account', 'oak', { phone: 'after', notes: 'Since 1990. And since the backup.' })
  await everybodySettled()
  await restore()
  const { number } = await server.organisation.storage.head()
  for (const reader of [max, rob]) await comesBack(reader)

  expect((await server.organisation.storage.head()).number).toBe(number)
  for (const reader of [max, rob]) expect((await reader.row('account', 'oak'))?.phone).toBe('555 0100')
  const items = await toReview('ada')
  expect(items).toMatchObject([
    {
      record: 'account/oak',
      worker: 'max',
      creates: false,
      // The lease that rhea's device had is older than the backup.
      recovered: { author: 'rhea', device: (await max.db.device.get('device'))?.id },
      changes: [
        { field: 'phone', old: '555 0100', new: 'after' },
        { field: 'text:notes', old: 'Since 1990.', new: 'Since 1990. And since the backup.' },
      ],
    },
  ])
  expect(await listed('ada')).toMatchObject([{ id: items[0]?.id, worker: 'max' }])
  // It is no refusal of theirs: not in their list, not on their device, and their next edits depend on nothing.
  expect(await listed('max')).toEqual([])
  expect(await max.db.quarantine.count()).toBe(0)
  await max.edit('account', 'oak', { territory: 'North' })
  await max.settled()

  expect(await accept('ada', items[0]?.id ?? '')).toBe(200)
  expect(await server.row('account', 'oak')).toMatchObject({
    phone: 'after',
    territory: 'North',
    notes: 'Since 1990. And since the backup.',
  })
  expect(await toReview('ada')).toEqual([])
  for (const reader of [max, rob]) {
    await eventually(async () => (await reader.row('account', 'oak'))?.phone === 'after')
    await reader.settled()
  }
})

it('[L20] when the author comes back after all, there is nothing left to decide', async () => {
  await rhea.edit('account', 'oak', { phone: 'after' })
  await everybodySettled()
  await restore()
  await comesBack(max)
  expect(await toReview('ada')).toHaveLength(1)
  await comesBack(rhea)
  expect((await server.row('account', 'oak'))?.phone).toBe('after')
  expect(await toReview('ada')).toEqual([])
  expect(await listed('ada')).toEqual([])
  // What its author holds, its author's device does not hand in.
  await comesBack(rob)
  expect(await listed('ada')).toEqual([])
})

it('[L20] an account and its contact that were lost are made again by who accepts them, the account first', async () => {
  const [yew, ida] = [crypto.randomUUID(), crypto.randomUUID()]
  await max.edit('account', 'oak', { territory: 'North' })
  await server.change('account', yew, { name: 'Yew Ltd', repCodes: ['275'] })
  await everybodySettled()
  await max.create('contact', ida, { accountId: yew, firstName: 'Ida', lastName: 'Ives' })
  await everybodySettled()
  await restore()
  await comesBack(rob)

  const first = await toReview('ada')
  expect(first.map(({ record, creates }) => [record, creates])).toEqual(
    expect.arrayContaining([[`account/${yew}`, true]]),
  )
  // A contact is nothing without its account.
  expect(first.map(({ record }) => record)).not.toContain(`contact/${ida}`)
  expect(await accept('ada', first.find(({ record }) => record === `account/${yew}`)?.id ?? '')).toBe(200)
  const contact = (await toReview('ada')).find(({ record }) => record === `contact/${ida}`)
  expect(await accept('ada', contact?.id ?? '')).toBe(200)
  await eventually(async () => (await rob.row('contact', ida))?.lastName === 'Ives')
  expect((await rob.row('account', yew))?.name).toBe('Yew Ltd')
})

it('[L20] who may not read the record any more brings nothing back; who may still does', async () => {
  await rhea.edit('account', 'oak', { phone: 'after' })
  await everybodySettled()
  await restore()
  await server.change('account', 'oak', { repCodes: ['276'] })
  await comesBack(rob)
  expect(await listed('ada')).toEqual([])
  expect(await rob.row('account', 'oak')).toBeUndefined()
  await comesBack(max)
  // The rep codes are another value than max's device knew, and no loss.
  expect(await toReview('ada')).toMatchObject([
    { record: 'account/oak', worker: 'max', changes: [{ field: 'phone', old: '555 0100', new: 'after' }] },
  ])
})

it('[L20] its values are shown only to who may read the record now', async () => {
  await rhea.edit('account', 'oak', { phone: 'after' })
  await everybodySettled()
  await restore()
  await comesBack(max)
  expect(JSON.stringify(await listed('ada'))).toContain('after')
  const seen = await listed('otto')
  expect(seen).toMatchObject([{ record: 'account/oak', changes: [{ field: 'phone', old: null, new: null }] }])
  expect(JSON.stringify(seen)).not.toContain('after')
  expect(JSON.stringify(seen)).not.toContain('555 0100')
  expect(await toReview('otto')).toEqual([])
  expect(await toReview('eve')).toEqual([])
  expect(await accept('eve', seen[0]?.id ?? '')).toBe(404)
})

/** Hands in by hand, and tells the answer. */
async function handIn(
  device: TestDevice,
  id: string,
  values: MessageBody<'found'>['values'],
  bytes: Uint8Array = new Uint8Array([0, 0]),
  history = 'another',
) {
  const find = crypto.randomUUID()
  device.send('found', { find, history, record: { kind: 'account', id }, values }, [bytes])
  const taken = await eventually(() => device.bodies('taken').find((one) => one.find === find))
  return taken.afterMs
}

it('[L20] what is forged waits like the rest: nothing is merged, and no answer tells what was kept', async () => {
  await restore()
  const device = await TestDevice.connect(server, 'rob')
  await device.caughtUp(server)
  const head = await server.organisation.storage.head()
  const forged = new Y.Doc()
  forged.getMap('fields').set('phone', 'forged')
  const phone = [{ field: 'phone', value: 'forged' }]
  const answers = [
    await handIn(device, 'oak', phone, Y.encodeStateAsUpdate(forged)),
    // Again, with bytes that are none, in another history's name: the same content.
    await handIn(device, 'oak', phone, new Uint8Array([7, 7, 7])),
    // Nothing new; no such field; hidden; not there but for what is claimed; the present history.
    await handIn(device, 'oak', [{ field: 'phone', value: '555 0100' }]),
    await handIn(device, 'oak', [{ field: '__proto__', value: 1 }]),
    await handIn(device, 'elm', phone),
    await handIn(device, 'nowhere', phone),
    await handIn(device, 'oak', [{ field: 'phone', value: 'new' }], undefined, server.organisation.history),
  ]
  expect(new Set(answers)).toEqual(new Set([null]))
  expect(await server.organisation.storage.head()).toEqual(head)
  expect(await server.row('account', 'oak')).toMatchObject({ phone: '555 0100' })
  expect(await listed('ada')).toMatchObject([
    { record: 'account/oak', worker: 'rob', recovered: { author: null }, changes: [{ new: 'forged' }] },
  ])
})

it('[L20] [GATE 16] what is too much at once, or over the quota, comes again and is answered then', async () => {
  await restore()
  const device = await TestDevice.connect(server, 'rob')
  await device.caughtUp(server)
  const count = vi.spyOn(server.organisation.storage, 'countRecovered')
  count.mockResolvedValueOnce(FOUND_PER_WORKER_MAX)
  expect(await handIn(device, 'oak', [{ field: 'phone', value: '0' }])).toBeGreaterThan(0)
  count.mockRestore()
  const crowd = FOUND_IN_FLIGHT_MAX + 5
  const waits = await Promise.all(
    Array.from({ length: crowd }, (_, n) => handIn(device, 'oak', [{ field: 'phone', value: `${n}` }])),
  )
  const taken = waits.filter((afterMs) => afterMs === null).length
  expect(taken).toBeGreaterThanOrEqual(FOUND_IN_FLIGHT_MAX)
  expect(await listed('ada')).toHaveLength(taken)
  // Somebody else's share is their own, and nobody's edits are held up by it.
  expect(await server.organisation.storage.countQuarantine('rob')).toBe(0)
  const verdict = await device.verdict(device.edit('account', 'oak', [{ field: 'phone', value: 'honest' }]))
  expect(verdict.outcome).toBe('merged')
})

it('[L20] a server that was never restored keeps nothing of the kind', async () => {
  const device = await TestDevice.connect(server, 'rob')
  await device.caughtUp(server)
  expect(await handIn(device, 'oak', [{ field: 'phone', value: 'forged' }])).toBeNull()
  expect(await listed('ada')).toEqual([])
})
