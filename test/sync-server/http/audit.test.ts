/** GET /api/audit: what was changed, by whom and by which way, as far as its reader may see the records (D26). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unguardFormula } from '../../../core/exchange/formula-guard.ts'
import { createAll } from '../../../sync-server/seed/create-all.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

interface Item {
  readonly id: string
  readonly at: string
  readonly deviceAt: string | null
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly actingAs: null
  readonly surface: string
  readonly device: string | null
  readonly touched: number | null
  readonly records: number
  readonly changeCount: number
  readonly more: boolean
  readonly changes: readonly {
    readonly record: { readonly kind: string; readonly id: string; readonly title: string }
    readonly creates: boolean
    readonly field: string
    readonly label: string
    readonly old: unknown
    readonly new: unknown
  }[]
  readonly cursor: string | null
}

const together = 'a3c1f7de-0000-4000-8000-000000000001'

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start({
    records: [
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
      {
        kind: 'worker',
        id: 'xena',
        fields: {
          username: 'xena',
          firstName: 'Xena',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          rights: ['settings.audit.view', 'crm.export'],
        },
      },
    ],
  })
  const device = await TestDevice.connect(server, 'ada')
  await device.caughtUp(server)
  for (const edit of [
    device.edit('group', 'sales-rep', [{ field: 'features/crm.export', value: 'allow' }], {
      changeSet: together,
    }),
    device.edit('worker', 'rhea', [{ field: 'phone', value: '=1+1' }], { changeSet: together }),
  ])
    expect((await device.verdict(edit)).outcome).toBe('merged')
  device.cut()
  await server.change('account', 'elm', { phone: '276 276' })
  await post(
    '/api/import/account?mode=apply',
    'ada',
    'a_id,name\nA-1,Oak Limited\nA-9,Yew GmbH\n',
    'text/csv',
  )
})
afterAll(() => server.close())

const ask = async (worker: string, path = '', init: RequestInit = {}) =>
  server.fetch(`/api/audit${path}`, await server.signIn(worker), init)
const list = async (worker: string, query = ''): Promise<readonly Item[]> =>
  ((await (await ask(worker, query)).json()) as { items: Item[] }).items
const post = async (path: string, worker: string, body: string, type: string) =>
  server.fetch(path, await server.signIn(worker), { method: 'POST', headers: { 'content-type': type }, body })

describe('the audit log', () => {
  it('[D26] shows what was saved as one as one, with who, by which way, device and both clocks', async () => {
    const item = (await list('ada')).find(({ id }) => id === together)
    expect(item).toMatchObject({
      actor: { id: 'ada', name: 'Ada Adams' },
      actingAs: null,
      surface: 'screen',
      records: 2,
      changeCount: 2,
      more: false,
    })
    expect(item?.device).toMatch(/./)
    expect(Date.parse(item?.deviceAt ?? '')).toBeGreaterThan(0)
    expect(item?.changes).toEqual([
      {
        record: { kind: 'group', id: 'sales-rep', title: 'Sales Rep' },
        creates: false,
        field: 'features/crm.export',
        label: 'Features: Export CRM data',
        old: null,
        new: 'allow',
      },
      expect.objectContaining({ field: 'phone', label: 'Phone', old: null, new: '=1+1' }),
    ])
  })

  it('[D26] has an import, a command and what the server made as one each, the latest first', async () => {
    const [imported, command] = await list('ada')
    // The House Contact of the new account came with it.
    expect(imported).toMatchObject({ surface: 'import', records: 3, actor: { id: 'ada' } })
    expect(imported?.changes.map(({ record }) => record.id)).toContain('oak')
    expect(imported?.changes.find(({ record }) => record.title === 'Yew GmbH')?.creates).toBe(true)
    expect(command).toMatchObject({ surface: 'command-line', actor: null, device: null, records: 1 })
    expect((await list('ada', '?surface=server')).at(-1)).toMatchObject({ actor: null, surface: 'server' })
  })

  it('[G-16] counts the members that a change of their group touches; who may see no workers is told none', async () => {
    const touched = async (worker: string) =>
      ((await (await ask(worker, `/${together}`)).json()) as Item).touched
    expect(await touched('ada')).toBe(2)
    const [own] = await list('olga')
    expect(own?.touched).toBeNull()
  })

  it.each([
    ['worker=ada', 2],
    ['worker=ada&surface=import', 1],
    ['record=account/elm', 2],
    ['kind=address', 1],
    ['q=yew', 1],
    ['q=oak%20lim', 2],
    ['q=ada', 3],
    ['q=ada&worker=ada&kind=account', 1],
    ['q=nobody', 0],
    ['until=2001-01-01', 0],
    ['from=2026-01-01&worker=ada', 2],
  ])('[D26] filters: %s', async (query, count) => {
    // What is found by a name is what its bearer did, and what made or changed it.
    expect((await list('ada', `?${query}`)).length).toBe(count)
  })

  it.each(['kind=starfish', 'record=oak', 'surface=fax', 'from=yesterday', 'limit=0'])(
    'says what is wrong with a filter: %s',
    async (query) => {
      expect((await ask('ada', `?${query}`)).status).toBe(400)
    },
  )

  it('[D26] comes in pages, and so do the changes of one', async () => {
    const first = (await (await ask('ada', '?limit=1')).json()) as { items: Item[]; cursor: string }
    const next = await list('ada', `?limit=1&cursor=${first.cursor}`)
    expect(first.items.concat(next)).toEqual((await list('ada')).slice(0, 2))

    const { gate } = server.organisation
    const many = Array.from({ length: 150 }, (_, index) => ({
      kind: 'address' as const,
      id: `many-${index}`,
      fields: { accountId: 'oak', city: `City ${index}` },
    }))
    await createAll(gate, many)
    const [made] = await list('ada', '?limit=1')
    expect(made).toMatchObject({ records: 150, changeCount: 450, more: true })
    expect(made?.changes).toHaveLength(20)
    const page = async (cursor: string) =>
      (await (await ask('ada', `/${made?.id}?cursor=${cursor}`)).json()) as Item
    const one = await page('')
    const two = await page(one.cursor ?? '')
    expect([one.changes.length, two.changes.length, two.cursor]).toEqual([300, 150, null])
    expect(new Set([...one.changes, ...two.changes].map(({ record }) => record.id)).size).toBe(150)
  })

  it('[GATE 34] neither shows nor counts what its reader may not see', async () => {
    const items = await list('olga')
    const told = items.flatMap(({ changes }) => changes.map(({ record }) => record.id))
    expect(told).toContain('oak')
    expect(told).not.toContain('elm')
    expect(told).not.toContain('rhea')
    // Of the import, two are seen: oak, and not the new one, which nobody's code reaches.
    expect(items.find(({ surface }) => surface === 'import')).toMatchObject({ records: 1, more: false })
    expect(await list('olga', '?record=account/elm')).toEqual([])
    expect(await list('olga', '?q=elm')).toEqual([])
    expect(await list('olga', '?kind=worker&surface=screen')).toEqual([])
    const hidden = (await list('ada', '?record=account/elm&surface=command-line'))[0]?.id
    const answers = await Promise.all(
      [`/${hidden}`, '/none', `/${hidden}/undo`].map((path) =>
        ask('olga', path, path.endsWith('undo') ? { method: 'POST' } : {}).then(async (answer) => [
          answer.status,
          await answer.text(),
        ]),
      ),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[2]).toEqual(answers[1])
    expect(answers[0]?.[0]).toBe(404)
  })

  it('[P1] who may not view the log is told so; who may, sees it', async () => {
    for (const path of ['', `/${together}`, '/export', `/${together}/undo`]) {
      const answer = await ask('rhea', path, path.endsWith('undo') ? { method: 'POST' } : {})
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({
        detail: 'Only who may view the audit log sees this.',
        reasons: [{ code: 'not-held' }],
      })
    }
    expect((await ask('olga')).status).toBe(200)
    expect((await server.fetch('/api/audit', null)).status).toBe(401)
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('[D26] cannot be edited: there is no %s', async (method) => {
    const before = await list('ada')
    for (const path of ['', `/${together}`, '/export'])
      expect((await ask('ada', path, { method })).status).toBe(404)
    expect(await list('ada')).toEqual(before)
  })

  it('[GATE 36] exports what the filters show as CSV, formulas guarded', async () => {
    const csv = await (await ask('ada', `/export?worker=ada&kind=worker`)).text()
    const lines = csv.trimEnd().split('\n')
    expect(lines[0]).toBe('time,actor,acting as,surface,device,record,field,before,after,reason,change set')
    expect(lines.slice(1).map((line) => line.split(',').slice(5, 9))).toEqual([
      ['Sales Rep (group/sales-rep)', 'Features: Export CRM data', '', 'allow'],
      ['Rhea Rossi (worker/rhea)', 'Phone', '', "'=1+1"],
    ])
    expect(unguardFormula("'=1+1")).toBe('=1+1')
  })

  it('[GATE 34] exports names in the place of ids, of what its reader sees', async () => {
    await server.change('worker', 'olga', { managerId: 'rhea', mappedAccounts: ['oak', 'elm'] })
    await server.change('account', 'oak', { ownerId: 'rhea', parentId: 'elm' })
    const lines = async (worker: string) =>
      (await (await ask(worker, '/export?surface=command-line')).text())
        .trimEnd()
        .split('\n')
        .map((line) => line.split(',').slice(5, 9).join(','))
    const all = await lines('ada')
    expect(all).toContain('Olga (worker/olga),Manager,,Rhea Rossi')
    expect(all).toContain('Olga (worker/olga),Mapped accounts: Oak Limited,,true')
    expect(all).toContain('Oak Limited (account/oak),Parent account,,Elm Inc')
    const some = await lines('xena')
    expect(some).toContain('Oak Limited (account/oak),Parent account,,elm')
  })

  it('[P1] exports of customers only what its reader may export, and sees', async () => {
    const without = await (await ask('olga', '/export')).text()
    expect(without).not.toContain('account/oak')
    const holder = await (await ask('xena', '/export')).text()
    expect(holder).toContain('account/oak')
    expect(holder).not.toContain('account/elm')
  })
})
