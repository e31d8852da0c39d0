import { beforeEach, describe, expect, test } from 'vitest'
import { readState } from '../../../client/replica/states.ts'
import { answersTo, converse, sync, TestDevice } from '../support/device.ts'
import { FakeServer } from '../support/fake-server.ts'
import { rhea } from '../support/people.ts'

let server: FakeServer
let device: TestDevice

beforeEach(() => {
  server = new FakeServer(rhea)
  for (const id of ['a1', 'a2', 'a3', 'a4', 'a5']) {
    server.write('account', id, {
      name: `Account ${id}`,
      repCodes: ['275'],
      phone: '1',
      notes: 'one two three',
    })
  }
  device = new TestDevice()
})

const rows = async () => (await device.db.records.orderBy('[kind+sort]').toArray()).map(({ row }) => row)

describe('the feed', () => {
  test('[L3] brings rows in the order of lists, filed under their terms', async () => {
    await sync(device, server)
    expect((await rows()).map(({ id }) => id)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5'])
    expect(await device.db.records.where('terms').equals('account|rep:275').count()).toBe(5)
    expect(await device.db.device.get('device')).toMatchObject({
      number: 5,
      chain: 'history-1-5',
      scopeHash: 'scope-1',
    })
    expect(device.status).toEqual({ type: 'live' })
  })

  test('[L3] goes on after a run that was cut short, and a page that comes twice changes nothing', async () => {
    device.open()
    const hello = await device.next()
    const [welcome, first] = hello === undefined ? [] : answersTo(server, hello)
    if (welcome !== undefined) await device.receive(welcome)
    if (first !== undefined) await device.receive(first)
    if (first !== undefined) await device.receive(first)
    expect(await device.db.records.count()).toBe(2)
    expect((await device.db.device.get('device'))?.number).toBe(2)
    device.restart()
    await sync(device, server)
    expect(await device.db.records.count()).toBe(5)
    expect((await device.db.device.get('device'))?.number).toBe(5)
    const before = await rows()
    for (const page of server.pagesSince(0)) await device.receive(page)
    expect(await rows()).toEqual(before)
  })

  test('[L3] a page with an update changes the bytes that are there', async () => {
    await sync(device, server)
    const { encodeState, openDocument } = await import('../../../core/documents/open-document.ts')
    const before = server.records.get('account/a1')?.state ?? new Uint8Array()
    const row = server.write('account', 'a1', { notes: 'one two three four' })
    const after = server.records.get('account/a1')?.state ?? new Uint8Array()
    const { diffUpdate, encodeStateVectorFromUpdate } = await import('yjs')
    await device.receive({
      name: 'feed',
      body: {
        records: [{ row, keys: [], bytes: 'update' }],
        upTo: { number: 6, chain: 'history-1-6' },
        page: 9,
      },
      blobs: [diffUpdate(after, encodeStateVectorFromUpdate(before))],
    })
    const stored = await device.db.states.get('account/a1')
    expect(stored?.bytes).toEqual(encodeState(openDocument([after])))
    expect(await device.row('account', 'a1')).toMatchObject({ notes: 'one two three four' })
  })

  test('[L9] an older pull never shows over a newer edit, and other fields of it do', async () => {
    await sync(device, server)
    await device.edit('account', 'a1', { phone: '2', notes: 'one two three four' })
    server.write('account', 'a1', { phone: '9', specialty: 'Road', notes: 'zero one two three' })
    for (const page of server.pagesSince(5)) await device.receive(page)
    expect(await device.row('account', 'a1')).toMatchObject({
      phone: '2',
      specialty: 'Road',
      notes: 'zero one two three four',
    })
    await device.pump()
    await converse(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '2', notes: 'zero one two three four' })
    await sync(device, server)
    const shown = await device.db.records.get('account/a1')
    expect(shown?.row).toEqual(server.row('account', 'a1'))
    expect(shown?.base).toBeUndefined()
  })

  test('[L7] what was merged is folded into the bytes when the feed has come that far', async () => {
    await sync(device, server)
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    await converse(device, server)
    expect(await device.db.kept.toArray()).toMatchObject([{ folded: 0 }])
    await device.receive({
      name: 'feed',
      body: { records: [], upTo: { number: server.seq, chain: `history-1-${server.seq}` }, page: 3 },
      blobs: [],
    })
    expect(await device.db.kept.toArray()).toMatchObject([{ folded: 1 }])
    const stored = await device.db.records.get('account/a1')
    expect(stored?.row).toEqual(server.row('account', 'a1'))
    expect(stored?.base).toBeUndefined()
  })

  test('[B9] a value of mine that somebody replaced is in the conflict inbox, and told again it stays as it was dealt with', async () => {
    await sync(device, server)
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    await converse(device, server)
    server.write('account', 'a1', { phone: '7' })
    for (const page of server.pagesSince(5)) await device.receive(page)
    const told = {
      id: 'k1',
      record: { kind: 'account', id: 'a1' },
      field: 'phone',
      mine: '2',
      theirs: '7',
      mineAt: 8,
      by: 'max',
      at: 9,
    } as const
    await device.receive({ name: 'conflicts', body: { conflicts: [told] }, blobs: [] })
    const noted = { ...told, record: 'account/a1', settled: null }
    expect(await device.db.conflicts.toArray()).toEqual([noted])
    await device.db.conflicts.update('k1', { settled: 'accepted' })
    await device.receive({ name: 'conflicts', body: { conflicts: [told] }, blobs: [] })
    expect(await device.db.conflicts.toArray()).toEqual([{ ...noted, settled: 'accepted' }])
  })

  test('[GATE 29] what was merged is kept for 30 days after its bytes have come, and not for ever', async () => {
    await sync(device, server)
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    await converse(device, server)
    await sync(device, server)
    expect(await device.db.kept.toArray()).toMatchObject([{ folded: 1 }])
    device.now += 30 * 24 * 60 * 60 * 1_000
    await sync(device, server)
    expect(await device.db.kept.count()).toBe(1)
    device.now += 1
    await sync(device, server)
    expect(await device.db.kept.count()).toBe(0)
  })

  test('[L17] [GATE 29] a text that a restored server has, and that somebody went on with, is not typed again', async () => {
    server.write('account', 'a1', { notes: 'one two three' })
    await sync(device, server)
    await device.edit('account', 'a1', { notes: 'one two three four' })
    await device.pump()
    await converse(device, server)
    server.write('account', 'a1', { notes: 'one two three four five' })
    server.verdicts.clear()
    server.judged.length = 0
    server.history = 'history-2'
    server.lease = 5_000
    await sync(device, server)
    await sync(device, server)
    expect(server.judged).toEqual([])
    expect(server.row('account', 'a1')).toMatchObject({ notes: 'one two three four five' })
  })

  test('[L1] another history rebuilds: what the server lost of mine is offered again, what it kept is not', async () => {
    await sync(device, server)
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    await converse(device, server)
    const backup = new Map([...server.records].map(([key, held]) => [key, { ...held }]))
    await device.edit('account', 'a2', { phone: '3' })
    await device.create('account', 'a9', { name: 'New', repCodes: ['275'] })
    await device.pump()
    await converse(device, server)
    await sync(device, server)
    device.cut()
    await device.edit('account', 'a3', { phone: '4' })

    server.records.clear()
    for (const [key, held] of backup) server.records.set(key, held)
    server.verdicts.clear()
    server.judged.length = 0
    server.history = 'history-2'
    server.lease = 5_000
    server.remove('account', 'a5')
    await sync(device, server)
    await sync(device, server)

    expect(server.row('account', 'a2')).toMatchObject({ phone: '3' })
    expect(server.row('account', 'a3')).toMatchObject({ phone: '4' })
    expect(server.row('account', 'a9')).toMatchObject({ name: 'New' })
    expect(server.judged).toHaveLength(3)
    expect(server.faults).toEqual([])
    expect(await device.row('account', 'a5')).toBeUndefined()
    expect(await device.db.outbox.count()).toBe(0)
    expect(await device.row('account', 'a9')).toMatchObject({ name: 'New' })
  })
})

describe('a revoke', () => {
  test('[L4] takes row and bytes, and unsent edits go to quarantine first', async () => {
    await sync(device, server)
    await device.edit('account', 'a1', { phone: '2' })
    await device.receive({
      name: 'revoke',
      body: {
        records: [
          { kind: 'account', id: 'a1' },
          { kind: 'account', id: 'a2' },
        ],
        page: 9,
      },
      blobs: [],
    })
    expect(await device.db.records.bulkGet(['account/a1', 'account/a2'])).toEqual([undefined, undefined])
    expect(await device.db.states.bulkGet(['account/a1', 'account/a2'])).toEqual([undefined, undefined])
    expect(await device.row('account', 'a3')).toBeDefined()
    expect(await device.attention()).toMatchObject([
      { by: 'device', title: 'Account a1', changes: [{ field: 'phone', old: '1', new: '2' }] },
    ])
    expect(await device.db.outbox.count()).toBe(0)
    expect(device.outgoing.at(-1)).toMatchObject({ name: 'received', body: { page: 9 } })
  })

  test('[L4] takes bytes out of the pack that a first sync brought them in', async () => {
    for (let n = 0; n < 60; n++) server.write('account', `b${n}`, { name: `Many ${n}`, repCodes: ['275'] })
    server.pageSize = 100
    await sync(device, server)
    expect(await device.db.states.count()).toBe(0)
    expect(await device.db.packs.count()).toBe(1)
    const key = 'account/b7'
    expect(await readState(device.db, key, await device.db.records.get(key))).toEqual(
      server.records.get(key)?.state,
    )

    await device.edit('account', 'b7', { phone: '2' })
    await device.pump()
    await converse(device, server)
    await sync(device, server)
    expect(server.row('account', 'b7')).toMatchObject({ phone: '2' })
    expect(await readState(device.db, key, await device.db.records.get(key))).toEqual(
      server.records.get(key)?.state,
    )

    await device.receive({
      name: 'revoke',
      body: {
        records: [
          { kind: 'account', id: 'b7' },
          { kind: 'account', id: 'b8' },
        ],
        page: 9,
      },
      blobs: [],
    })
    const [pack] = await device.db.packs.toArray()
    expect(pack?.states.size).toBe(63)
    expect(pack?.states.has('account/b7')).toBe(false)
    expect(await device.db.states.count()).toBe(0)
  })
})
