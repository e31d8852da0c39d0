import { describe, expect, it } from 'vitest'
import {
  catalogueFromSettings,
  groupFromRow,
  makeDirectory,
  withGroup,
  withWorker,
  workerFromRow,
} from '../../../core/access/directory.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { aGroup, aWorker, directoryOf, heldBy, principalOf } from './organisation.ts'

const workerRow: Row = {
  id: 'rhea',
  kind: 'worker',
  seq: 3,
  username: 'rhea',
  firstName: 'Rhea',
  lastName: 'Ott',
  active: true,
  userType: 'account_manager',
  accountsQueryType: 'rep',
  repCodes: ['275'],
  groups: [{ id: 'sales-rep', from: '2026-01-01T00:00:00.000Z', until: null }],
  validFrom: null,
  validUntil: '2026-12-31T00:00:00.000Z',
}
const groupRow: Row = {
  id: 'west',
  kind: 'group',
  seq: 1,
  code: 'west',
  name: 'West',
  type: 'user',
  parentId: null,
  enabled: true,
  features: { 'crm.export': 'allow', 'crm.match': 'deny' },
}

describe('a worker’s row', () => {
  it('[P5] dates become instants, null stays for ever', () => {
    const worker = workerFromRow(workerRow)
    expect(worker).toMatchObject({ name: 'Rhea Ott', active: true, validFrom: null, rights: [] })
    expect(worker.memberships).toEqual([{ groupId: 'sales-rep', from: Date.UTC(2026, 0, 1), until: null }])
    expect(worker.validUntil).toBe(Date.UTC(2026, 11, 31))
  })

  it.each([
    ['active', 'yes'],
    ['active', 1],
    ['active', null],
    ['userType', 'king'],
    ['validFrom', 'tomorrow'],
    ['validUntil', 5],
    ['reductions', 'crm.export'],
    ['reductions', [1]],
    ['geographies', { US: true }],
    ['groups', [{ id: 'clients', from: 'x', until: null }]],
    ['groups', ['clients']],
    ['groups', {}],
  ])('[P1] limits that cannot be read make nobody active: %s %j', (field, value) => {
    expect(workerFromRow({ ...workerRow, [field]: value }).active).toBe(false)
  })

  it.each([
    ['rights', 'crm.export', 'rights', []],
    ['rights', [true], 'rights', []],
    ['repCodes', 275, 'repCodes', []],
    ['accountsQueryType', 'ALL', 'accountsQueryType', null],
    ['managerId', 7, 'managerId', null],
  ] as const)('[P1] what grants and cannot be read grants nothing: %s %j', (field, value, property, read) => {
    const worker = workerFromRow({ ...workerRow, [field]: value })
    expect([worker.active, worker[property]]).toEqual([true, read])
  })
})

describe('a group’s row', () => {
  it('reads its entries', () => {
    expect(groupFromRow(groupRow)).toEqual(
      aGroup('west', { name: 'West', features: { 'crm.export': 'allow', 'crm.match': 'deny' } }),
    )
    expect(groupFromRow({ ...groupRow, enabled: false }).enabled).toBe(false)
  })

  it.each([
    ['type', 'king'],
    ['type', null],
    ['enabled', 'yes'],
    ['enabled', null],
  ])('[P1] with %s %j it keeps its denies and loses its allows', (field, value) => {
    const group = groupFromRow({ ...groupRow, [field]: value })
    expect([group.enabled, [...group.features]]).toEqual([true, [['crm.match', 'deny']]])
  })

  it('[P1] an entry that is neither allow nor deny is a deny', () => {
    expect(groupFromRow({ ...groupRow, features: { 'crm.export': true } }).features.get('crm.export')).toBe(
      'deny',
    )
  })
})

describe('custom rights', () => {
  const settings = (customRights: unknown): Row => ({
    id: 'organization',
    kind: 'settings',
    seq: 1,
    customRights,
  })

  it('[R-08] join the catalogue', () => {
    const catalogue = catalogueFromSettings(settings({ 'X-1': { label: 'Ex', workspace: 'crm' } }))
    expect(catalogue.featureById.get('X-1')).toMatchObject({ label: 'Ex', workspace: 'crm' })
    expect(catalogue.features).toHaveLength(shippedCatalogue.features.length + 1)
  })

  it.each([
    ['a shipped id', { 'crm.export': { label: 'x', workspace: 'help' } }],
    ['a workspace', { 'workspace.crm': { label: 'x', workspace: 'help' } }],
    ['no workspace', { x: { label: 'x' } }],
    ['an unknown workspace', { x: { label: 'x', workspace: 'all' } }],
    ['nonsense', { x: 1 }],
    ['nothing', null],
  ])('[R-08] not with %s', (_, customRights) => {
    expect(catalogueFromSettings(settings(customRights))).toBe(shippedCatalogue)
  })
})

describe('the directory', () => {
  it('a worker put in again is moved in every index, and the old directory stays', () => {
    const old = directoryOf([aWorker('rhea', { in: ['sales-rep', 'sales-rep'], managerId: 'max' })])
    const next = withWorker(old, aWorker('rhea', { in: ['auditor'], managerId: 'moe' }), 2)
    expect([...next.membersByGroup]).toEqual([['auditor', ['rhea']]])
    expect([...next.reportsByManager]).toEqual([['moe', ['rhea']]])
    expect([...old.membersByGroup]).toEqual([['sales-rep', ['rhea']]])
    expect([next.policyVersion, old.policyVersion]).toEqual([2, 1])
  })

  it('one change at a time is the same as all at once', () => {
    const workers = [aWorker('a', { in: ['x'], managerId: 'b' }), aWorker('b', { in: ['x', 'y'] })]
    const groups = [aGroup('x'), aGroup('y', { parentId: 'x' })]
    let grown = makeDirectory(shippedCatalogue, [], [], 0)
    for (const worker of workers) grown = withWorker(grown, worker, 1)
    for (const group of groups) grown = withGroup(grown, group, 1)
    expect(grown).toEqual(directoryOf(workers, groups))
  })

  it('[P16] what a row says of the engine is what the engine does', () => {
    const rhea = workerFromRow({ ...workerRow, validUntil: null })
    expect(heldBy(principalOf(rhea))).toContain('SU-ALLOW-ACCOUNT-EDITS')
  })
})
