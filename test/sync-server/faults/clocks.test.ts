/** Clocks ten years off, on the server between and during its runs, and on devices (D20, D24). */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

vi.setConfig({ testTimeout: 20_000 })

const now = Date.UTC(2026, 0, 15, 12)
const tenYears = 3_652 * 86_400_000

let folder: string
let server: TestServer

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ambit-clocks-'))
  server = await TestServer.start({ folder, now })
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function restartAt(at: number): Promise<void> {
  await server.close()
  server = await TestServer.start({ folder, now: at })
}

const live = (id: string) => server.organisation.policy.principalOf(id).live
const version = () => server.organisation.policy.directory.policyVersion

it('[D24] edits go on and stand in the order of their numbers, whatever the clock says between restarts', async () => {
  let memory = (await TestDevice.connect(server, 'max')).memory
  const numbers: number[] = []
  for (const [index, at] of [now, now + tenYears, now, now - tenYears, now].entries()) {
    await restartAt(at)
    const device = await TestDevice.connect(server, 'max', { memory })
    await device.welcome
    await eventually(() => device.row('account', 'oak') !== null)
    const edit = device.edit('account', 'oak', [{ field: 'phone', value: `${index}` }], { writtenAt: at })
    const verdict = await device.verdict(edit)
    numbers.push(verdict.outcome === 'merged' ? verdict.seq : 0)
    expect(await server.row('account', 'oak')).toMatchObject({ phone: `${index}` })
    memory = device.memory
  }
  expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
  expect(new Set(numbers).size).toBe(5)
})

it('[D20] [D24] a validity that a wrong clock has ended is told again when the clock is right, and the other way round', async () => {
  const change = await server.change('worker', 'rhea', {
    validUntil: new Date(now + tenYears / 2).toISOString(),
  })
  expect(change).toMatchObject({ type: 'merged' })
  const atFirst = version()
  await restartAt(now + tenYears)
  expect(live('rhea')).toBe(false)
  const ended = version()
  expect(ended).toBeGreaterThan(atFirst)

  await restartAt(now)
  expect(live('rhea')).toBe(true)
  expect(version()).toBeGreaterThan(ended)
  // The last entry of the journal is now older than those before it: what is missed from here on is still noticed.
  await server.change('account', 'oak', { phone: 'at the right time' })
  const right = version()
  await restartAt(now + tenYears / 2)
  expect(live('rhea')).toBe(false)
  expect(version()).toBeGreaterThan(right)
})

it('[D24] sessions and tickets made under a wrong clock do not outlast its correction', async () => {
  server.clock.now = now + tenYears
  const answer = async (token: string) => (await server.fetch('/api/me', token)).status
  const [token, other] = [await server.signIn('max'), await server.signIn('eve')]
  const ticket = await server.takeTicket(token)
  expect(await answer(token)).toBe(200)
  server.clock.now = now
  expect(await answer(token)).toBe(401)
  expect((await (await server.raw(`account/oak?ticket=${ticket}`)).closed).code).toBe(4401)
  server.clock.now = now + tenYears - 60_000
  expect(await answer(other)).toBe(200)
})

it('[D24] devices with clocks ten years off are judged by the server’s', async () => {
  const device = await TestDevice.connect(server, 'max')
  await device.caughtUp(server)
  for (const writtenAt of [now + tenYears, now - tenYears, 0, -tenYears, Number.MAX_SAFE_INTEGER]) {
    const edit = device.edit('account', 'oak', [{ field: 'phone', value: `${writtenAt}` }], { writtenAt })
    expect(await device.verdict(edit)).toMatchObject({ outcome: 'merged' })
    expect(await server.row('account', 'oak')).toMatchObject({ phone: `${writtenAt}` })
  }
  const [entry] = await server.organisation.storage.journalOf({ kind: 'account', id: 'oak' }, 1)
  expect(entry).toMatchObject({ serverTime: now, deviceTime: Number.MAX_SAFE_INTEGER })
})
