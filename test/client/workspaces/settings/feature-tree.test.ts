import { describe, expect, test } from 'vitest'
import { featureTree, searchTree } from '../../../../client/workspaces/settings/groups/feature-tree.ts'
import type { Group } from '../../../../core/access/types.ts'
import { shippedCatalogue, shippedFeatures } from '../../../../core/catalogue/features.ts'
import { aGroup } from '../../../core/access/organisation.ts'

const EDITS = 'SU-ALLOW-ACCOUNT-EDITS'

function treeOf(group: Group, ...above: readonly Group[]) {
  const groups = new Map([group, ...above].map((one) => [one.id, one]))
  return featureTree(groups, shippedCatalogue, group)
}

function entryOf(tree: ReturnType<typeof treeOf>, id: string) {
  const entry = tree.flatMap((workspace) => [workspace, ...workspace.features]).find((one) => one.id === id)
  if (entry === undefined) throw new Error(`no entry ${id}`)
  return entry
}

describe('a group’s features', () => {
  test('each feature and each workspace stands there once', () => {
    const ids = treeOf(aGroup('sales')).flatMap(({ id, features }) => [id, ...features.map((one) => one.id)])
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id } of shippedFeatures) expect(ids).toContain(id)
  })

  test('[G-17] a deny above locks the entry and names the nearest that denies', () => {
    const tree = treeOf(
      aGroup('north', { parentId: 'sales', features: { [EDITS]: 'allow' } }),
      aGroup('sales', { parentId: 'organization', features: { [EDITS]: 'deny' } }),
      aGroup('organization', { features: { [EDITS]: 'deny' } }),
    )
    expect(entryOf(tree, EDITS).lockedBy).toEqual({ id: 'sales', name: 'sales' })
  })

  test('[G-17] one’s own deny locks nothing: it can be lifted here', () => {
    const tree = treeOf(
      aGroup('sales', { parentId: 'organization', features: { [EDITS]: 'deny' } }),
      aGroup('organization'),
    )
    expect(entryOf(tree, EDITS)).toMatchObject({ own: 'deny', lockedBy: null })
  })

  test('[P8] a deny of the whole workspace above locks each of its features, and no others', () => {
    const tree = treeOf(
      aGroup('sales', { parentId: 'organization' }),
      aGroup('organization', { features: { 'workspace.crm': 'deny' } }),
    )
    expect(entryOf(tree, 'workspace.crm').lockedBy?.id).toBe('organization')
    expect(entryOf(tree, EDITS).lockedBy?.id).toBe('organization')
    expect(entryOf(tree, 'product.view').lockedBy).toBeNull()
  })

  test('[P7] without an entry of its own a feature follows the group’s workspace', () => {
    const tree = treeOf(aGroup('sales', { features: { 'workspace.crm': 'allow' } }))
    expect(entryOf(tree, EDITS)).toMatchObject({
      own: 'inherit',
      inherited: { type: 'workspace', state: 'allow' },
    })
  })

  test('[P9] else the nearest group above that allows it', () => {
    const tree = treeOf(
      aGroup('north', { parentId: 'sales' }),
      aGroup('sales', { parentId: 'organization', features: { [EDITS]: 'allow' } }),
      aGroup('organization'),
    )
    expect(entryOf(tree, EDITS).inherited).toEqual({ type: 'above', group: { id: 'sales', name: 'sales' } })
  })

  test('[R-25] else what every worker has, or nothing', () => {
    const tree = treeOf(aGroup('sales'))
    expect(entryOf(tree, 'crm.accounts.view').inherited).toEqual({ type: 'base' })
    expect(entryOf(tree, EDITS).inherited).toEqual({ type: 'nothing' })
  })
})

describe('search in the features', () => {
  test('finds a feature by words of its label in any order, or by its id, with its workspace', () => {
    const tree = treeOf(aGroup('sales'))
    for (const query of ['edits account', 'su-allow-account-ed']) {
      const found = searchTree(tree, query)
      expect(found.map(({ workspace }) => workspace)).toEqual(['crm'])
      expect(found[0]?.features.map(({ id }) => id)).toEqual([EDITS])
    }
  })

  test('what nothing is called finds nothing', () => {
    expect(searchTree(treeOf(aGroup('sales')), 'unicorn')).toEqual([])
  })
})
