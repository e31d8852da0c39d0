/** Passwords set for somebody, changes that are due, one's own change, and who was here when (W-25, P32). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LOGIN_FAILURES_MAX } from '../../../core/protocol/limits.ts'
import { hashPassword } from '../../../sync-server/http/passwords.ts'
import { TestServer } from '../../support/test-server.ts'

const old = 'a rep’s long password'
const next = 'another long password'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start()
  const passwordHash = await hashPassword(old)
  await server.organisation.storage.saveCredential({ workerId: 'rhea', passwordHash, mustChange: false })
})
afterEach(() => server.close())

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const as = async (workerId: string, path: string, body: unknown = {}) =>
  post(path, body, { authorization: `Bearer ${await server.signIn(workerId)}` })
const login = (password: string, username = 'rhea') => post('/api/login', { username, password })
const change = (body: { old: string; password: string; username?: string }, token?: string) =>
  post(
    '/api/password',
    { username: 'rhea', ...body },
    token === undefined ? {} : { authorization: `Bearer ${token}` },
  )
const me = async (token: string) => (await server.fetch('/api/me', token)).status

describe('a password that is set for a worker [W-25]', () => {
  test('opens the login, ends the sessions, and is logged without itself', async () => {
    const before = await server.signIn('rhea')
    const set = await as('ada', '/api/workers/rhea/password', { password: next, mustChange: false })
    expect(set.status).toBe(204)
    expect(await me(before)).toBe(401)
    expect([(await login(old)).status, (await login(next)).status]).toEqual([401, 200])
    const log = await (await server.fetch('/api/audit?what=logins', await server.signIn('ada'))).text()
    expect(log).toContain('"event":"password-set"')
    expect(log).not.toContain(next)
  })

  test('voids the invitation that was open', async () => {
    await as('ada', '/api/workers/rhea/invite')
    expect(await server.organisation.storage.inviteOf('rhea')).not.toBeNull()
    await as('ada', '/api/workers/rhea/password', { password: next, mustChange: true })
    expect(await server.organisation.storage.inviteOf('rhea')).toBeNull()
  })

  test('[P26] is for who may, not for oneself, and not too short', async () => {
    const body = { password: next, mustChange: true }
    expect((await as('max', '/api/workers/rhea/password', body)).status).toBe(404)
    expect((await as('rhea', '/api/workers/rhea/password', body)).status).toBe(403)
    expect((await as('ada', '/api/workers/ada/password', body)).status).toBe(403)
    expect((await as('ada', '/api/workers/no-such/password', body)).status).toBe(404)
    expect((await as('ada', '/api/workers/rhea/password', { ...body, password: 'short' })).status).toBe(422)
    expect((await as('ada', '/api/workers/rhea/password', { password: next })).status).toBe(400)
    expect((await login(old)).status).toBe(200)
  })

  test('a login that was being compared with the former password is no way round it', async () => {
    const [entered] = await Promise.all([
      login(old),
      as('ada', '/api/workers/rhea/password', { password: next, mustChange: false }),
    ])
    if (entered.status === 200) {
      const { token } = (await entered.json()) as { token: string }
      expect(await me(token)).toBe(401)
    } else expect(entered.status).toBe(401)
  })
})

describe('a change that is due [W-25] [P32]', () => {
  beforeEach(async () => {
    expect((await as('ada', '/api/workers/rhea/password', { mustChange: true })).status).toBe(204)
  })

  test('[P32] the login gets a denial that says so and no session; the change itself gets one', async () => {
    const denied = await login(old)
    expect(denied.status).toBe(403)
    expect(denied.headers.get('set-cookie')).toBeNull()
    const problem = (await denied.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ reasons: [{ code: 'password-change-due', rule: 'P32' }] })
    expect(problem).not.toHaveProperty('token')

    const changed = await change({ old, password: next })
    expect(changed.status).toBe(200)
    const { token, worker } = (await changed.json()) as { token: string; worker: unknown }
    expect(worker).toEqual({ id: 'rhea', username: 'rhea', name: 'Rhea Rossi' })
    expect(await me(token)).toBe(200)
    expect((await login(next)).status).toBe(200)
  })

  test('a wrong password is told nothing of it', async () => {
    const [wrong, unknown] = [await login('not her password'), await login(old, 'nobody')]
    expect(wrong.status).toBe(401)
    expect(await wrong.text()).toBe(await unknown.text())
  })

  test('the same password again is no change', async () => {
    expect((await change({ old, password: old })).status).toBe(422)
    expect((await login(old)).status).toBe(403)
  })

  test('can be taken back; where there is no password there is nothing to change', async () => {
    expect((await as('ada', '/api/workers/rhea/password', { mustChange: false })).status).toBe(204)
    expect((await login(old)).status).toBe(200)
    expect((await as('ada', '/api/workers/eve/password', { mustChange: true })).status).toBe(422)
  })
})

describe('one’s own password [P32]', () => {
  test('takes the old one; this session goes on under a new token, the others end', async () => {
    const here = ((await (await login(old)).json()) as { token: string }).token
    const elsewhere = ((await (await login(old)).json()) as { token: string }).token
    const changed = await change({ old, password: next }, here)
    expect(changed.status).toBe(200)
    const { token } = (await changed.json()) as { token: string }
    expect([await me(token), await me(here), await me(elsewhere)]).toEqual([200, 401, 401])
    expect([(await login(old)).status, (await login(next)).status]).toEqual([401, 200])
  })

  test('an open session without the old password changes nothing, and tries are limited', async () => {
    const { token } = (await (await login(old)).json()) as { token: string }
    for (let tries = 0; tries < LOGIN_FAILURES_MAX; tries++)
      expect((await change({ old: 'not the one she has', password: next }, token)).status).toBe(401)
    expect((await change({ old, password: next }, token)).status).toBe(429)
    expect(await me(token)).toBe(200)
  })

  test('a session of somebody else does not become hers', async () => {
    const eve = await server.signIn('eve')
    const changed = await change({ old, password: next }, eve)
    expect(((await changed.json()) as { worker: { id: string } }).worker.id).toBe('rhea')
    const { worker } = (await (await server.fetch('/api/me', eve)).json()) as { worker: { id: string } }
    expect(worker.id).toBe('eve')
  })

  test('[W-05] a disabled worker changes nothing', async () => {
    await server.change('worker', 'rhea', { active: false })
    expect((await change({ old, password: next })).status).toBe(401)
  })

  test('[L15] not from another site', async () => {
    const foreign = await post(
      '/api/password',
      { username: 'rhea', old, password: next },
      { origin: 'https://elsewhere.example' },
    )
    expect(foreign.status).toBe(403)
  })
})

describe('signing out everywhere', () => {
  test('ends all sessions of another, and one’s own but this', async () => {
    const rhea = await server.signIn('rhea')
    expect((await as('ada', '/api/workers/rhea/sign-out')).status).toBe(204)
    expect(await me(rhea)).toBe(401)
    const mine = await server.signIn('max')
    const other = await server.signIn('max', { anew: true })
    expect((await server.fetch('/api/workers/max/sign-out', mine, { method: 'POST' })).status).toBe(204)
    expect([await me(mine), await me(other)]).toEqual([200, 401])
    expect((await as('eve', '/api/workers/ada/sign-out')).status).toBe(404)
  })
})

describe('what is told of logins', () => {
  test('GET /api/workers/activity: last sign-in and last sync, for who may view workers', async () => {
    await login(old)
    const answer = await server.fetch('/api/workers/activity', await server.signIn('ada'))
    expect(await answer.json()).toEqual({
      rhea: { lastSignIn: new Date(server.clock.now).toISOString(), lastSync: null },
    })
    expect((await server.fetch('/api/workers/activity', await server.signIn('rhea'))).status).toBe(403)
  })

  test('GET /api/workers/:id/login: whether there is a password, an invitation, a change due', async () => {
    const read = async (id: string, by = 'ada') =>
      (await server.fetch(`/api/workers/${id}/login`, await server.signIn(by))).json()
    expect(await read('eve')).toMatchObject({ hasPassword: false, mustChange: false, invite: null })
    await as('ada', '/api/workers/eve/invite')
    expect(await read('eve')).toMatchObject({
      invite: { by: 'Ada Adams' },
      mayChange: { outcome: 'allowed' },
    })
    await as('ada', '/api/workers/rhea/password', { mustChange: true })
    const rhea = JSON.stringify(await read('rhea'))
    expect(JSON.parse(rhea)).toMatchObject({ hasPassword: true, mustChange: true })
    expect(rhea).not.toMatch(/argon2|secret/i)
    const unseen = await server.fetch('/api/workers/rhea/login', await server.signIn('eve'))
    expect(unseen.status).toBe(404)
  })
})
