import { describe, expect, test } from 'vitest'
import {
  changesOf,
  fieldsOf,
  reverseOf,
  valueUnder,
  withOverlay,
} from '../../../../client/workspaces/settings/proposal/overlay.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'

const always = { from: null, until: null }

const rhea: Row = {
  id: 'rhea',
  kind: 'worker',
  seq: 1,
  rights: ['SU-ALLOW-ACCOUNT-EDITS'],
  repCodes: ['275'],
  groups: [{ id: 'sales-rep', ...always }],
  managerId: null,
}

const sales: Row = {
  id: 'sales',
  kind: 'group',
  seq: 1,
  parentId: 'organization',
  features: { 'crm.export': 'allow' },
}

describe('what is stored under a field key', () => {
  test('an entry of a set is true, one that is not there null', () => {
    expect(valueUnder(rhea, 'repCodes/275')).toBe(true)
    expect(valueUnder(rhea, 'repCodes/276')).toBeNull()
  })

  test('a membership is its validity, without its id', () => {
    expect(valueUnder(rhea, 'groups/sales-rep')).toEqual(always)
    expect(valueUnder(rhea, 'groups/auditor')).toBeNull()
  })

  test('an entry of a map is its value, and what every object has is none', () => {
    expect(valueUnder(sales, 'features/crm.export')).toBe('allow')
    expect(valueUnder(sales, 'features/toString')).toBeNull()
  })
})

describe('a draft laid over a row', () => {
  test('what is stored so already is no change', () => {
    expect(changesOf(rhea, { 'repCodes/275': true, 'groups/sales-rep': always, managerId: null })).toEqual([])
  })

  test('a change names what was and what would be', () => {
    expect(changesOf(sales, { 'features/crm.export': 'deny' })).toEqual([
      { field: 'features/crm.export', old: 'allow', new: 'deny' },
    ])
  })

  test('a colleague’s entry beside it, arriving meanwhile, is kept', () => {
    const draft = { 'features/crm.export': null }
    const arrived: Row = { ...sales, features: { 'crm.export': 'allow', 'help.read': 'deny' } }
    expect(withOverlay(kindSpecs.group, arrived, draft)['features']).toEqual({ 'help.read': 'deny' })
  })

  test('only the changed fields are saved, each as a whole', () => {
    const fields = fieldsOf(kindSpecs.worker, rhea, {
      'repCodes/281': true,
      'groups/sales-rep': null,
      managerId: null,
    })
    expect(fields).toEqual({ repCodes: ['275', '281'], groups: [] })
  })

  test('Undo leads back to the row as it was', () => {
    const draft = { 'rights/SU-ALLOW-ACCOUNT-EDITS': null, 'repCodes/281': true, managerId: 'max' }
    const after = withOverlay(kindSpecs.worker, rhea, draft)
    expect(after).not.toEqual(rhea)
    expect(withOverlay(kindSpecs.worker, after, reverseOf(rhea, draft))).toEqual(rhea)
  })
})
