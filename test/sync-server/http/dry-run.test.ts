/** POST /api/dry-run, and an import's dry run: what they say is what then happens, and nothing happens by saying it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RowValues } from '../../../core/documents/writes-for.ts'
import { TestDevice } from '../../support/test-device.ts'
import { TestServer } from '../../support/test-server.ts'

const edits = 'SU-ALLOW-ACCOUNT-EDITS'

interface Report {
  readonly outcome: string
  readonly refusals: readonly {
    readonly record: unknown
    readonly reasons: { code: string; rule: string }[]
  }[]
  readonly workers: readonly {
    readonly workerId: string
    readonly gains: string[]
    readonly loses: string[]
    readonly accounts: { readonly gained: number; readonly lost: number }
  }[]
  readonly devices: readonly {
    readonly workerId: string
    readonly unsent: number
    readonly refused: number
  }[]
}

let server: TestServer
beforeEach(async () => {
  server = await TestServer.start({
    records: [
      {
        kind: 'worker',
        id: 'lena',
        fields: {
          username: 'lena',
          accountsQueryType: 'rep',
          repCodes: ['275'],
          rights: ['settings.workers', 'settings.groups', 'settings.import'],
        },
      },
    ],
  })
})
afterEach(() => server.close())

async function ask(worker: string, body: unknown): Promise<Response> {
  return server.fetch('/api/dry-run', await server.signIn(worker), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const dryRun = async (worker: string, record: string, fields: RowValues): Promise<Report> =>
  (await (await ask(worker, { changes: [{ record, fields }] })).json()) as Report

const seenBy = async (worker: string): Promise<ReadonlySet<string>> => {
  const answer = await server.fetch('/api/records/account?limit=500', await server.signIn(worker))
  const { items } = (await answer.json()) as { items: { id: string }[] }
  return new Set(items.map(({ id }) => id))
}

const rightsOf = async (worker: string): Promise<readonly string[]> => {
  const answer = await server.fetch('/api/me', await server.signIn(worker))
  const { rights } = (await answer.json()) as { rights: Record<string, { outcome: string }> }
  return Object.keys(rights).filter((feature) => rights[feature]?.outcome === 'allowed')
}

describe('a dry run', () => {
  it('[P28] of a deny on the parent group says who loses what, and it is what then happens', async () => {
    const { number } = await server.organisation.storage.head()
    const before = await Promise.all(['rhea', 'eve', 'max'].map(rightsOf))
    const report = await dryRun('ada', 'group/organization', { features: { [edits]: 'deny' } })
    expect((await server.organisation.storage.head()).number).toBe(number)
    expect(report).toMatchObject({ outcome: 'allowed', refusals: [] })

    await server.change('group', 'organization', { features: { [edits]: 'deny' } })
    const after = await Promise.all(['rhea', 'eve', 'max'].map(rightsOf))
    for (const [index, id] of ['rhea', 'eve', 'max'].entries()) {
      const lost = before[index]?.filter((feature) => !after[index]?.includes(feature))
      expect(report.workers.find(({ workerId }) => workerId === id)).toMatchObject({ loses: lost, gains: [] })
      expect(lost).toEqual([edits])
    }
    expect(report.workers).toHaveLength(3)
  })

  it.each<[string, string, RowValues]>([
    ['a rep code more', 'worker/rhea', { repCodes: ['275', '276'] }],
    ['another filter', 'worker/rhea', { accountsQueryType: 'all' }],
    ['an account mapped instead', 'worker/rhea', { accountsQueryType: 'mapped', mappedAccounts: ['elm'] }],
    ['a restriction', 'worker/rhea', { geographies: ['US'] }],
    ['a login disabled', 'worker/rhea', { active: false }],
    ['accounts denied to the whole group', 'group/sales-rep', { features: { 'crm.accounts.view': 'deny' } }],
    ['an account’s rep code', 'account/oak', { repCodes: ['276'] }],
  ])('[P28] counts the accounts that come and go: %s', async (_what, record, fields) => {
    const workers = ['rhea', 'eve', 'max', 'lena']
    const before = await Promise.all(workers.map(seenBy))
    const report = await dryRun('ada', record, fields)
    const [kind = '', id = ''] = record.split('/')
    await server.change(kind as 'worker', id, fields)
    const after = await Promise.all(
      workers.map((worker) =>
        worker === 'rhea' && fields['active'] === false ? new Set<string>() : seenBy(worker),
      ),
    )
    for (const [index, worker] of workers.entries()) {
      const [had, has] = [before[index] ?? new Set(), after[index] ?? new Set()]
      const accounts = { gained: has.difference(had).size, lost: had.difference(has).size }
      const told = report.workers.find(({ workerId }) => workerId === worker)?.accounts
      expect([worker, told ?? { gained: 0, lost: 0 }]).toEqual([worker, accounts])
    }
    expect(report.workers.length).toBeGreaterThan(0)
  })

  it('[P28] [P18] names the hard rule that the change would break; nothing else is told of it', async () => {
    const report = await dryRun('ada', 'group/administrators', { enabled: false })
    expect(report).toMatchObject({
      outcome: 'denied',
      refusals: [{ record: { kind: 'group', id: 'administrators' }, reasons: [{ rule: 'P16' }] }],
      workers: [],
    })
  })

  it('[P28] [P15] judges several records as one change', async () => {
    const changes = [
      { record: 'group/new-team', creates: true, fields: { code: 'new-team', name: 'New', type: 'user' } },
      { record: 'worker/eve', fields: { groups: [{ id: 'new-team', from: null, until: null }] } },
    ]
    expect(await (await ask('ada', { changes })).json()).toMatchObject({
      outcome: 'allowed',
      workers: [{ workerId: 'eve' }],
    })
    expect(await server.row('group', 'new-team')).toBeNull()
  })

  it('[P28] names the devices whose unsent edits it would refuse, and no edit that has its answer', async () => {
    const first = await TestDevice.connect(server, 'rhea')
    await first.caughtUp(server)
    const answered = first.edit('account', 'oak', [{ field: 'phone', value: '1' }])
    await first.verdict(answered)
    first.cut()
    const record = { kind: 'account', id: 'oak' } as const
    const unsent = {
      total: 3,
      edits: [
        { edit: answered.id, record, creates: false, fields: ['phone'] },
        { edit: 'waiting-0000000001', record, creates: false, fields: ['phone'] },
        {
          edit: 'waiting-0000000002',
          record: { kind: 'contact' as const, id: 'cora' },
          creates: false,
          fields: ['phone'],
        },
      ],
    }
    const again = await TestDevice.connect(server, 'rhea', { memory: first.memory, hello: { unsent } })
    await again.welcome
    const report = await dryRun('ada', 'group/sales-rep', { [`features/${edits}`]: 'deny' })
    expect(report.devices).toMatchObject([{ workerId: 'rhea', unsent: 2, refused: 1 }])
    const harmless = await dryRun('ada', 'group/sales-rep', { 'features/crm.export': 'allow' })
    expect(harmless.devices).toMatchObject([{ workerId: 'rhea', unsent: 2, refused: 0 }])
    expect((await again.welcome).device.id).toBe(first.memory.device?.id)
  })
})

describe('what a dry run does not tell', () => {
  it('[S9] of a record out of sight it says what it says of one that does not exist', async () => {
    const told = async (id: string) =>
      JSON.stringify(await dryRun('rhea', `account/${id}`, { phone: '1' })).replaceAll(id, 'ID')
    expect(await told('elm')).toBe(await told('nix'))
    expect(await dryRun('rhea', 'account/oak', { phone: '1' })).toMatchObject({ outcome: 'allowed' })
  })

  it('of other workers only who may see them is told', async () => {
    await server.change('worker', 'max', { rights: ['settings.import'] })
    expect((await dryRun('rhea', 'account/oak', { phone: '1' })).workers).toEqual([])
    const csv = 'a_id,rep_codes\nA-1,276\n'
    const imported = async (worker: string) =>
      (await (
        await server.fetch(
          '/api/import/account?mode=dry-run&consequences=tell',
          await server.signIn(worker),
          {
            method: 'POST',
            headers: { 'content-type': 'text/csv' },
            body: csv,
          },
        )
      ).json()) as { changed: number; consequences?: Report }
    expect(await imported('max')).toMatchObject({ changed: 1, consequences: { workers: [] } })
    expect((await imported('ada')).consequences?.workers.map(({ workerId }) => workerId)).toEqual([
      'eve',
      'lena',
      'rhea',
    ])
  })

  it('[S9] accounts that the asker may not see are counted nowhere', async () => {
    const fields = { accountsQueryType: null }
    const all = await dryRun('ada', 'worker/max', fields)
    expect(all.workers.find(({ workerId }) => workerId === 'max')?.accounts.lost).toBe(3)
    const limited = await dryRun('lena', 'worker/max', fields)
    expect(limited).toMatchObject({ outcome: 'allowed' })
    expect(limited.workers.find(({ workerId }) => workerId === 'max')?.accounts.lost).toBe(2)
  })

  it('a question that makes no sense is answered with what is wrong', async () => {
    const problem = async (body: unknown) =>
      ((await (await ask('ada', body)).json()) as { detail: string }).detail
    expect(await problem({ changes: [] })).toContain('changes')
    expect(await problem({ changes: [{ record: 'group', fields: {} }] })).toContain('group')
    expect(await problem({ changes: [{ record: 'group/a', fields: { wings: 2 } }] })).toContain('wings')
    expect((await ask('ada', null)).status).toBe(400)
  })
})
