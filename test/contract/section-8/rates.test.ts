/** Section 8: AMBIT_RATE is the number of updates a second that one device may send; 0 takes off the limits. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { eventually } from './eventually.ts'
import {
  endSockets,
  fetchDocument,
  openSynced,
  openWithTicket,
  type RawSocket,
  updateFrame,
  updateOf,
} from './sockets.ts'
import { type Row, type Visitor, World } from './world.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

interface Limited {
  readonly world: World
  readonly rhea: Visitor
  readonly oak: Row
}

/** As many updates as fast as they go, each a keystroke, on one socket. */
async function flood({ rhea, oak }: Limited, count: number): Promise<RawSocket> {
  const doc = await fetchDocument(rhea, `account/${oak.id}`, 1 + Math.floor(Math.random() * 2 ** 31))
  const raw = await openWithTicket(rhea, `account/${oak.id}`)
  for (let n = 1; n <= count; n++)
    raw.socket.send(updateFrame(updateOf(doc, () => doc.getMap('fields').set('employees', n))))
  return raw
}

async function start(rate: string): Promise<Limited> {
  const world = await World.start({ logins: ['rhea', 'mona'], env: { AMBIT_RATE: rate } })
  const rhea = await world.visitor('rhea')
  return { world, rhea, oak: await rhea.find('account', 'aId', 'A-1') }
}

describe('AMBIT_RATE=20', () => {
  let limited: Limited
  beforeAll(async () => {
    limited = await start('20')
  })
  afterEach(endSockets)
  afterAll(() => limited.world.close())

  it('a device that sends more is closed with 4429; what it had sent in time stays', async () => {
    const raw = await flood(limited, 300)
    expect((await raw.closed).code).toBe(4429)
    const { employees } = await limited.rhea.row(`account/${limited.oak.id}`)
    expect(employees).toBeGreaterThanOrEqual(14)
    expect(employees).toBeLessThan(300)
    expect(await limited.rhea.quarantine()).toEqual([])
  })

  it('another device is not slowed down by it', async () => {
    const mona = await limited.world.visitor('mona')
    const honest = await openSynced(mona, `account/${limited.oak.id}`)
    const raw = await flood(limited, 300)
    honest.fields.set('phone', 'still here')
    expect((await raw.closed).code).toBe(4429)
    await eventually(async () => (await mona.row(`account/${limited.oak.id}`)).phone === 'still here')
    expect(honest.closings).toEqual([])
  })

  it('a device that keeps to it is not closed', async () => {
    const mona = await limited.world.visitor('mona')
    const calm = await openSynced(mona, `account/${limited.oak.id}`)
    for (let n = 0; n < 10; n++) calm.notes.insert(calm.notes.length, `${n} `)
    await eventually(async () => (await mona.row(`account/${limited.oak.id}`)).notes === calm.notes.toJSON())
    expect(calm.closings).toEqual([])
  })
})

describe('AMBIT_RATE=0', () => {
  let unlimited: Limited
  beforeAll(async () => {
    unlimited = await start('0')
  })
  afterEach(endSockets)
  afterAll(() => unlimited.world.close())

  it('takes off the limit on updates', async () => {
    const raw = await flood(unlimited, 600)
    await eventually(async () => (await unlimited.rhea.row(`account/${unlimited.oak.id}`)).employees === 600)
    expect(raw.socket.readyState).toBe(raw.socket.OPEN)
  })

  it('and those on tickets and sockets', async () => {
    const { rhea, oak } = unlimited
    const all = await Promise.all(
      Array.from({ length: 300 }, () => openWithTicket(rhea, `account/${oak.id}`)),
    )
    await eventually(() => all.every(({ frames }) => frames.length > 0))
    const tickets = new Set<string>()
    for (let n = 0; n < 400; n++) tickets.add(await rhea.ticket())
    expect(tickets.size).toBe(400)
    expect(all.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true)
  })
})
