/** Who gets in, and how everybody else is told: status and close codes (DESIGN 8, Rooms and Cross-site). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FRAME_BYTES_MAX, SOCKET_OPENS_PER_SECOND, TICKET_MS } from '../../../core/protocol/limits.ts'
import { eventually } from '../../support/eventually.ts'
import { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
})
afterEach(() => server.close())

describe('a ticket [L14]', () => {
  it('opens one socket, once', async () => {
    const ticket = await server.takeTicket(await server.signIn('rhea'))
    const first = await server.raw(`account/oak?ticket=${ticket}`)
    await first.opened
    await eventually(() => first.frames.length > 0)
    const second = await server.raw(`account/oak?ticket=${ticket}`)
    expect(await second.closed).toEqual({ code: 4401, reason: 'not-signed-in' })
    expect(second.frames).toEqual([])
  })

  it('opens nothing after 30 seconds, and something just before', async () => {
    const token = await server.signIn('rhea')
    const late = await server.takeTicket(token)
    server.clock.now += TICKET_MS
    // Before another one is taken out, which would sweep it away.
    expect((await (await server.raw(`account/oak?ticket=${late}`)).closed).code).toBe(4401)
    const inTime = await server.takeTicket(token)
    server.clock.now += TICKET_MS - 1
    const raw = await server.raw(`account/oak?ticket=${inTime}`)
    await eventually(() => raw.frames.length > 0)
  })

  it('that is bad is not mended by a good session', async () => {
    const raw = await server.raw('account/oak?ticket=made-up', { worker: 'rhea' })
    expect((await raw.closed).code).toBe(4401)
  })
})

describe('a session', () => {
  it('that there is none is told with 4401, also for what does not exist', async () => {
    const headers = { authorization: 'Bearer none' }
    for (const path of ['account/oak', 'account/nothing']) {
      expect((await (await server.raw(path, { headers })).closed).code).toBe(4401)
    }
  })

  it('comes by cookie from the same origin', async () => {
    const cookie = `ambit=${await server.signIn('rhea')}`
    const raw = await server.raw('account/oak', { headers: { cookie, origin: server.url } })
    await raw.opened
    await eventually(() => raw.frames.length > 0)
    expect(raw.socket.readyState).toBe(raw.socket.OPEN)
  })

  it('that ends closes its sockets with 4401 and no others', async () => {
    const room = await server.room('rhea', 'account', 'oak')
    const otherToken = await server.signIn('rhea', { anew: true })
    const other = await server.raw('account/oak', { headers: { authorization: `Bearer ${otherToken}` } })
    await Promise.all([room.synced, other.opened])
    await server.fetch('/api/logout', otherToken, { method: 'POST' })
    expect(await other.closed).toEqual({ code: 4401, reason: 'session-ended' })
    expect(room.provider.wsconnected).toBe(true)
  })
})

describe('a foreign origin [L15]', () => {
  it.each(['https://evil.example', 'null'])(
    '%s is refused with 403, cookie or Bearer or not',
    async (origin) => {
      const token = await server.signIn('rhea')
      for (const headers of [{ cookie: `ambit=${token}` }, { authorization: `Bearer ${token}` }]) {
        const raw = await server.raw('account/oak', { headers: { ...headers, origin } })
        expect(await raw.refused).toBe(403)
      }
      const ticket = await server.takeTicket(token)
      expect(await (await server.raw(`account/oak?ticket=${ticket}`, { headers: { origin } })).refused).toBe(
        403,
      )
    },
  )

  it('that is missing passes with a ticket or Bearer, and not with a cookie alone', async () => {
    const token = await server.signIn('rhea')
    const withCookie = await server.raw('account/oak', { headers: { cookie: `ambit=${token}` } })
    expect(await withCookie.refused).toBe(403)
    await (await server.raw('account/oak', { worker: 'rhea' })).opened
    await (await server.raw(`account/oak?ticket=${await server.takeTicket(token)}`)).opened
  })
})

describe('limits', () => {
  it('[D1] a frame over 128 KiB closes with 1009, one of that size does not', async () => {
    const fits = await server.raw('account/oak', { worker: 'rhea' })
    const over = await server.raw('account/oak', { worker: 'rhea' })
    await Promise.all([fits.opened, over.opened])
    over.socket.send(new Uint8Array(FRAME_BYTES_MAX + 1))
    expect((await over.closed).code).toBe(1009)
    fits.socket.send(new Uint8Array(FRAME_BYTES_MAX))
    expect((await fits.closed).code).toBe(4400)
  })

  it('an address outside the rooms is answered by HTTP', async () => {
    const raw = await server.raw('../elsewhere', { worker: 'rhea' })
    expect(await raw.refused).toBe(404)
  })
})

describe('limits of a server that has them', () => {
  let limited: TestServer
  beforeEach(async () => {
    limited = await TestServer.start({ rate: 5 })
  })
  afterEach(() => limited.close())

  it('close who sends more updates than it may with 4429; what was in time is kept', async () => {
    const rhea = await limited.room('rhea', 'account', 'oak')
    await rhea.synced
    for (let i = 1; i <= 6; i++) rhea.fields.set('phone', `${i}`)
    expect(await rhea.closed).toEqual({ code: 4429, reason: 'too-many-updates' })
    expect(await limited.row('account', 'oak')).toMatchObject({ phone: '5' })
    expect(rhea.denied).toEqual([])
  })

  it('close who opens too many sockets at once with 4429', async () => {
    const many = await Promise.all(
      Array.from({ length: SOCKET_OPENS_PER_SECOND + 1 }, () =>
        limited.raw('account/oak', { worker: 'rhea' }),
      ),
    )
    const closed = await Promise.race(many.map((raw) => raw.closed))
    expect(closed).toEqual({ code: 4429, reason: 'too-many-sockets' })
    expect((await (await limited.raw('account/oak', { worker: 'eve' })).closed).code).toBe(4404)
  })
})
