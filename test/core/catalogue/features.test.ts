import { describe, expect, it } from 'vitest'
import {
  rightIds,
  shippedCatalogue,
  shippedFeatures,
  workspaceFeatureIds,
  workspaceLabels,
  workspaces,
} from '../../../core/catalogue/features.ts'
import { organizationId, preconfiguredGroups } from '../../../core/catalogue/preconfigured-groups.ts'

describe('the nine rights', () => {
  it.each([
    ['Allow Account Adds', 'SU-ALLOW-ACCOUNT-ADDS'],
    ['Allow Account Edits', 'SU-ALLOW-ACCOUNT-EDITS'],
    ['Allow Customer Adds/Edits', 'SU-ALLOW-CUSTOMER-ADD-EDITS'],
    ['Allow Address Adds/Edits', 'SU-ALLOW-ADDRESS-ADDS-EDITS'],
    ['Access Product Workspace', 'SU-ACCESS-PIM-WORKSPACE'],
    ['Access Content Catalog Workspace', 'SU-ACCESS-CMS-WORKSPACE'],
    ['Access Settings Workspace', 'SU-ACCESS-SETTINGS-WORKSPACE'],
    ['Allow shipping price edits', 'SU-ALLOW-SHIPPING-PRICE-EDITS'],
    ['Quotes Tracking w/Conversation Logs', 'QUOTES-WITH-CONV-LOGS'],
  ])('[R-13] %s is %s, byte for byte', (label, id) => {
    expect(shippedCatalogue.featureById.get(id)).toMatchObject({ label, right: true })
  })

  it('[R-24] are nine, each in the order of export once', () => {
    const rights = shippedFeatures.filter(({ right }) => right).map(({ id }) => id)
    expect(rights).toHaveLength(9)
    expect([...rightIds].sort()).toEqual([...rights].sort())
    expect(rightIds[0]).toBe('SU-ACCESS-CMS-WORKSPACE')
    expect(rightIds.at(-1)).toBe('QUOTES-WITH-CONV-LOGS')
  })
})

describe('the catalogue', () => {
  it('[W-06] has five workspaces with exactly these names', () => {
    expect(workspaces.map((workspace) => workspaceLabels[workspace])).toEqual([
      'CRM',
      'Product',
      'Content',
      'Settings',
      'Help',
    ])
  })

  it('names every feature once, and implies only what it names', () => {
    const ids = shippedFeatures.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { implies = [] } of shippedFeatures) for (const id of implies) expect(ids).toContain(id)
  })

  it('[P3] has these base features and no other', () => {
    const base = shippedFeatures.filter(({ base }) => base).map(({ id }) => id)
    expect(base).toEqual(['crm.accounts.view', 'crm.match', 'help.read'])
  })
})

describe('the preconfigured groups', () => {
  it('[W-b] are ten; organization is the parent of the user groups and allows nothing', () => {
    expect(preconfiguredGroups).toHaveLength(10)
    for (const { code, type, parentId, allow } of preconfiguredGroups) {
      const below = type === 'user' && code !== organizationId
      expect([code, parentId]).toEqual([code, below ? organizationId : null])
      if (code === organizationId) expect(allow).toEqual([])
    }
  })

  it('[P20] allow only what exists; those for people allow help', () => {
    const known = new Set<string>([
      ...shippedCatalogue.featureById.keys(),
      ...Object.values(workspaceFeatureIds),
    ])
    for (const { allow } of preconfiguredGroups) for (const id of allow) expect(known).toContain(id)
  })
})
