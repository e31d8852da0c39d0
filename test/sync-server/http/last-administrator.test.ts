/**
 * The last full administrator stays, whichever door is tried (P18, G-a, B14), and each door says so in a sentence. What
 * the doors have in common with other attempts is in test/sync-server/attempts.test.ts; here are all ways of Settings.
 *
 * ada is the one lasting administrator; bea is one too, until the end of the year. She tries.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RowValues, writesFor } from '../../../core/documents/writes-for.ts'
import { administratorsId } from '../../../core/catalogue/preconfigured-groups.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { TestServer } from '../../support/test-server.ts'

const memberOf = (id: string, until: string | null = null, from: string | null = null) => [
  { id, from, until },
]
const endOfYear = '2027-01-01T00:00:00.000Z'
const mustRemain =
  'at least one active, unreduced, unrestricted administrator without an end date must remain'

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start({
    records: [
      {
        kind: 'worker',
        id: 'bea',
        fields: {
          username: 'bea',
          accountsQueryType: 'all',
          groups: memberOf(administratorsId),
          validUntil: endOfYear,
        },
      },
      { kind: 'worker', id: 'abe', fields: { username: 'abe', accountsQueryType: 'all' } },
    ],
  })
})
afterAll(() => server.close())

const submit = async (author: string, kind: Kind, id: string, fields: RowValues, changeSet = randomUUID()) =>
  server.organisation.gate.submit({
    type: 'writes',
    author: { type: 'worker', workerId: author },
    via: 'link',
    record: { kind, id },
    creates: false,
    writes: writesFor(kindSpecs[kind], await server.row(kind, id), fields),
    changeSet,
  })

const post = async (path: string, body: string, type = 'text/csv') => {
  const answer = await server.fetch(path, await server.signIn('bea'), {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })
  return { status: answer.status, text: await answer.text() }
}
const isFull = async () => {
  const row = await server.row('worker', 'ada')
  expect(row).toMatchObject({ active: true, validUntil: null, groups: memberOf(administratorsId) })
  expect((await server.row('group', administratorsId))?.enabled).toBe(true)
}

describe('saved on a worker’s screen, one or in bulk', () => {
  const ways: readonly (readonly [string, RowValues])[] = [
    ['the switch', { active: false }],
    ['the end of the login', { validUntil: '2030-01-01T00:00:00.000Z' }],
    ['the beginning of the login', { validFrom: '2030-01-01T00:00:00.000Z' }],
    ['out of the group', { groups: [] }],
    ['an end of the membership', { groups: memberOf(administratorsId, '2030-01-01T00:00:00.000Z') }],
    [
      'a beginning of the membership',
      { groups: memberOf(administratorsId, null, '2030-01-01T00:00:00.000Z') },
    ],
    ['a reduction', { reductions: ['crm.export'] }],
    ['a restriction', { geographies: ['US'] }],
  ]
  it.each(ways)('[P18] [G-a] %s is refused, and the dry run has said so', async (_, fields) => {
    const dry = await post(
      '/api/dry-run',
      JSON.stringify({ changes: [{ record: 'worker/ada', fields }] }),
      'application/json',
    )
    expect(dry.text).toContain('last-administrator')
    const verdict = await submit('bea', 'worker', 'ada', fields)
    expect(verdict).toMatchObject({ type: 'refused', reasons: [{ code: 'last-administrator', rule: 'P18' }] })
    await isFull()
  })

  it('[P18] in bulk, with others, nothing of hers is merged', async () => {
    const changeSet = randomUUID()
    const verdicts = [
      await submit('bea', 'worker', 'rhea', { active: false }, changeSet),
      await submit('bea', 'worker', 'ada', { active: false }, changeSet),
    ]
    expect(verdicts.map(({ type }) => type)).toEqual(['merged', 'refused'])
    await submit('bea', 'worker', 'rhea', { active: true })
    await isFull()
  })
})

describe('the group itself', () => {
  it.each([
    ['disabled', { enabled: false }],
    ['put below another', { parentId: 'organization' }],
    ['of another type', { type: 'user' }],
    ['denying a feature', { features: { 'crm.export': 'deny' } }],
  ] as const)('[P16] %s', async (what, fields) => {
    const verdict = await submit('bea', 'group', administratorsId, fields)
    if (what === 'denying a feature') {
      // Entries of this group say nothing: administrators hold every feature.
      expect(verdict.type).toBe('merged')
    } else expect(verdict).toMatchObject({ type: 'refused', reasons: [{ rule: 'P16' }] })
    await isFull()
  })
})

describe('by a file', () => {
  it.each([
    ['workers that are off', 'worker', 'username,active\nada,0\n'],
    ['workers in other groups', 'worker', 'username,groups\nada,sales-rep\n'],
    ['workers that end', 'worker', 'username,valid_until\nada,2030-01-01\n'],
    ['workers with reductions', 'worker', 'username,reductions\nada,crm.export\n'],
    ['memberships that go', 'membership', 'username,group,mode\nada,administrators,remove\n'],
    ['memberships that end', 'membership', 'username,group,valid_until\nada,administrators,2030-01-01\n'],
    [
      'memberships that begin later',
      'membership',
      'username,group,valid_from\nada,administrators,2030-01-01\n',
    ],
    ['groups that are off', 'group', 'code,enabled\nadministrators,0\n'],
    ['groups of another type', 'group', 'code,type\nadministrators,user\n'],
    ['groups below others', 'group', 'code,parent_code\nadministrators,organization\n'],
  ])('[P18] [R-f] %s: a sentence with its row, tried and applied', async (_, kind, csv) => {
    for (const mode of ['dry-run', 'apply']) {
      const { text } = await post(`/api/import/${kind}?mode=${mode}&removals=allow`, csv)
      const { errors } = JSON.parse(text) as { errors: { row: number; message: string }[] }
      expect(errors, text).toHaveLength(1)
      expect(errors[0]?.row).toBe(2)
      expect(errors[0]?.message).toMatch(kind === 'group' ? /Administrative group/ : new RegExp(mustRemain))
    }
    await isFull()
  })

  it('[P18] the same file may make another one first', async () => {
    const dry = await post(
      '/api/import/worker?mode=dry-run&removals=allow',
      'username,groups\nabe,administrators\nada,sales-rep\n',
    )
    expect(JSON.parse(dry.text)).toMatchObject({ errors: [] })
  })
})

describe('by undoing what made somebody administrator', () => {
  it('[P18] [D27] is refused with its sentence once they are the last; before it is not', async () => {
    const made = randomUUID()
    expect((await submit('bea', 'worker', 'abe', { groups: memberOf(administratorsId) }, made)).type).toBe(
      'merged',
    )
    expect((await submit('bea', 'worker', 'ada', { active: false })).type).toBe('merged')
    for (const mode of ['dry-run', 'apply']) {
      const { text } = await post(`/api/audit/${made}/undo?mode=${mode}`, '')
      const { undone, errors } = JSON.parse(text) as { undone: number; errors: { message: string }[] }
      expect(undone).toBe(0)
      expect(errors[0]?.message).toMatch(new RegExp(mustRemain))
    }
    expect((await submit('bea', 'worker', 'ada', { active: true })).type).toBe('merged')
    const { text } = await post(`/api/audit/${made}/undo?mode=apply`, '')
    expect(JSON.parse(text)).toMatchObject({ undone: 1, errors: [] })
    await isFull()
  })
})
