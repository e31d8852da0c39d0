import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOGIN_FAILURES_MAX, TICKET_MS } from '../../../core/protocol/limits.ts'
import { hashPassword } from '../../../sync-server/http/passwords.ts'
import { TestServer } from '../../support/test-server.ts'

const password = 'a rep’s long password'

describe('signing in', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
    const passwordHash = await hashPassword(password)
    for (const workerId of ['rhea', 'eve', 'max'])
      await server.organisation.storage.saveCredential({ workerId, passwordHash, mustChange: false })
  })
  afterAll(() => server.close())

  const login = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  it('answers with a token, its end, the worker and a cookie that scripts cannot read', async () => {
    const answer = await login({ username: 'RHEA', password })
    const cookie = answer.headers.get('set-cookie') ?? ''
    const { token, expiresAt, worker } = (await answer.json()) as Record<string, unknown>
    expect(answer.status).toBe(200)
    expect(worker).toEqual({ id: 'rhea', username: 'rhea', name: 'Rhea Rossi' })
    expect(Date.parse(String(expiresAt))).toBeGreaterThan(server.clock.now)
    expect(cookie).toMatch(/^ambit=[\w-]{43};.*HttpOnly/)
    expect(cookie).toContain('SameSite=Strict')
    const me = await server.fetch('/api/me', String(token))
    expect(me.status).toBe(200)
  })

  it('the cookie is as good as the token', async () => {
    const cookie =
      ((await login({ username: 'rhea', password })).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect((await fetch(`${server.url}/api/me`, { headers: { cookie } })).status).toBe(200)
    expect(
      (
        await fetch(`${server.url}/api/me`, {
          headers: { cookie: 'ambit=nothing-that-was-given-out-here-at-all' },
        })
      ).status,
    ).toBe(401)
  })

  it('a wrong password and an unknown name are answered alike', async () => {
    const wrong = await login({ username: 'rhea', password: 'something else entirely' })
    const unknown = await login({ username: 'nobody', password })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
  })

  it('refuses after too many failures, the right password too, and says how long to wait', async () => {
    for (let tries = 0; tries < LOGIN_FAILURES_MAX; tries++)
      await login({ username: 'eve', password: 'not her password' })
    const answer = await login({ username: 'eve', password })
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await login({ username: 'max', password })).status).toBe(200)
  })

  it('a body that is no login gets a sentence', async () => {
    expect((await login({ username: 'rhea' })).status).toBe(400)
    const form = await fetch(`${server.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'username=rhea',
    })
    expect(form.status).toBe(415)
    expect(form.headers.get('content-type')).toContain('application/problem+json')
  })

  it('[W-05] a disabled worker cannot sign in, and their session is over', async () => {
    const { token } = (await (await login({ username: 'max', password })).json()) as { token: string }
    expect((await server.fetch('/api/me', token)).status).toBe(200)
    await server.change('worker', 'max', { active: false })
    expect((await login({ username: 'max', password })).status).toBe(401)
    expect((await server.fetch('/api/me', token)).status).toBe(401)
    await server.change('worker', 'max', { active: true })
    expect((await login({ username: 'max', password })).status).toBe(200)
  })

  it('after signing out the token is worth nothing', async () => {
    const { token } = (await (await login({ username: 'rhea', password })).json()) as { token: string }
    expect((await server.fetch('/api/logout', token, { method: 'POST' })).status).toBe(204)
    expect((await server.fetch('/api/me', token)).status).toBe(401)
  })

  it('[L15] a foreign Origin is refused, even with a good session; the own one and none at all pass', async () => {
    const token = await server.signIn('rhea')
    const ticket = (headers: Record<string, string>) =>
      server.fetch('/api/ticket', token, { method: 'POST', headers }).then(({ status }) => status)
    expect(await ticket({ origin: 'https://elsewhere.example' })).toBe(403)
    expect(await ticket({ origin: 'null' })).toBe(403)
    expect(await ticket({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await ticket({ origin: server.url })).toBe(200)
    expect(await ticket({})).toBe(200)
  })

  it('[L14] a ticket lives half a minute', async () => {
    const token = await server.signIn('rhea')
    const { ticket, expiresAt } = (await (
      await server.fetch('/api/ticket', token, { method: 'POST' })
    ).json()) as {
      ticket: string
      expiresAt: string
    }
    expect(ticket.length).toBeGreaterThan(30)
    expect(Date.parse(expiresAt)).toBe(server.clock.now + TICKET_MS)
  })

  it('every answer carries a strict policy for scripts and is not cached', async () => {
    const answer = await fetch(`${server.url}/api/health`)
    expect(answer.status).toBe(200)
    const policy = answer.headers.get('content-security-policy')?.split('; ')
    // Whole directives: nothing stands behind them.
    for (const directive of [
      "script-src 'self'",
      "require-trusted-types-for 'script'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(directive)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('metrics are Prometheus text', async () => {
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('# TYPE ambit_sockets gauge')
  })
})
