/** Who is disabled hands in what waits, reads nothing, and has their device wiped after the last verdict (L16). */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SESSION_DRAINS_MS } from '../../../core/protocol/limits.ts'
import type { Message, MessageBody } from '../../../core/protocol/messages.ts'
import { hashSecret } from '../../../sync-server/http/secrets.ts'
import { eventually } from '../../support/eventually.ts'
import { type DeviceMemory, TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 20_000 })

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
})
afterEach(() => server.close())

const disable = (id = 'rhea') => server.change('worker', id, { active: false })
const enable = (id = 'rhea') => server.change('worker', id, { active: true })
const quarantine = () => server.organisation.storage.quarantine({ workerId: null, limit: 5_000 })
const namesOf = (device: TestDevice) => device.messages.map(({ name }: Message) => name)
const telling = (total: number) => ({ hello: { unsent: { total, edits: [] } } })

/** What rhea's device holds after a day's work: her records, and the network is gone. */
async function workedDevice(): Promise<DeviceMemory> {
  const device = await TestDevice.connect(server, 'rhea')
  await device.caughtUp(server)
  device.cut()
  return device.memory
}

function pushBody(id: string, value: string): MessageBody<'push'> {
  return {
    edit: randomUUID(),
    record: { kind: 'account', id },
    creates: false,
    changes: [{ field: 'phone', old: null, new: value }],
    writtenAt: 1,
    policyVersion: 1,
    lastRefusal: null,
    replaces: null,
  }
}

describe('a device of a worker who was disabled meanwhile [L16] [GATE 32]', () => {
  test('hands in its edits, which are kept whole and never merged, and is told to wipe after the last verdict', async () => {
    const memory = await workedDevice()
    await disable()
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(3) })
    await eventually(() => device.bodies('drain').length === 1)
    const oak = device.edit('account', 'oak', [{ field: 'phone', value: '1' }])
    const ash = device.edit('account', 'ash', [{ field: 'phone', value: '2' }])
    expect([await device.verdict(oak), await device.verdict(ash)]).toMatchObject([
      { outcome: 'refused', edit: oak.id },
      { outcome: 'refused', edit: ash.id },
    ])
    expect(device.bodies('wipe')).toEqual([])
    const made = device.edit('contact', randomUUID(), [{ field: 'firstName', value: 'Nina' }])
    await device.verdict(made)
    await eventually(() => device.bodies('wipe').length === 1)
    expect(namesOf(device).at(-1)).toBe('wipe')

    const kept = await quarantine()
    expect(kept).toHaveLength(3)
    for (const { id, update } of [oak, ash, made]) {
      expect(kept.find(({ editId }) => editId === id)).toMatchObject({
        workerId: 'rhea',
        deviceId: memory.device?.id,
        reasons: [{ code: 'worker-inactive' }],
        update: expect.objectContaining({ length: update.length }) as Uint8Array,
      })
    }
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')

    device.send('wiped', {})
    expect(await device.closed).toEqual({ code: 4401, reason: 'wiped' })
    const stored = await server.organisation.storage.device(memory.device?.id ?? '')
    expect(stored).toMatchObject({ workerId: 'rhea', wipedAt: server.clock.now })
    expect(await server.organisation.storage.devicesWithUnsent(['rhea'])).toEqual([])
  })

  test('with nothing in its outbox it is told to wipe at once', async () => {
    const memory = await workedDevice()
    await disable()
    const device = await TestDevice.connect(server, 'rhea', { memory })
    await eventually(() => device.bodies('wipe').length === 1)
    expect(namesOf(device)).toEqual(['drain', 'wipe'])
  })

  test('reviewers see what was handed in, with its reason', async () => {
    const memory = await workedDevice()
    await disable()
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(1) })
    await eventually(() => device.bodies('drain').length === 1)
    await device.verdict(device.edit('account', 'oak', [{ field: 'phone', value: '1' }]))
    const answer = await server.fetch('/api/quarantine', await server.signIn('ada'))
    const { items } = (await answer.json()) as { items: Record<string, unknown>[] }
    expect(items).toMatchObject([
      {
        record: 'account/oak',
        worker: 'rhea',
        reasons: [{ code: 'worker-inactive' }],
        changes: [{ new: '1' }],
      },
    ])
  })

  test('reads nothing: no row, no name, no number, neither of ours nor of plain y-websocket', async () => {
    const memory = await workedDevice()
    const first = await TestDevice.connect(server, 'rhea', { memory })
    await first.welcome
    // Judged while she was live, in words that name people; the answer is asked for again.
    await server.change('group', 'sales-rep', {
      features: { 'crm.accounts.view': 'allow', 'SU-ALLOW-ACCOUNT-EDITS': 'deny' },
    })
    const earlier = first.edit('account', 'oak', [{ field: 'phone', value: '1' }])
    expect(await first.verdict(earlier)).toMatchObject({ outcome: 'refused' })
    first.cut()
    await disable()

    const raw = await server.raw('desk/rhea', { worker: 'rhea' })
    await raw.opened
    // Step 1 with an empty state vector, and who is there?
    raw.socket.send(Uint8Array.of(0, 0, 1, 0))
    raw.socket.send(Uint8Array.of(3))
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(3) })
    await eventually(() => device.bodies('drain').length === 1)
    device.push(earlier)
    await device.verdict(device.edit('account', 'elm', [{ field: 'phone', value: '1' }]))
    await device.verdict(device.edit('account', 'no-such', [{ field: 'phone', value: '1' }]))
    await server.change('account', 'oak', { phone: '9' })
    await eventually(() => device.bodies('wipe').length === 1)

    expect(namesOf(device)).toEqual(['drain', 'verdict', 'verdict', 'verdict', 'wipe'])
    expect(device.bodies('drain')).toEqual([
      { device: { id: memory.device?.id, secret: null }, why: 'worker' },
    ])
    for (const verdict of device.bodies('verdict')) {
      expect(verdict).toMatchObject({ seq: 0, reasons: [{ code: 'session-ended', rule: 'L16' }] })
      const { sentence } = verdict as { sentence: string }
      expect(sentence).toBe('You may not change this account: the session has ended.')
    }
    // The record that is there and the one that is not are answered alike.
    const [, elm, none] = device.bodies('verdict')
    const blank = { edit: '', record: null, quarantine: null }
    expect({ ...elm, ...blank }).toEqual({ ...none, ...blank })
    expect(raw.frames).toEqual([])
  })

  test('2,000 edits and a cut in the middle: each is kept once, and the wipe comes after the last', async () => {
    const memory = await workedDevice()
    await disable()
    const outbox = Array.from({ length: 2_000 }, (_, index) => ({
      body: pushBody(`a-${index % 50}`, String(index)),
      update: Uint8Array.of(0, 0),
    }))
    const answered = new Set<string>()
    const handIn = async (until: number): Promise<TestDevice> => {
      const waiting = outbox.filter(({ body }) => !answered.has(body.edit))
      const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(waiting.length) })
      await eventually(() => device.bodies('drain').length === 1)
      for (let at = 0; at < waiting.length && answered.size < until; at += 32) {
        const some = waiting.slice(at, at + 32)
        expect(device.bodies('wipe')).toEqual([])
        for (const entry of some) device.push(entry)
        // Cut with these under way: their verdicts are asked for again.
        if (answered.size + 32 > until) break
        await eventually(() => device.bodies('verdict').length === at + some.length)
        for (const { body } of some) answered.add(body.edit)
      }
      return device
    }
    const first = await handIn(1_000)
    first.cut()
    expect(answered.size).toBeLessThan(2_000)
    const second = await handIn(2_000 + 32)
    await eventually(() => second.bodies('wipe').length === 1)
    expect(namesOf(second).at(-1)).toBe('wipe')
    const kept = await quarantine()
    expect(kept).toHaveLength(2_000)
    expect(new Set(kept.map(({ editId }) => editId)).size).toBe(2_000)
  })

  test('[D2] an edit that was merged before, and whose answer was lost, stays merged and is answered without a number', async () => {
    const device = await TestDevice.connect(server, 'rhea')
    await device.caughtUp(server)
    const merged = device.edit('account', 'oak', [{ field: 'phone', value: '1' }])
    expect(await device.verdict(merged)).toMatchObject({ outcome: 'merged' })
    device.cut()
    await disable()
    const back = await TestDevice.connect(server, 'rhea', { memory: device.memory, ...telling(1) })
    await eventually(() => back.bodies('drain').length === 1)
    back.push(merged)
    await eventually(() => back.bodies('wipe').length === 1)
    expect(back.bodies('verdict')).toMatchObject([{ outcome: 'merged', edit: merged.id, seq: 0 }])
    expect(await quarantine()).toEqual([])
    expect((await server.row('account', 'oak'))?.phone).toBe('1')
  })

  test('[L2] a push that is put off has no verdict yet: no wipe before it has come again', async () => {
    await server.close()
    server = await TestServer.start({ rate: 1 })
    const memory = await workedDevice()
    await disable()
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(2) })
    await eventually(() => device.bodies('drain').length === 1)
    const entries = ['oak', 'ash'].map((id) => ({ body: pushBody(id, '1'), update: Uint8Array.of(0, 0) }))
    for (const entry of entries) device.push(entry)
    const outcomes = () => device.bodies('verdict').map(({ outcome }) => outcome)
    await eventually(() => outcomes().length === 2)
    expect(outcomes()).toContain('later')
    expect(device.bodies('wipe')).toEqual([])
    const refused = new Set(
      device.bodies('verdict').flatMap(({ outcome, edit }) => (outcome === 'refused' ? [edit] : [])),
    )
    for (const entry of entries.filter(({ body }) => !refused.has(body.edit))) {
      server.clock.now += 5_000
      expect(device.bodies('wipe')).toEqual([])
      const before = outcomes().length
      device.push(entry)
      await eventually(() => outcomes().length > before)
      expect(outcomes().at(-1)).toBe('refused')
    }
    await eventually(() => device.bodies('wipe').length === 1)
    expect(await quarantine()).toHaveLength(2)
  })

  test('a receipt that nobody asked for, a hello of another worker and a receipt of a page are no words of a drain', async () => {
    const memory = await workedDevice()
    await disable()
    const early = await TestDevice.connect(server, 'rhea', { memory, ...telling(1) })
    await eventually(() => early.bodies('drain').length === 1)
    early.send('wiped', {})
    expect(await early.closed).toEqual({ code: 4400, reason: 'not-asked' })
    expect((await server.organisation.storage.device(memory.device?.id ?? ''))?.wipedAt).toBeUndefined()
    const other = await TestDevice.connect(server, 'rhea', { hello: { worker: 'eve' } })
    expect(await other.closed).toEqual({ code: 4401, reason: 'other-worker' })
    const reader = await TestDevice.connect(server, 'rhea', { memory, ...telling(1) })
    await eventually(() => reader.bodies('drain').length === 1)
    reader.send('received', { page: 1 })
    expect(await reader.closed).toEqual({ code: 4400, reason: 'unknown-message' })
  })
})

describe('disabling [L16] [W-05]', () => {
  test('a connected link is told at once to come back, and is told nothing else', async () => {
    const device = await TestDevice.connect(server, 'rhea')
    await device.caughtUp(server)
    const before = device.messages.length
    await disable()
    expect(await device.closed).toEqual({ code: 1013, reason: 'session-ended' })
    expect(device.messages.slice(before)).toEqual([])
    const back = await TestDevice.connect(server, 'rhea', { memory: device.memory })
    await eventually(() => back.bodies('wipe').length === 1)
  })

  test('the session answers nothing but a ticket, which opens no room but the own desk', async () => {
    const token = await server.signIn('rhea')
    await disable()
    for (const path of [
      '/api/me',
      '/api/records/account',
      '/api/records/account/oak',
      '/api/quarantine',
      '/api/export/account',
    ])
      expect((await server.fetch(path, token)).status, path).toBe(401)
    for (const path of ['account/oak', 'worker/rhea', 'desk/eve', 'desk/max']) {
      const raw = await server.raw(`${path}?ticket=${await server.takeTicket(token)}`)
      expect(await raw.closed, path).toEqual({ code: 4401, reason: 'not-signed-in' })
      expect(raw.frames).toEqual([])
    }
    const desk = await server.raw(`desk/rhea?ticket=${await server.takeTicket(token)}`)
    await desk.opened
    desk.socket.close()
  })

  test('a worker who is enabled again before contact is asked to sign in, and nothing is wiped', async () => {
    const memory = await workedDevice()
    await disable()
    const session = hashSecret(await server.signIn('rhea'))
    await eventually(async () => (await server.organisation.storage.session(session))?.drains === true)
    await enable()
    const device = await TestDevice.connect(server, 'rhea', { memory })
    expect(await device.closed).toEqual({ code: 4401, reason: 'not-signed-in' })
    expect(device.messages).toEqual([])
    expect((await server.fetch('/api/me', await server.signIn('rhea'))).status).toBe(401)
    expect((await server.fetch('/api/me', await server.signIn('rhea', { anew: true }))).status).toBe(200)
    const back = await TestDevice.connect(server, 'rhea', { memory })
    expect(await back.welcome).toMatchObject({ resume: 'continue' })
  })

  test('a worker who is enabled again in the middle of it: the drain ends without a wipe', async () => {
    const memory = await workedDevice()
    await disable()
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(1) })
    await eventually(() => device.bodies('drain').length === 1)
    await enable()
    expect(await device.closed).toEqual({ code: 1013, reason: 'session-ended' })
    expect(device.bodies('wipe')).toEqual([])
  })

  test('[P5] the end of a validity is the same, with its own reason', async () => {
    const memory = await workedDevice()
    const until = server.clock.now + 60_000
    await server.change('worker', 'rhea', { validUntil: new Date(until).toISOString() })
    await server.passTo(until)
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(1) })
    await eventually(() => device.bodies('drain').length === 1)
    await device.verdict(device.edit('account', 'oak', [{ field: 'phone', value: '1' }]))
    await eventually(() => device.bodies('wipe').length === 1)
    expect(await quarantine()).toMatchObject([{ reasons: [{ code: 'worker-not-valid' }] }])
  })

  test('a device that the server does not know hands in all the same', async () => {
    const memory = await workedDevice()
    await disable()
    memory.device = null
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(1) })
    await eventually(() => device.bodies('drain').length === 1)
    expect(device.bodies('drain')[0]?.device.secret).toMatch(/^[\w-]{20,}$/)
    await device.verdict(device.edit('account', 'oak', [{ field: 'phone', value: '1' }]))
    await eventually(() => device.bodies('wipe').length === 1)
    expect(await quarantine()).toHaveLength(1)
  })
})

describe('a session that is over [L16]', () => {
  const day = 24 * 60 * 60 * 1_000
  /** The test's sessions last a day. */
  const weeksLater = (weeks = 3) => server.passTo(server.clock.now + (weeks * 7 + 1) * day)

  test.each([
    ['before the worker was disabled', () => weeksLater().then(() => disable())],
    ['after the worker was disabled', () => disable().then(() => weeksLater())],
  ])('%s: the device that knows its secret hands in, reads nothing and is wiped', async (_when, pass) => {
    const memory = await workedDevice()
    await pass()
    const device = await TestDevice.connect(server, 'rhea', { memory, ...telling(1) })
    await eventually(() => device.bodies('drain').length === 1)
    await device.verdict(device.edit('account', 'oak', [{ field: 'phone', value: '1' }]))
    await eventually(() => device.bodies('wipe').length === 1)
    expect(namesOf(device)).toEqual(['drain', 'verdict', 'wipe'])
    expect(await quarantine()).toMatchObject([{ deviceId: memory.device?.id, changes: [{ new: '1' }] }])
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
    for (const path of ['/api/me', '/api/records/account', '/api/quarantine'])
      expect((await server.fetch(path, await server.signIn('rhea'))).status, path).toBe(401)
  })

  test('opens nothing for a device without its secret, nor for another worker’s', async () => {
    const memory = await workedDevice()
    const eve = await TestDevice.connect(server, 'eve')
    await eve.welcome
    await disable()
    await weeksLater()
    const { id = '' } = memory.device ?? {}
    for (const device of [null, { id, secret: 'x'.repeat(43) }, eve.memory.device]) {
      const link = await TestDevice.connect(server, 'rhea', { memory: { ...memory, device } })
      expect(await link.closed).toEqual({ code: 4401, reason: 'not-signed-in' })
      expect(link.messages).toEqual([])
    }
    expect(await quarantine()).toEqual([])
  })

  test('of a live worker is none: they sign in; it is there when they are disabled before that', async () => {
    const memory = await workedDevice()
    await weeksLater()
    const early = await TestDevice.connect(server, 'rhea', { memory })
    expect(await early.closed).toEqual({ code: 4401, reason: 'not-signed-in' })
    expect((await server.fetch('/api/me', await server.signIn('rhea'))).status).toBe(401)
    expect((await server.fetch('/api/ticket', await server.signIn('rhea'), { method: 'POST' })).status).toBe(
      401,
    )
    // Others sign in meanwhile, which tidies up.
    await server.signIn('max', { anew: true })
    await disable()
    const device = await TestDevice.connect(server, 'rhea', { memory })
    await eventually(() => device.bodies('wipe').length === 1)
  })

  test('opens nothing any more after 44 days', async () => {
    const memory = await workedDevice()
    await disable()
    await server.passTo(server.clock.now + day + SESSION_DRAINS_MS)
    const device = await TestDevice.connect(server, 'rhea', { memory })
    expect(await device.closed).toEqual({ code: 4401, reason: 'not-signed-in' })
  })
})
