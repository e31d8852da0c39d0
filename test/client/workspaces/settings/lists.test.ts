import { describe, expect, test } from 'vitest'
import {
  groupTree,
  searchGroups,
  withDescendants,
  workersBelow,
} from '../../../../client/workspaces/settings/groups/group-tree.ts'
import { filterWorkers } from '../../../../client/workspaces/settings/workers/filter-workers.ts'
import { sourceOf } from '../../../../client/workspaces/settings/workers/right-source.ts'
import { makeDirectory } from '../../../../core/access/directory.ts'
import { compile } from '../../../../core/access/principal.ts'
import { shippedCatalogue } from '../../../../core/catalogue/features.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { aGroup, aWorker, now } from '../../../core/access/organisation.ts'

const ADDS = 'SU-ALLOW-ACCOUNT-ADDS'
const EDITS = 'SU-ALLOW-ACCOUNT-EDITS'

const directory = makeDirectory(
  shippedCatalogue,
  [
    aWorker('ada', { in: ['administrators'] }),
    aWorker('rhea', { in: ['sales', 'north'], rights: [ADDS] }),
    aWorker('eve', { in: ['north'] }),
  ],
  [
    aGroup('affiliates', { type: 'affiliate' }),
    aGroup('organization'),
    aGroup('administrators', { type: 'admin' }),
    aGroup('sales', { parentId: 'organization', features: { [EDITS]: 'allow' } }),
    aGroup('north', { parentId: 'sales', features: { 'crm.export': 'deny' } }),
  ],
  1,
)

describe('worker groups as a tree', () => {
  test('administrators stand first, then the organisation with what is below it', () => {
    const shape = groupTree(directory).map(({ group, children }) => [
      group.id,
      children.map((one) => one.group.id),
    ])
    expect(shape).toEqual([
      ['administrators', []],
      ['organization', ['sales']],
      ['affiliates', []],
    ])
  })

  test('a worker in a group and below it is counted once', () => {
    expect([...workersBelow(directory, 'organization')].sort()).toEqual(['eve', 'rhea'])
  })

  test('[P19] a group and all below it may not become its parent', () => {
    expect([...withDescendants(directory, 'sales')].sort()).toEqual(['north', 'sales'])
  })

  test('groups in a circle are shown, each once', () => {
    const circle = makeDirectory(
      shippedCatalogue,
      [],
      [aGroup('a', { parentId: 'b' }), aGroup('b', { parentId: 'a' })],
      1,
    )
    const ids = (nodes: ReturnType<typeof groupTree>): readonly string[] =>
      nodes.flatMap(({ group, children }) => [group.id, ...ids(children)])
    expect([...ids(groupTree(circle))].sort()).toEqual(['a', 'b'])
  })

  test('a group that is found comes with the way to it', () => {
    const [found] = searchGroups(groupTree(directory), 'NORTH')
    expect(found?.group.id).toBe('organization')
    expect(found?.children[0]?.children[0]?.group.id).toBe('north')
    expect(searchGroups(groupTree(directory), 'west')).toEqual([])
  })
})

describe('[W-24] search among workers', () => {
  const rows = [
    {
      id: '1',
      kind: 'worker',
      seq: 1,
      firstName: 'José',
      lastName: 'Saraiva',
      username: 'js9',
      active: true,
    },
    { id: '2', kind: 'worker', seq: 1, firstName: 'Jae', lastName: 'Pak', username: 'jae', active: false },
  ] as unknown as readonly Row[]
  const found = (query: string, filter: 'active' | 'disabled' | 'both') =>
    filterWorkers(rows, query, filter).map(({ id }) => id)

  test('by the beginning of first name, last name or username, accents and case aside', () => {
    expect(found('jose', 'both')).toEqual(['1'])
    expect(found('SAR jo', 'both')).toEqual(['1'])
    expect(found('js9', 'both')).toEqual(['1'])
    expect(found('ose', 'both')).toEqual([])
  })

  test('active, disabled or both', () => {
    expect(found('', 'active')).toEqual(['1'])
    expect(found('', 'disabled')).toEqual(['2'])
    expect(found('', 'both')).toEqual(['1', '2'])
  })
})

describe('[R-i] where a right comes from', () => {
  const source = (worker: string, feature: string) =>
    sourceOf(compile(directory, worker, now).rights.get(feature))

  test('directly, through the group that allows it, or as an administrator', () => {
    expect(source('rhea', ADDS)).toEqual({ type: 'direct' })
    expect(source('eve', EDITS)).toEqual({ type: 'through', group: 'sales' })
    expect(source('ada', EDITS)).toEqual({ type: 'administrator' })
  })

  test('a denial names the group that denies', () => {
    expect(source('eve', 'crm.export')).toEqual({ type: 'denied-by', group: 'north' })
  })

  test('what nobody gave is not given, and an unknown feature neither', () => {
    expect(source('eve', ADDS)).toEqual({ type: 'not-given' })
    expect(source('eve', 'no.such.feature')).toEqual({ type: 'not-given' })
  })
})
