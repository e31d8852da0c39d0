/** What a device finds lost while it rebuilds from a restored server (L20). */
import { beforeEach, expect, test } from 'vitest'
import { authorUpdate } from '../../../core/documents/author-change.ts'
import { encodeState, openDocument } from '../../../core/documents/open-document.ts'
import { rowFromDoc } from '../../../core/documents/read-record.ts'
import { writesFor, type RowValues } from '../../../core/documents/writes-for.ts'
import { recordKey } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { answersTo, converse, sync, TestDevice } from '../support/device.ts'
import { FakeServer } from '../support/fake-server.ts'
import { rhea } from '../support/people.ts'

let server: FakeServer
let device: TestDevice
let backup: Map<string, unknown>
let client = 100

/** As somebody elsewhere would write it, under a clientID that no other server gives out again. */
function write(id: string, values: RowValues): void {
  const spec = kindSpecs.account
  const held = server.records.get(recordKey('account', id))
  const doc = openDocument(held === undefined ? [] : [held.state])
  authorUpdate(doc, ++client, writesFor(spec, held?.row ?? null, values))
  const seq = ++server.seq
  const row = rowFromDoc(spec, doc, { id, seq })
  server.records.set(recordKey('account', id), { kind: 'account', id, seq, row, state: encodeState(doc) })
}

/** The server is what it was; the clientIDs of before are burnt. */
function restore(): void {
  server.records.clear()
  for (const [key, record] of backup) server.records.set(key as never, record as never)
  server.seq = 5
  server.history = 'history-2'
  server.lease += 1_000
}

const found = async () =>
  (await device.db.finds.orderBy('n').toArray()).map(({ record, history, values }) => ({
    record,
    history,
    values,
  }))
const phone = (record: string, value: string) => ({
  record,
  history: 'history-1',
  values: [{ field: 'phone', value }],
})

beforeEach(async () => {
  server = new FakeServer(rhea)
  for (const id of ['a1', 'a2', 'a3', 'a4', 'a5']) write(id, { name: id, repCodes: ['275'], phone: '1' })
  backup = new Map(server.records)
  device = new TestDevice()
  await sync(device, server)
})

test('[L20] what another wrote, once the rebuild is complete; not what is the same, nor what was written since', async () => {
  write('a1', { phone: 'lost' })
  write('a2', { phone: 'lost and typed anew' })
  await sync(device, server)
  restore()
  write('a2', { phone: 'lost and typed anew' })
  write('a3', { phone: 'since' })
  await sync(device, server)
  expect(await found()).toEqual([phone('account/a1', 'lost')])
  expect((await device.row('account', 'a1'))?.phone).toBe('1')
  expect(await device.db.formers.count()).toBe(0)
})

test('[L20] what was written here is offered again and not found; what another wrote over it is', async () => {
  await device.edit('account', 'a1', { phone: 'mine' })
  await device.edit('account', 'a2', { phone: 'mine' })
  await sync(device, server)
  write('a2', { phone: 'theirs' })
  await sync(device, server)
  restore()
  server.later = () => true
  await sync(device, server)
  expect(await found()).toEqual([phone('account/a2', 'theirs')])
  // Nothing is handed in while the device has words of its own to say.
  expect(await device.db.outbox.count()).toBe(2)
  expect(device.outgoing.some(({ name }) => name === 'found')).toBe(false)
})

test('[L20] a rebuild that is cut off anywhere finds the same, and nothing that the restored server said meanwhile', async () => {
  write('a1', { phone: 'lost' })
  write('a5', { phone: 'lost' })
  await sync(device, server)
  restore()
  device.open()
  const hello = await device.next()
  const [welcome, first] = hello === undefined ? [] : answersTo(server, hello)
  if (welcome !== undefined) await device.receive(welcome)
  if (first !== undefined) await device.receive(first)
  expect((await device.row('account', 'a1'))?.phone).toBe('1')
  write('a2', { phone: 'since' })
  await sync(device, server)
  write('a2', { phone: 'later' })
  device.restart()
  device.open()
  await converse(device, server, 2)
  await sync(device, server)
  expect(await found()).toEqual([phone('account/a1', 'lost'), phone('account/a5', 'lost')])
})

test('[L20] a find waits until the server has taken it, comes again when told to, and goes with its record', async () => {
  write('a1', { phone: 'lost' })
  write('a2', { phone: 'lost' })
  await sync(device, server)
  restore()
  device.open()
  const hello = await device.next()
  for (const answer of hello === undefined ? [] : answersTo(server, hello)) await device.receive(answer)
  const finds = (await said()).filter(({ name }) => name === 'found')
  expect(finds).toHaveLength(2)
  const [one, two] = finds.map(({ body }) => (body as { find: string }).find)
  await device.receive({ name: 'taken', body: { find: one ?? '', afterMs: null }, blobs: [] })
  await device.receive({ name: 'taken', body: { find: two ?? '', afterMs: 1_000 }, blobs: [] })
  expect(await found()).toHaveLength(1)
  expect(await said()).toEqual([])
  for (const ring of device.alarms.splice(0)) ring()
  expect((await said()).map(({ body }) => (body as { find: string }).find)).toEqual([two])
  const records = [{ kind: 'account' as const, id: 'a2' }]
  await device.receive({ name: 'revoke', body: { records, page: 9 }, blobs: [] })
  expect(await found()).toEqual([])
})

async function said() {
  await device.idle()
  return device.outgoing.splice(0)
}
