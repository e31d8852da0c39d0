/**
 * What nobody may do by any door: each attempt through a stock client's room, a device's link, an import over HTTP and
 * the dry run, and each refused by the same rule, with nothing changed (DESIGN 5).
 *
 * ada is the one lasting administrator; bea is one too, until the end of the year. max manages workers and groups and
 * holds what sales managers hold.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fieldKey } from '../../core/documents/field-key.ts'
import type { Write } from '../../core/documents/author-change.ts'
import type { Kind } from '../../core/records/kind-spec.ts'
import type { NewRecord } from '../../sync-server/seed/create-all.ts'
import { TestDevice } from '../support/test-device.ts'
import { TestServer } from '../support/test-server.ts'

const always = (id: string) => [{ id, from: null, until: null }]
const exports = 'crm.export'
const content = 'SU-ACCESS-CMS-WORKSPACE'

const people: readonly NewRecord[] = [
  {
    kind: 'worker',
    id: 'bea',
    fields: {
      username: 'bea',
      accountsQueryType: 'all',
      groups: always('administrators'),
      validUntil: '2027-01-01T00:00:00.000Z',
    },
  },
  {
    kind: 'worker',
    id: 'moe',
    fields: {
      username: 'moe',
      managerId: 'max',
      accountsQueryType: 'all',
      groups: always('sales-manager'),
      rights: ['settings.workers', 'settings.groups', 'settings.import'],
    },
  },
  {
    kind: 'group',
    id: 'north',
    fields: {
      code: 'north',
      name: 'North',
      type: 'user',
      parentId: 'organization',
      features: { [exports]: 'deny' },
    },
  },
  {
    kind: 'group',
    id: 'far-north',
    fields: { code: 'far-north', name: 'Far North', type: 'user', parentId: 'north' },
  },
]

interface Attempt {
  readonly what: string
  readonly by: string
  readonly kind: Extract<Kind, 'worker' | 'group'>
  readonly id: string
  readonly write: Write
  readonly csv: string
  readonly rule: string
}

const attempts: readonly Attempt[] = [
  {
    what: '[G-10] a second Administrative group, by another type',
    by: 'ada',
    kind: 'group',
    id: 'north',
    write: { field: 'type', value: 'admin' },
    csv: 'code,type\nnorth,admin\n',
    rule: 'P16',
  },
  {
    what: '[G-10] the Administrative group disabled',
    by: 'ada',
    kind: 'group',
    id: 'administrators',
    write: { field: 'enabled', value: false },
    csv: 'code,enabled\nadministrators,0\n',
    rule: 'P16',
  },
  {
    what: '[G-a] the last lasting administrator disabled',
    by: 'bea',
    kind: 'worker',
    id: 'ada',
    write: { field: 'active', value: false },
    csv: 'username,active\nada,0\n',
    rule: 'P18',
  },
  {
    what: '[G-a] the last lasting administrator taken out of the group',
    by: 'bea',
    kind: 'worker',
    id: 'ada',
    write: { field: fieldKey('groups', 'administrators'), value: null },
    csv: 'username,groups\nada,sales-rep\n',
    rule: 'P18',
  },
  {
    what: '[G-13] the last lasting administrator reduced',
    by: 'bea',
    kind: 'worker',
    id: 'ada',
    write: { field: fieldKey('reductions', exports), value: true },
    csv: `username,reductions\nada,${exports}\n`,
    rule: 'P18',
  },
  {
    what: '[B14] the last lasting administrator given an end date',
    by: 'bea',
    kind: 'worker',
    id: 'ada',
    write: { field: 'validUntil', value: '2030-01-01T00:00:00.000Z' },
    csv: 'username,valid_until\nada,2030-01-01\n',
    rule: 'P18',
  },
  {
    what: '[R-f] a right given that its giver does not hold',
    by: 'moe',
    kind: 'worker',
    id: 'rhea',
    write: { field: fieldKey('rights', content), value: true },
    csv: `username,user_rights_vir\nrhea,${content}\n`,
    rule: 'P15',
  },
  {
    what: '[R-f] one’s own rights changed',
    by: 'moe',
    kind: 'worker',
    id: 'moe',
    write: { field: fieldKey('rights', 'settings.system'), value: true },
    csv: 'username,features_ext\nmoe,settings.workers;settings.groups;settings.import;settings.system\n',
    rule: 'P14',
  },
  {
    what: '[R-f] one’s own rights lessened',
    by: 'moe',
    kind: 'worker',
    id: 'moe',
    write: { field: fieldKey('geographies', 'US'), value: true },
    csv: 'username,geographies\nmoe,US\n',
    rule: 'P14',
  },
  {
    what: '[G-11] the Administrative group given to somebody by one who is not in it',
    by: 'moe',
    kind: 'worker',
    id: 'rhea',
    write: { field: fieldKey('groups', 'administrators'), value: { from: null, until: null } },
    csv: 'username,groups\nrhea,sales-rep;administrators\n',
    rule: 'P17',
  },
  {
    what: '[G-15] a circle of groups',
    by: 'ada',
    kind: 'group',
    id: 'north',
    write: { field: 'parentId', value: 'far-north' },
    csv: 'code,parent_code\nnorth,far-north\n',
    rule: 'P19',
  },
  {
    what: '[U-28] a circle of managers',
    by: 'ada',
    kind: 'worker',
    id: 'max',
    write: { field: 'managerId', value: 'moe' },
    csv: 'username,manager_username\nmax,moe\n',
    rule: 'P19',
  },
  {
    what: '[G-17] an allow below a denied ancestor',
    by: 'moe',
    kind: 'group',
    id: 'far-north',
    write: { field: fieldKey('features', exports), value: 'allow' },
    csv: `code,features\nfar-north,${exports}=allow\n`,
    rule: 'P8',
  },
]

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start({ records: people })
})
afterAll(() => server.close())

describe.each(attempts)('$what', ({ by, kind, id, write, csv, rule }) => {
  let before: unknown
  beforeEach(async () => {
    before = await server.row(kind, id)
  })
  const expectUnchanged = async () => expect(await server.row(kind, id)).toEqual(before)

  it('is refused in a room, and kept for its author', async () => {
    const room = await server.room(by, kind, id)
    await room.synced
    const fields = room.fields
    if (write.value === null) fields.delete(write.field)
    else fields.set(write.field, write.value)
    expect((await room.closed).code).toBe(4403)
    room.provider.destroy()
    const answer = await server.fetch('/api/quarantine', await server.signIn(by))
    const { items } = (await answer.json()) as { items: { record: string; reasons: { rule: string }[] }[] }
    expect(items[0]).toMatchObject({ reasons: [{ rule }] })
    const after = (await server.row(kind, id)) as Record<string, unknown>
    // The filler takes a number, and nothing else.
    expect({ ...after, seq: 0 }).toEqual({ ...(before as object), seq: 0 })
  })

  it('is refused on the link', async () => {
    const device = await TestDevice.connect(server, by)
    await device.caughtUp(server)
    const verdict = await device.verdict(device.edit(kind, id, [write]))
    expect(verdict).toMatchObject({ outcome: 'refused', reasons: [{ rule }] })
    device.cut()
  })

  it('is refused as a file over HTTP, with its row, and nothing of it is imported', async () => {
    const answer = await server.fetch(
      `/api/import/${kind}?mode=apply&removals=allow`,
      await server.signIn(by),
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: csv,
      },
    )
    const report = (await answer.json()) as { changed: number; errors: { row: number; message: string }[] }
    expect(report).toMatchObject({ added: 0, changed: 0, errors: [{ row: 2 }] })
    expect(report.errors[0]?.message.length).toBeGreaterThan(20)
    await expectUnchanged()
  })

  it('is refused in a dry run, by the same rule', async () => {
    const answer = await server.fetch('/api/dry-run', await server.signIn(by), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        changes: [{ record: `${kind}/${id}`, fields: { [write.field]: write.value } }],
      }),
    })
    expect(await answer.json()).toMatchObject({ outcome: 'denied', refusals: [{ reasons: [{ rule }] }] })
    await expectUnchanged()
  })
})

describe('the twins that are allowed', () => {
  it.each<[string, string, Kind, string, Write]>([
    ['an administrator with an end date disabled', 'ada', 'worker', 'bea', { field: 'active', value: false }],
    [
      'a right given that its giver holds',
      'moe',
      'worker',
      'rhea',
      { field: fieldKey('rights', 'crm.delegate'), value: true },
    ],
    [
      'a group moved where it makes no circle',
      'ada',
      'group',
      'far-north',
      { field: 'parentId', value: 'organization' },
    ],
    [
      'an allow where nothing above denies',
      'moe',
      'group',
      'far-north',
      { field: fieldKey('features', 'crm.delegate'), value: 'allow' },
    ],
    ['a circle avoided', 'ada', 'worker', 'rhea', { field: 'managerId', value: 'moe' }],
  ])('%s', async (_what, by, kind, id, write) => {
    const device = await TestDevice.connect(server, by)
    await device.caughtUp(server)
    expect(await device.verdict(device.edit(kind, id, [write]))).toMatchObject({ outcome: 'merged' })
    device.cut()
  })
})
