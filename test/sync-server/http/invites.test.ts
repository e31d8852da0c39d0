/** The way to a first password: a link that is shown once, used once and soon over (W-26, P31). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { administratorsId } from '../../../core/catalogue/preconfigured-groups.ts'
import { INVITE_MS, LOGIN_FAILURES_MAX } from '../../../core/protocol/limits.ts'
import { hashSecret } from '../../../sync-server/http/secrets.ts'
import { TestServer } from '../../support/test-server.ts'

const password = 'chosen by herself alone'

let server: TestServer
beforeEach(async () => {
  // mona manages workers and is no administrator; nina is new and holds what every rep holds.
  server = await TestServer.start({
    records: [
      {
        kind: 'worker',
        id: 'mona',
        fields: {
          username: 'mona',
          firstName: 'Mona',
          lastName: 'Mays',
          userType: 'organization',
          accountsQueryType: 'all',
          groups: [{ id: 'sales-manager', from: null, until: null }],
          rights: ['SU-ACCESS-SETTINGS-WORKSPACE'],
        },
      },
      {
        kind: 'worker',
        id: 'nina',
        fields: {
          username: 'nina',
          firstName: 'Nina',
          lastName: 'Novak',
          userType: 'account_manager',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          groups: [{ id: 'sales-rep', from: null, until: null }],
        },
      },
    ],
  })
})
afterEach(() => server.close())

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const inviteBy = async (by: string, worker: string) =>
  server.fetch(`/api/workers/${worker}/invite`, await server.signIn(by), { method: 'POST' })
async function secretFor(worker: string, by = 'ada'): Promise<string> {
  const answer = await inviteBy(by, worker)
  expect(answer.status).toBe(200)
  const { url } = (await answer.json()) as { url: string }
  return url.split('#')[1] ?? ''
}
const open = (secret: string) => post('/api/invite', { secret })
const accept = (secret: string, chosen = password) => post('/api/invite/accept', { secret, password: chosen })
const login = (username: string, given: string) => post('/api/login', { username, password: given })

describe('making an invitation [W-26] [P31]', () => {
  test('gives an address whose secret stands in its fragment, for 72 hours, and keeps only its hash', async () => {
    const answer = await inviteBy('ada', 'nina')
    const { url, expiresAt } = (await answer.json()) as { url: string; expiresAt: string }
    expect(url).toMatch(new RegExp(`^${server.url}/welcome#[\\w-]{43}$`))
    expect(Date.parse(expiresAt)).toBe(server.clock.now + INVITE_MS)
    const secret = url.split('#')[1] ?? ''
    const kept = await server.organisation.storage.inviteOf('nina')
    expect(kept).toMatchObject({ secretHash: hashSecret(secret), by: 'ada' })
    expect(JSON.stringify(kept)).not.toContain(secret)
  })

  test('[P26] needs settings.workers and all that the worker holds; the refusal names both', async () => {
    expect((await inviteBy('mona', 'nina')).status).toBe(200)
    const over = await inviteBy('mona', 'ada')
    expect(over.status).toBe(403)
    expect(await over.json()).toMatchObject({ reasons: [{ code: 'not-over-this-worker', rule: 'P26' }] })
    // max holds everything that nina holds, and not the right.
    expect((await inviteBy('max', 'nina')).status).toBe(404)
    expect((await inviteBy('ada', 'mona')).status).toBe(200)
  })

  test('[S9] a worker who is not there and one who may not be seen are answered alike', async () => {
    const [unseen, none] = [await inviteBy('rhea', 'nina'), await inviteBy('rhea', 'no-such')]
    expect([unseen.status, none.status]).toEqual([404, 404])
    expect(await unseen.text()).toBe(await none.text())
  })

  test('is not for oneself, and not for a login that is off', async () => {
    expect((await inviteBy('ada', 'ada')).status).toBe(403)
    await server.change('worker', 'nina', { active: false })
    expect((await inviteBy('ada', 'nina')).status).toBe(422)
  })

  test('[L15] from another site it is refused, and so is a call without a session', async () => {
    const foreign = await server.fetch('/api/workers/nina/invite', await server.signIn('ada'), {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(foreign.status).toBe(403)
    expect((await server.fetch('/api/workers/nina/invite', null, { method: 'POST' })).status).toBe(401)
    expect(await server.organisation.storage.inviteOf('nina')).toBeNull()
  })
})

describe('using it [W-26] [P31]', () => {
  test('says whose login it is, takes a password, and signs in', async () => {
    const secret = await secretFor('nina')
    expect(await (await open(secret)).json()).toMatchObject({
      worker: { name: 'Nina Novak', username: 'nina' },
    })
    const answer = await accept(secret)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(/^ambit=[\w-]{43};.*HttpOnly.*SameSite=Strict/)
    const { token, worker } = (await answer.json()) as { token: string; worker: { id: string } }
    expect(worker).toEqual({ id: 'nina', username: 'nina', name: 'Nina Novak' })
    expect((await server.fetch('/api/me', token)).status).toBe(200)
    expect((await login('nina', password)).status).toBe(200)
  })

  test('works once: used, voided by the next, over and never made are one answer', async () => {
    const used = await secretFor('nina')
    expect((await accept(used)).status).toBe(200)
    const texts = new Set<string>()
    const isOver = async (secret: string) => {
      for (const answer of [await open(secret), await accept(secret, 'another password of hers')]) {
        expect(answer.status).toBe(404)
        texts.add(await answer.text())
      }
    }
    // At once, before another one takes its place.
    await isOver(used)
    const voided = await secretFor('nina')
    const over = await secretFor('nina')
    server.clock.now += INVITE_MS - 1
    expect((await open(over)).status).toBe(200)
    server.clock.now += 1
    for (const secret of [voided, over, 'A'.repeat(43), '']) await isOver(secret)
    expect(texts.size).toBe(1)
    expect((await login('nina', password)).status).toBe(200)
  })

  test('two that come at the same moment: one is in, the other is told that the link is over', async () => {
    const secret = await secretFor('nina')
    const answers = await Promise.all([
      accept(secret, 'the first of the two'),
      accept(secret, 'the second of the two'),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  test('a password that is too short uses nothing up', async () => {
    const secret = await secretFor('nina')
    const short = await accept(secret, 'short')
    expect(short.status).toBe(422)
    expect(await short.json()).toMatchObject({ detail: expect.stringContaining('at least 12') as string })
    expect((await accept(secret)).status).toBe(200)
  })

  test('[W-05] a login that was disabled meanwhile cannot be entered; enabled again it can', async () => {
    const secret = await secretFor('nina')
    await server.change('worker', 'nina', { active: false })
    expect((await open(secret)).status).toBe(404)
    expect((await accept(secret)).status).toBe(404)
    await server.change('worker', 'nina', { active: true })
    expect((await accept(secret)).status).toBe(200)
  })

  test('[P26] what the worker was given since is not for who made the link: it is over then', async () => {
    const secret = await secretFor('nina', 'mona')
    expect((await open(secret)).status).toBe(200)
    await server.change('worker', 'nina', {
      userType: 'administrator',
      accountsQueryType: 'all',
      groups: [{ id: administratorsId, from: null, until: null }],
    })
    expect((await accept(secret)).status).toBe(404)
    expect((await accept(await secretFor('nina', 'ada'))).status).toBe(200)
  })

  test('ends the sessions there were', async () => {
    const before = await server.signIn('nina')
    expect((await server.fetch('/api/me', before)).status).toBe(200)
    expect((await accept(await secretFor('nina'))).status).toBe(200)
    expect((await server.fetch('/api/me', before)).status).toBe(401)
  })

  test('is limited like logins: after too many wrong ones a good one waits, too', async () => {
    const secret = await secretFor('nina')
    for (let tries = 0; tries < LOGIN_FAILURES_MAX; tries++) await open(`wrong-${tries}`)
    const answer = await accept(secret)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('[L15] only as JSON, and not from another site', async () => {
    const secret = await secretFor('nina')
    const form = await fetch(`${server.url}/api/invite/accept`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ secret, password }),
    })
    expect(form.status).toBe(415)
    const foreign = await post(
      '/api/invite/accept',
      { secret, password },
      { origin: 'https://elsewhere.example' },
    )
    expect(foreign.status).toBe(403)
    expect((await accept(secret)).status).toBe(200)
  })

  test('what was done is in the access log, and the secret and the password are nowhere', async () => {
    const secret = await secretFor('nina')
    await accept(secret)
    const log = await (await server.fetch('/api/audit?what=logins', await server.signIn('ada'))).text()
    const { items } = JSON.parse(log) as {
      items: { event: string; actor: { id: string }; record: { id: string } }[]
    }
    expect(items).toMatchObject([
      { event: 'invite-accepted', actor: { id: 'nina' }, record: { kind: 'worker', id: 'nina' } },
      { event: 'invited', actor: { id: 'ada' }, record: { kind: 'worker', id: 'nina' } },
    ])
    expect(log).not.toContain(secret)
    expect(log).not.toContain(password)
    expect((await server.fetch('/api/audit?what=logins', await server.signIn('rhea'))).status).toBe(403)
  })
})
