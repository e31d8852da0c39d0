/** One device is wiped, and its worker goes on elsewhere (L21). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { blankMemory, type ConnectOptions, type DeviceMemory, TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
})
afterEach(() => server.close())

/** A browser: its cookie and what is on its disk. */
interface Browser {
  readonly token: string
  readonly memory: DeviceMemory
}

function connect(
  { token, memory }: Browser,
  options: Omit<ConnectOptions, 'memory'> = {},
): Promise<TestDevice> {
  const raw = (path: string) => server.raw(path, { headers: { authorization: `Bearer ${token}` } })
  return TestDevice.connect({ raw }, 'rhea', { ...options, memory })
}

async function browser(): Promise<Browser> {
  return { token: await server.signIn('rhea', { anew: true }), memory: blankMemory() }
}

/** Connected once, with rhea's records on it. */
async function worked(): Promise<{ readonly lost: Browser; readonly device: TestDevice }> {
  const lost = await browser()
  const device = await connect(lost)
  await device.caughtUp(server)
  return { lost, device }
}

const idOf = ({ memory }: Browser) => memory.device?.id ?? ''
const wipe = async (by: string, id: string) =>
  (await server.fetch(`/api/devices/${id}/wipe`, await server.signIn(by), { method: 'POST' })).status
const devices = async (by: string, worker: string) => {
  const answer = await server.fetch(`/api/devices?worker=${worker}`, await server.signIn(by))
  return (await answer.json()) as {
    items: {
      id: string
      unsent: number
      sessions: number
      wipe: { by: string; doneAt: string | null } | null
    }[]
    mayWipe: { outcome: string }
  }
}
const me = async (token: string) => (await server.fetch('/api/me', token)).status
const quarantine = () => server.organisation.storage.quarantine({ workerId: null, limit: 100 })
const telling = (total: number) => ({ hello: { unsent: { total, edits: [] } } })

describe('wiping one device [L21]', () => {
  test('a connected one comes back at once: what it hands in is kept and not merged, then it wipes; the other goes on', async () => {
    const { lost, device } = await worked()
    const other = await browser()
    const tablet = await connect(other)
    await tablet.caughtUp(server)

    expect(await wipe('ada', idOf(lost))).toBe(204)
    expect(await device.closed).toEqual({ code: 1013, reason: 'session-ended' })
    expect(await me(lost.token)).toBe(401)
    expect(await me(other.token)).toBe(200)

    const back = await connect(lost, telling(1))
    await eventually(() => back.bodies('drain').length === 1)
    expect(back.bodies('drain')).toMatchObject([{ why: 'device' }])
    const typed = back.edit('account', 'oak', [{ field: 'phone', value: '555 0199' }])
    expect(await back.verdict(typed)).toMatchObject({ outcome: 'refused', seq: 0 })
    await eventually(() => back.bodies('wipe').length === 1)
    expect(back.messages.map(({ name }) => name)).toEqual(['drain', 'verdict', 'wipe'])
    back.send('wiped', {})
    await back.closed

    expect(await quarantine()).toMatchObject([
      {
        editId: typed.id,
        workerId: 'rhea',
        deviceId: idOf(lost),
        reasons: [{ code: 'device-wiped', rule: 'L21' }],
        changes: [{ new: '555 0199' }],
      },
    ])
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
    expect(await me(lost.token)).toBe(401)

    // Meanwhile the tablet neither lost its link nor its right.
    const edit = tablet.edit('account', 'oak', [{ field: 'phone', value: '555 0111' }])
    expect(await tablet.verdict(edit)).toMatchObject({ outcome: 'merged' })
    expect(tablet.bodies('wipe')).toEqual([])
    const { items } = await devices('ada', 'rhea')
    const byId = new Map(items.map((item) => [item.id, item]))
    expect(byId.get(idOf(other))).toMatchObject({ sessions: 1, wipe: null })
    expect(byId.get(idOf(lost))).toMatchObject({ sessions: 0, unsent: 0, wipe: { by: 'Ada Adams' } })
    expect(byId.get(idOf(lost))?.wipe?.doneAt).not.toBeNull()
  })

  test('one that is away is told at its next contact, and until then only that it was asked for is known', async () => {
    const { lost, device } = await worked()
    device.cut()
    expect(await wipe('ada', idOf(lost))).toBe(204)
    expect((await devices('ada', 'rhea')).items).toMatchObject([{ wipe: { doneAt: null }, sessions: 1 }])
    const back = await connect(lost)
    await eventually(() => back.bodies('wipe').length === 1)
    back.send('wiped', {})
    await back.closed
    await eventually(async () => (await devices('ada', 'rhea')).items[0]?.wipe?.doneAt !== null)
    const log = await (await server.fetch('/api/audit?what=devices', await server.signIn('ada'))).json()
    expect(log).toMatchObject({
      items: [
        { event: 'device-wiped', actor: { id: 'rhea' }, record: { kind: 'worker', id: 'rhea' } },
        { event: 'device-wipe-asked', actor: { id: 'ada' }, record: { kind: 'worker', id: 'rhea' } },
      ],
    })
  })

  test('one whose session was ended wipes after signing in anew, and reads nothing before', async () => {
    const { lost, device } = await worked()
    device.cut()
    await server.organisation.storage.endSessions({ workerId: 'rhea' })
    expect(await wipe('ada', idOf(lost))).toBe(204)
    const again = { ...lost, token: await server.signIn('rhea', { anew: true }) }
    const refused = await connect(again)
    expect(await refused.closed).toEqual({ code: 1013, reason: 'session-ended' })
    expect(refused.messages).toEqual([])
    const back = await connect(again)
    await eventually(() => back.bodies('wipe').length === 1)
    back.send('wiped', {})
    await back.closed
    // Signed in once more it is a new device.
    const anew = { token: await server.signIn('rhea', { anew: true }), memory: blankMemory() }
    const fresh = await connect(anew)
    expect(await fresh.welcome).toMatchObject({ resume: 'rebuild' })
  })

  test('[L16] one whose session is merely over hands in and wipes under it, by its own secret; without that it is told nothing', async () => {
    const { lost, device } = await worked()
    device.cut()
    server.clock.now += 3 * 86_400_000
    await server.signIn('ada', { anew: true })
    expect(await wipe('ada', idOf(lost))).toBe(204)
    const stranger = await connect({ token: lost.token, memory: blankMemory() })
    expect(await stranger.closed).toEqual({ code: 4401, reason: 'not-signed-in' })
    expect(stranger.messages).toEqual([])
    expect(await me(lost.token)).toBe(401)
    const back = await connect(lost)
    await eventually(() => back.bodies('wipe').length === 1)
  })

  test('it cannot slip away under another name: neither by forgetting who it is, nor by a session it once used', async () => {
    const { lost, device } = await worked()
    device.cut()
    // Before the wipe is asked for, it says hello as a new one under the same cookie.
    const second = { token: lost.token, memory: blankMemory() }
    const renamed = await connect(second)
    await renamed.caughtUp(server)
    expect(await wipe('ada', idOf(lost))).toBe(204)
    expect(await renamed.closed).toEqual({ code: 1013, reason: 'session-ended' })
    expect(await me(lost.token)).toBe(401)
    const third = { token: lost.token, memory: blankMemory() }
    const stranger = await connect(third, telling(1))
    await eventually(() => stranger.bodies('drain').length === 1)
    // The new name is one to be wiped, too: under another session it would be nobody's otherwise.
    const { items: known } = await devices('ada', 'rhea')
    expect(known.find(({ id }) => id === idOf(third))?.wipe).toMatchObject({ doneAt: null })
    const typed = stranger.edit('account', 'oak', [{ field: 'phone', value: '1' }])
    expect(await stranger.verdict(typed)).toMatchObject({ outcome: 'refused' })
    await eventually(() => stranger.bodies('wipe').length === 1)
    stranger.send('wiped', {})
    await stranger.closed
    await eventually(async () => {
      const { items } = await devices('ada', 'rhea')
      const first = items.find(({ id }) => id === idOf(lost))
      return first?.wipe?.doneAt !== null && items.every(({ sessions }) => sessions === 0)
    })
    expect((await server.row('account', 'oak'))?.phone).toBe('555 0100')
  })

  test('its ticket and its rooms are gone with it', async () => {
    const { lost } = await worked()
    const ticket = await server.takeTicket(lost.token)
    const room = await server.raw('account/oak', { headers: { authorization: `Bearer ${lost.token}` } })
    await room.opened
    expect(await wipe('ada', idOf(lost))).toBe(204)
    expect(await room.closed).toEqual({ code: 4401, reason: 'session-ended' })
    const late = await server.raw(`account/oak?ticket=${ticket}`)
    expect(await late.closed).toMatchObject({ code: 4401 })
    const anew = await server.raw('account/oak', { headers: { authorization: `Bearer ${lost.token}` } })
    expect(await anew.closed).toMatchObject({ code: 4401 })
  })

  test('an older connection that writes down how far it came does not take the asking back', async () => {
    const { lost, device } = await worked()
    await server.organisation.storage.askWipe(idOf(lost), { at: 5, by: 'ada' })
    const stored = await server.organisation.storage.device(idOf(lost))
    expect(stored?.wipeAsked).toEqual({ at: 5, by: 'ada' })
    if (stored === null) throw new Error('no such device')
    const { wipeAsked: _, ...older } = stored
    await server.organisation.storage.saveDevice(older)
    expect((await server.organisation.storage.device(idOf(lost)))?.wipeAsked).toEqual({ at: 5, by: 'ada' })
    device.cut()
  })
})

describe('who may [L21] [P26]', () => {
  test('oneself, from another device; not this one, which signs out', async () => {
    const { lost } = await worked()
    const here = await browser()
    const tablet = await connect(here)
    await tablet.caughtUp(server)
    const ask = (id: string) => server.fetch(`/api/devices/${id}/wipe`, here.token, { method: 'POST' })
    expect((await ask(idOf(here))).status).toBe(409)
    expect((await ask(idOf(lost))).status).toBe(204)
    expect(await me(here.token)).toBe(200)
  })

  test('nobody without settings.workers, and not over who holds more; the device itself is no secret told', async () => {
    const { lost } = await worked()
    expect(await wipe('max', idOf(lost))).toBe(404)
    expect(await wipe('eve', idOf(lost))).toBe(404)
    expect(await wipe('ada', 'no-such-device')).toBe(404)
    const admins = { token: await server.signIn('ada', { anew: true }), memory: blankMemory() }
    const raw = (path: string) => server.raw(path, { headers: { authorization: `Bearer ${admins.token}` } })
    const desk = await TestDevice.connect({ raw }, 'ada', { memory: admins.memory })
    await desk.caughtUp(server)
    await server.change('worker', 'max', { rights: ['SU-ACCESS-SETTINGS-WORKSPACE'] })
    expect(await wipe('max', idOf(lost))).toBe(204)
    expect(await wipe('max', idOf(admins))).toBe(403)
    expect((await devices('max', 'ada')).mayWipe.outcome).toBe('denied')
  })

  test('a list of devices: one’s own always, others’ with settings.workers.view', async () => {
    const { lost } = await worked()
    expect((await devices('rhea', 'rhea')).items).toMatchObject([{ id: idOf(lost) }])
    expect((await devices('ada', 'rhea')).items).toHaveLength(1)
    const eve = await server.signIn('eve')
    expect((await server.fetch('/api/devices?worker=rhea', eve)).status).toBe(404)
    const text = await (await server.fetch('/api/devices?worker=rhea', await server.signIn('ada'))).text()
    expect(text).not.toMatch(/secret/i)
  })

  test('what a device says of itself, holds and has unsent is shown', async () => {
    const lost = await browser()
    const record = { kind: 'account', id: 'oak' } as const
    const device = await connect(lost, {
      hello: {
        label: 'Chromium on Android',
        unsent: { total: 1, edits: [{ edit: 'e'.repeat(20), record, creates: false, fields: ['phone'] }] },
      },
    })
    await device.caughtUp(server)
    device.cut()
    await eventually(async () => {
      const { items } = await devices('ada', 'rhea')
      expect(items).toMatchObject([{ label: 'Chromium on Android', unsent: 1, behind: 0 }])
      return true
    })
  })
})
