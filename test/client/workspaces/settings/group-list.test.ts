import { describe, expect, test } from 'vitest'
import { ceilingOf } from '../../../../client/workspaces/settings/groups/ceiling.ts'
import {
  countEntries,
  groupLines,
  groupsOfType,
  groupTree,
} from '../../../../client/workspaces/settings/groups/group-tree.ts'
import { checkNewGroup } from '../../../../client/workspaces/settings/groups/new-group.ts'
import { readUsernames } from '../../../../client/workspaces/settings/groups/paste-usernames.ts'
import { featuresLike } from '../../../../client/workspaces/settings/groups/features-like.ts'
import { makeDirectory } from '../../../../core/access/directory.ts'
import { shippedCatalogue } from '../../../../core/catalogue/features.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { aGroup } from '../../../core/access/organisation.ts'

const ORDERS = 'crm.orders.place'
const EDITS = 'SU-ALLOW-ACCOUNT-EDITS'

const directory = makeDirectory(
  shippedCatalogue,
  [],
  [
    aGroup('organization', { features: { 'workspace.help': 'deny' } }),
    aGroup('sales', { parentId: 'organization', features: { [ORDERS]: 'deny', [EDITS]: 'allow' } }),
    aGroup('north', { parentId: 'sales', features: { 'workspace.crm': 'allow', [EDITS]: 'deny' } }),
    aGroup('partners', { type: 'affiliate' }),
  ],
  1,
)
const groupOf = (id: string) => directory.groups.get(id) ?? aGroup(id)

describe('[G-17] the ceiling above a group', () => {
  test('names each ancestor with what it denies, a whole workspace by its name alone', () => {
    expect(ceilingOf(directory.groups, shippedCatalogue, groupOf('north'))).toEqual([
      { group: { id: 'sales', name: 'sales' }, labels: ['Place orders'] },
      { group: { id: 'organization', name: 'organization' }, labels: ['Help'] },
    ])
  })

  test('what the group itself denies is no ceiling, and at the top there is none', () => {
    expect(ceilingOf(directory.groups, shippedCatalogue, groupOf('organization'))).toEqual([])
  })
})

describe('worker groups as a list', () => {
  test('stand line by line below their parents', () => {
    expect(groupLines(groupTree(directory)).map(({ group, depth }) => `${depth} ${group.id}`)).toEqual([
      '0 organization',
      '1 sales',
      '2 north',
      '0 partners',
    ])
  })

  test('[G-05] of one type are found with the way to them', () => {
    expect(groupsOfType(groupTree(directory), 'affiliate').map(({ group }) => group.id)).toEqual(['partners'])
    expect(groupsOfType(groupTree(directory), 'client')).toEqual([])
    expect(groupsOfType(groupTree(directory), null)).toHaveLength(2)
  })

  test('[W-16] a word on a workspace counts for each of its features that has none of its own', () => {
    const crm = shippedCatalogue.features.filter(({ workspace }) => workspace === 'crm')
    const { allowed, denied } = countEntries(groupOf('north'), shippedCatalogue)
    expect(allowed + denied).toBe(crm.length)
    expect(denied).toBe(1)
  })
})

describe('[U-29] a group as a template', () => {
  const row = {
    id: 'x',
    kind: 'group',
    seq: 1,
    features: { [EDITS]: 'allow', 'help.read': 'deny' },
  } as unknown as Row

  test('what differs is changed, what the other does not say is taken away', () => {
    expect(featuresLike(row, groupOf('north').features)).toEqual({
      [`features/${EDITS}`]: 'deny',
      'features/help.read': null,
      'features/workspace.crm': 'allow',
    })
  })

  test('a group that says the same changes nothing', () => {
    expect(
      featuresLike(
        row,
        new Map([
          [EDITS, 'allow'],
          ['help.read', 'deny'],
        ] as const),
      ),
    ).toEqual({})
  })

  test('a new id is one that files can name, and nobody else’s', () => {
    expect(checkNewGroup({ code: 'isles' }, directory)).toEqual({})
    expect(checkNewGroup({ code: 'the isles' }, directory)).toHaveProperty('code')
    expect(checkNewGroup({ code: 'NORTH' }, directory)).toEqual({ code: 'Another group has this id.' })
  })
})

describe('pasted usernames', () => {
  const workers = [
    { id: '1', username: 'rhea' },
    { id: '2', username: 'Eve.Marsden' },
  ] as unknown as readonly Row[]

  test('name workers whatever stands between them, each once', () => {
    expect(readUsernames('RHEA, eve.marsden;\n\trhea\n', workers)).toEqual({ ids: ['1', '2'], unknown: [] })
  })

  test('each that names nobody is told, as it was written', () => {
    expect(readUsernames('rhea\nNobody\nnobody, x', workers)).toEqual({
      ids: ['1'],
      unknown: ['nobody', 'x'],
    })
  })
})
