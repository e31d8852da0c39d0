import { beforeEach, describe, expect, test } from 'vitest'
import {
  acceptConflict,
  answeredByReviewer,
  askAboutQuarantined,
  discardQuarantined,
  markAnswerRead,
  needingAttention,
  quarantinedAsText,
  restoreConflict,
  retryQuarantined,
  sendAsked,
} from '../../../client/replica/settle.ts'
import { converse, sync, TestDevice } from '../support/device.ts'
import { FakeServer } from '../support/fake-server.ts'
import { rhea } from '../support/people.ts'

let server: FakeServer
let device: TestDevice

beforeEach(async () => {
  server = new FakeServer(rhea)
  server.write('account', 'a1', { name: 'Bikes', repCodes: ['275'], phone: '1' })
  device = new TestDevice()
  await sync(device, server)
})

async function refused(): Promise<string> {
  server.refuses = () => true
  await device.edit('account', 'a1', { phone: '2' })
  await device.pump()
  await converse(device, server)
  server.refuses = () => false
  return (await needingAttention(device.db))[0]?.edit ?? ''
}

describe('a refused edit', () => {
  test('[D18] tried again is a new edit that names the old one, and merges', async () => {
    const edit = await refused()
    expect(await retryQuarantined(device.db, edit, device.context)).toMatchObject({ type: 'saved' })
    expect(await device.db.outbox.toArray()).toMatchObject([{ replaces: edit, lastRefusal: edit }])
    expect(await needingAttention(device.db)).toEqual([])
    await device.pump()
    await converse(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '2' })
    // Once: what has been dealt with is not done twice.
    expect(await retryQuarantined(device.db, edit, device.context)).toEqual({ type: 'not-here' })
  })

  test('[D18] is let go here, and where the server keeps it', async () => {
    const edit = await refused()
    const asked: unknown[] = []
    const fetch = (...args: unknown[]) => {
      asked.push(args)
      return Promise.resolve(new Response(null, { status: 204 }))
    }
    await discardQuarantined(device.db, edit, { now: () => 5, fetch })
    expect(asked).toEqual([[`/api/quarantine/q-${edit}/discard`, { method: 'POST' }]])
    expect(await needingAttention(device.db)).toEqual([])
    expect(await device.db.quarantine.get(edit)).toMatchObject({ settled: { how: 'discarded' } })
  })

  test('[D21] is asked about where the server keeps it, once there is a network', async () => {
    const edit = await refused()
    const asked: string[] = []
    let answer = () => Promise.reject<Response>(new TypeError('offline'))
    const fetch = (url: unknown) => {
      asked.push(String(url))
      return answer()
    }
    await askAboutQuarantined(device.db, edit)
    await sendAsked(device.db, fetch)
    expect(await device.db.quarantine.get(edit)).toMatchObject({ asked: 'waiting', settled: null })
    answer = () => Promise.resolve(new Response(null, { status: 204 }))
    await sendAsked(device.db, fetch)
    await sendAsked(device.db, fetch)
    expect(asked).toEqual([`/api/quarantine/q-${edit}/ask`, `/api/quarantine/q-${edit}/ask`])
    expect(await device.db.quarantine.get(edit)).toMatchObject({ asked: 'sent', settled: null })
  })

  test('[D21] answered by a reviewer needs no attention, says who and why, and is read once', async () => {
    const edit = await refused()
    device.cut()
    device.open()
    const hello = await device.next()
    expect(hello).toMatchObject({ name: 'hello', body: { quarantined: [`q-${edit}`] } })
    const reviewed = [
      { quarantine: `q-${edit}`, how: 'declined', by: 'max', at: 9, word: 'Not now.' } as const,
      { quarantine: 'q-of-another-device', how: 'accepted', by: 'max', at: 9, word: null } as const,
    ]
    await device.receive({ name: 'settled', body: { reviewed }, blobs: [] })
    expect(await needingAttention(device.db)).toEqual([])
    expect(await answeredByReviewer(device.db)).toMatchObject([
      { edit, settled: { how: 'declined', by: 'max', word: 'Not now.' } },
    ])
    await markAnswerRead(device.db, edit)
    expect(await answeredByReviewer(device.db)).toEqual([])
    expect(await retryQuarantined(device.db, edit, device.context)).toEqual({ type: 'not-here' })
  })

  test('[D21] that a person here has let go stays let go, whatever a reviewer says', async () => {
    const edit = await refused()
    const fetch = () => Promise.resolve(new Response(null, { status: 409 }))
    await discardQuarantined(device.db, edit, { now: () => 5, fetch })
    const reviewed = [{ quarantine: `q-${edit}`, how: 'accepted', by: 'max', at: 9, word: null } as const]
    await device.receive({ name: 'settled', body: { reviewed }, blobs: [] })
    expect(await device.db.quarantine.get(edit)).toMatchObject({ settled: { how: 'discarded' } })
  })

  test('is said in words that somebody else can act on', async () => {
    await refused()
    const [entry] = await needingAttention(device.db)
    const text = entry === undefined ? '' : quarantinedAsText(entry)
    expect(text).toContain('Account Bikes')
    expect(text).toContain('Phone: 1 → 2')
    expect(text).toContain('You may not.')
  })

  test('[D13] a refused creation keeps its id and takes along what was built on it', async () => {
    server.refuses = ({ creates }) => creates
    device.cut()
    await device.create('account', 'a9', { name: 'New', repCodes: ['275'] })
    await device.edit('account', 'a9', { phone: '5' })
    await device.create('contact', 'c9', { accountId: 'a9', firstName: 'Nina' })
    await sync(device, server)
    const open = await needingAttention(device.db)
    expect(open).toHaveLength(3)
    server.refuses = () => false
    const creation = open.find(({ record, creates }) => record === 'account/a9' && creates)
    expect(await retryQuarantined(device.db, creation?.edit ?? '', device.context)).toMatchObject({
      type: 'saved',
    })
    await device.pump()
    await converse(device, server)
    expect(server.row('account', 'a9')).toMatchObject({ name: 'New', phone: '5' })
    expect(server.row('contact', 'c9')).toMatchObject({ firstName: 'Nina' })
    expect(await needingAttention(device.db)).toEqual([])
    expect(server.faults).toEqual([])
  })
})

describe('a lost conflict', () => {
  async function conflict(): Promise<string> {
    await device.edit('account', 'a1', { phone: '2' })
    await device.pump()
    await converse(device, server)
    server.write('account', 'a1', { phone: '7' })
    await sync(device, server)
    await device.db.conflicts.add({
      id: 'k1',
      record: 'account/a1',
      field: 'phone',
      mine: '2',
      theirs: '7',
      mineAt: 8,
      by: 'max',
      at: 9,
      settled: null,
    })
    return 'k1'
  }

  test('[B9] is put back with one tap, as an edit of now', async () => {
    const id = await conflict()
    expect(await restoreConflict(device.db, id, device.context)).toMatchObject({ type: 'saved' })
    await device.pump()
    await converse(device, server)
    expect(server.row('account', 'a1')).toMatchObject({ phone: '2' })
    expect(await device.db.conflicts.get(id)).toMatchObject({ settled: 'restored' })
  })

  test('[B9] or accepted, and nothing is written', async () => {
    const id = await conflict()
    await acceptConflict(device.db, id)
    expect(await device.db.outbox.count()).toBe(0)
    expect(await device.row('account', 'a1')).toMatchObject({ phone: '7' })
  })
})
