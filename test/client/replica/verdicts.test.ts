import { beforeEach, describe, expect, test } from 'vitest'
import { answersTo, converse, sync, TestDevice } from '../support/device.ts'
import { FakeServer } from '../support/fake-server.ts'
import { rhea } from '../support/people.ts'

let server: FakeServer
let device: TestDevice

beforeEach(async () => {
  server = new FakeServer(rhea)
  server.write('account', 'a1', { name: 'Bikes', repCodes: ['275'], phone: '1', notes: 'one two three' })
  device = new TestDevice()
  await sync(device, server)
})

const refuseField = (name: string, value?: unknown) => {
  server.refuses = ({ changes }) =>
    changes.some((change) => change.field === name && (value === undefined || change.new === value))
}

describe('verdicts', () => {
  test('[D14] a refused edit in the middle leaves the later, independent ones to merge', async () => {
    refuseField('territory')
    device.cut()
    await device.edit('account', 'a1', { phone: '2' })
    await device.edit('account', 'a1', { territory: 'North' })
    await device.edit('account', 'a1', { specialty: 'Road' })
    await device.edit('account', 'a1', { notes: 'one two three four' })
    await sync(device, server)
    expect(server.row('account', 'a1')).toMatchObject({
      phone: '2',
      territory: null,
      specialty: 'Road',
      notes: 'one two three four',
    })
    expect(await device.row('account', 'a1')).toMatchObject({
      territory: null,
      specialty: 'Road',
      phone: '2',
    })
    expect(await device.attention()).toMatchObject([
      { record: 'account/a1', title: 'Bikes', changes: [{ field: 'territory', new: 'North' }], by: 'server' },
    ])
    expect(server.faults).toEqual([])
  })

  test('[D14] a correction of a refused value is judged on its own', async () => {
    refuseField('phone', '666')
    device.cut()
    await device.edit('account', 'a1', { phone: '666' })
    await device.edit('account', 'a1', { phone: '3' })
    await sync(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '3' })
    expect(await device.row('account', 'a1')).toMatchObject({ phone: '3' })
    expect(await device.attention()).toHaveLength(1)
    // Written anew before it was sent: the refused value is not what it was written upon.
    expect(server.judged).toHaveLength(2)
    expect(server.faults).toEqual([])
  })

  test.each([
    ['a value is written as an edit of its own', { phone: '3' }, []],
    ['a text waits for a person', { notes: 'one two three four' }, ['text:notes']],
  ])('[D14] [GATE 14] what was refused for what it leaned on: %s', async (_, fields, waiting) => {
    await device.edit('account', 'a1', fields)
    await device.pump()
    const push = await device.next()
    if (push?.name !== 'push') throw new Error('no edit was sent')
    const { edit, record } = push.body
    await device.receive({
      name: 'verdict',
      body: {
        outcome: 'refused',
        edit,
        record,
        seq: server.seq,
        reasons: [{ code: 'depends-on-refused', rule: 'D14' }],
        sentence: 'It leans on a refused edit.',
        at: 1,
        filler: null,
        quarantine: 'q-1',
      },
      blobs: [],
    })
    const open = (await device.attention()).flatMap(({ changes }) => changes.map(({ field }) => field))
    expect(open).toEqual(waiting)
    expect(await device.db.outbox.toArray()).toMatchObject(
      waiting.length === 0 ? [{ changes: [{ field: 'phone', new: '3' }], replaces: edit }] : [],
    )
  })

  test('[D18] a refused edit is kept whole, with reasons and sentence', async () => {
    refuseField('phone')
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    await converse(device, server)
    const [kept] = await device.attention()
    expect(kept).toMatchObject({ sentence: 'You may not.', reasons: [{ code: 'not-held' }], settled: null })
    expect(kept?.serverId).toBe(`q-${kept?.edit}`)
    expect(await device.row('account', 'a1')).toMatchObject({ phone: '1' })
  })

  test('[D13] what followed a refused creation waits in quarantine with it', async () => {
    server.refuses = ({ creates }) => creates
    device.cut()
    await device.create('account', 'a9', { name: 'New', repCodes: ['275'] })
    await device.edit('account', 'a9', { phone: '5' })
    await sync(device, server)
    expect(await device.row('account', 'a9')).toBeUndefined()
    const kept = await device.attention()
    expect(kept.map(({ reasons }) => reasons[0]?.code)).toEqual(['not-held', 'depends-on-refused'])
    expect(server.judged).toHaveLength(1)
  })

  test('[L2] an entry that is put off holds back its record only', async () => {
    server.write('account', 'a2', { name: 'Other', repCodes: ['275'] })
    await sync(device, server)
    device.cut()
    await device.edit('account', 'a1', { phone: '2' })
    await device.edit('account', 'a1', { phone: '3' })
    await device.edit('account', 'a2', { phone: '4' })
    server.later = ({ record }) => record.id === 'a1'
    await sync(device, server)
    expect(server.row('account', 'a2')).toMatchObject({ phone: '4' })
    expect(await device.db.outbox.count()).toBe(2)
    server.later = () => false
    expect(device.alarms).toHaveLength(1)
    device.alarms[0]?.()
    await converse(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '3' })
    expect(server.faults).toEqual([])
  })

  test('[D2] a verdict lost on the way is asked for again and nothing is done twice', async () => {
    device.cut()
    await device.edit('account', 'a1', { notes: 'one two three four' })
    device.open()
    await converse(device, server, 1)
    const push = await device.next()
    expect(push?.name).toBe('push')
    if (push !== undefined) answersTo(server, push)
    device.restart()
    await sync(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ notes: 'one two three four' })
    expect(server.judged).toHaveLength(1)
    expect(await device.db.outbox.count()).toBe(0)
  })

  test('[D2] [GATE 15] under another lease what was on the way is asked for by its old id first', async () => {
    await device.edit('account', 'a1', { notes: 'one two three four' })
    await device.pump()
    const push = await device.next()
    if (push?.name !== 'push') throw new Error('no edit was sent')
    answersTo(server, push)
    device.restart()
    server.lease = 2_000
    await sync(device, server)
    expect(server.judged).toEqual([push.body.edit])
    expect(server.row('account', 'a1')).toMatchObject({ notes: 'one two three four' })
    expect(await device.db.outbox.count()).toBe(0)
  })

  test('[D13] under a new lease unsent entries are written anew in order', async () => {
    device.cut()
    await device.edit('account', 'a1', { phone: '2', notes: 'one two three four' })
    await device.edit('account', 'a1', { phone: '3' })
    await device.edit('account', 'a1', { notes: 'zero one two three four' })
    server.lease = 2_000
    await sync(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '3', notes: 'zero one two three four' })
    expect(server.faults).toEqual([])
    expect(await device.db.outbox.count()).toBe(0)
    expect(await device.attention()).toEqual([])
  })

  test('[D13] a rewrite verdict takes the new lease and keeps every entry', async () => {
    await device.edit('account', 'a1', { phone: '2' })
    await device.edit('account', 'a1', { specialty: 'Road' })
    server.lease = 3_000
    await device.pump()
    await converse(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '2', specialty: 'Road' })
    expect((await device.db.device.get('device'))?.lease).toBe(server.lease)
  })

  test('[L4] a verdict on an edit whose record has left settles it in quarantine', async () => {
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    const push = await device.next()
    await device.receive({
      name: 'revoke',
      body: { records: [{ kind: 'account', id: 'a1' }], page: 9 },
      blobs: [],
    })
    expect(await device.attention()).toHaveLength(1)
    for (const answer of push === undefined ? [] : answersTo(server, push)) await device.receive(answer)
    expect(await device.attention()).toEqual([])
  })

  test('[D13] an entry that the server can never read ends in quarantine, not in a circle', async () => {
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    for (let times = 0; times < 4; times++) {
      const push = await device.next()
      if (push?.name !== 'push') break
      await device.receive({
        name: 'verdict',
        body: { outcome: 'rewrite', edit: push.body.edit, lease: 7_000 + times },
        blobs: [],
      })
    }
    expect(await device.attention()).toMatchObject([
      { by: 'device', changes: [{ field: 'phone', new: '2' }] },
    ])
    expect(await device.row('account', 'a1')).toMatchObject({ phone: '1' })
    expect(await device.db.outbox.count()).toBe(0)
  })
})
