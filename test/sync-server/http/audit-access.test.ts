/** GET /api/audit tells what changes no record, too: openings through a match, logins and devices (D29). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../support/test-server.ts'

interface Item {
  readonly type: 'changes' | 'access'
  readonly id: string
  readonly at: string
  readonly event?: string
  readonly record?: { readonly kind: string; readonly id: string; readonly title: string }
}
interface Page {
  readonly items: readonly Item[]
  readonly cursor: string | null
}

const password = 'correct horse battery'

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start({
    records: [
      { kind: 'worker', id: 'nina', fields: { username: 'nina', firstName: 'Nina' } },
      {
        kind: 'worker',
        id: 'olga',
        fields: {
          username: 'olga',
          firstName: 'Olga',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          rights: ['settings.audit.view'],
        },
      },
    ],
  })
  await later(() => post('ada', '/api/workers/rhea/invite'))
  await later(() => server.change('account', 'elm', { phone: '276 276' }))
  await later(() => post('ada', '/api/workers/rhea/password', { password, mustChange: false }))
  // As Check for Match logs an opening: its way there has a test of its own.
  await later(() => opened('oak'))
  await later(() => opened('elm'))
  await later(() => post('olga', '/api/workers/olga/sign-out'))
})
afterAll(() => server.close())

const later = async (deed: () => Promise<unknown>) => {
  server.clock.now += 1_000
  await deed()
}
const post = async (worker: string, path: string, body?: unknown) => {
  const answer = await server.fetch(path, await server.signIn(worker), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(answer.ok).toBe(true)
}
const opened = (id: string) =>
  server.organisation.storage.logAccess({
    workerId: 'nina',
    record: { kind: 'account', id },
    via: 'match',
    deviceId: 'd-nina',
    at: server.clock.now,
  })
const ask = async (worker: string, path: string) =>
  server.fetch(`/api/audit${path}`, await server.signIn(worker))
const page = async (worker: string, query = '') => (await (await ask(worker, query)).json()) as Page
const told = async (worker: string, query = '') =>
  (await page(worker, query)).items.map(({ event, record }) => `${event ?? 'changes'} ${record?.id ?? ''}`)

describe('what changes no record', () => {
  it('[D29] stands in the log by time, with who, what, whom and device', async () => {
    const { items } = await page('ada', '?limit=6')
    expect(items.map(({ event = 'changes' }) => event)).toEqual([
      'signed-out-everywhere',
      'match',
      'match',
      'password-set',
      'changes',
      'invited',
    ])
    expect(items[2]).toEqual({
      type: 'access',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      at: expect.any(String),
      actor: { id: 'nina', name: 'Nina' },
      event: 'match',
      label: 'Opened through a match',
      record: { kind: 'account', id: 'oak', title: 'Oak Ltd' },
      device: 'd-nina',
    })
  })

  it('[D29] comes in pages that together are the whole, each entry once', async () => {
    const { items: all } = await page('ada')
    const paged: Item[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const one: Page = await page('ada', `?limit=2&cursor=${cursor}`)
      paged.push(...one.items)
      cursor = one.cursor
    }
    expect(paged).toEqual(all)
    expect(new Set(paged.map(({ id }) => id)).size).toBe(all.length)
  })

  it.each([
    ['what=matches', ['match elm', 'match oak']],
    ['what=logins&worker=ada', ['password-set rhea', 'invited rhea']],
    ['what=devices', []],
    ['record=worker/rhea&what=logins', ['password-set rhea', 'invited rhea']],
    ['kind=account&what=matches&q=oak', ['match oak']],
    ['q=nina&kind=account', ['match elm', 'match oak']],
    ['what=matches&until=2001-01-01', []],
    ['what=logins&surface=screen', []],
  ])('[D29] filters: %s', async (query, expected) => {
    expect(await told('ada', `?${query}`)).toEqual(expected)
  })

  it('[D29] leaves only changes where only changes are asked for', async () => {
    const { items } = await page('ada', '?what=changes')
    expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['changes']))
    expect((await ask('ada', '?what=gossip')).status).toBe(400)
  })

  it('[GATE 34] is told of nobody and nothing that its reader may not see, not even where pages end', async () => {
    // She sees no workers but herself, and of accounts her own.
    expect(await told('olga', '?what=matches')).toEqual(['match oak'])
    expect((await page('olga', '?what=matches&limit=1')).cursor).toBeNull()
    expect(await told('olga', '?what=logins')).toEqual(['signed-out-everywhere olga'])
    expect(await told('olga', '?record=worker/rhea')).toEqual([])
    expect(await told('olga', '?q=nina&what=logins')).toEqual([])
    const hidden = (await page('ada', '?record=worker/rhea&what=logins')).items[0]?.id
    const answers = [await ask('olga', `/${hidden}`), await ask('olga', '/none')]
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
    const [one, other] = await Promise.all(answers.map((answer) => answer.text()))
    expect(one).toBe(other)
    expect(await (await ask('olga', '/export')).text()).not.toMatch(/rhea|elm/i)
  })

  it('[D29] has an address for each, and is not undone', async () => {
    const [first] = (await page('ada', '?what=logins&worker=ada')).items
    expect(await (await ask('ada', `/${first?.id}`)).json()).toEqual(first)
    const undone = await server.fetch(`/api/audit/${first?.id}/undo`, await server.signIn('ada'), {
      method: 'POST',
    })
    expect(undone.status).toBe(404)
  })

  it('[D29] is in the export with what it was, and no secret is anywhere', async () => {
    const csv = await (await ask('ada', '/export')).text()
    expect(csv).toContain('Rhea Rossi (worker/rhea),Password set,')
    expect(csv).toContain(',access,d-nina,Oak Ltd (account/oak),Opened through a match,')
    expect(csv + JSON.stringify(await page('ada'))).not.toContain(password)
    // Who may not export accounts is not told through the log who opened them, either.
    expect(await (await ask('olga', '/export')).text()).not.toContain('Opened through a match')
  })

  it('[P1] who may not view the log is told so, whatever is asked for', async () => {
    for (const path of ['?what=logins', '?what=matches', '/export?what=devices'])
      expect((await ask('rhea', path)).status).toBe(403)
  })
})
