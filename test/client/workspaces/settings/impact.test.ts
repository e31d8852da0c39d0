import { describe, expect, test } from 'vitest'
import { dryRun } from '../../../../core/access/dry-run.ts'
import { impactOf } from '../../../../core/access/impact.ts'
import { impactLines } from '../../../../client/workspaces/settings/proposal/impact-lines.ts'
import { withOverlay } from '../../../../client/workspaces/settings/proposal/overlay.ts'
import { makeDirectory } from '../../../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../../../core/access/from-rows.ts'
import { compile } from '../../../../core/access/principal.ts'
import { shippedCatalogue } from '../../../../core/catalogue/features.ts'
import type { FieldValue, Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'

const EDITS = 'SU-ALLOW-ACCOUNT-EDITS'
const now = Date.UTC(2026, 2, 3)

function worker(id: string, groups: readonly string[], fields: Record<string, unknown> = {}): Row {
  const memberships = groups.map((group) => ({ id: group, from: null, until: null }))
  return {
    id,
    kind: 'worker',
    seq: 1,
    username: id,
    firstName: id,
    active: true,
    groups: memberships,
    ...fields,
  }
}

function group(id: string, parentId: string | null, fields: Record<string, unknown> = {}): Row {
  return {
    id,
    kind: 'group',
    seq: 1,
    code: id,
    name: id,
    type: 'user',
    enabled: true,
    parentId,
    features: {},
    ...fields,
  }
}

const rows: readonly Row[] = [
  group('administrators', null, { type: 'admin' }),
  group('organization', null),
  group('sales', 'organization', { features: { [EDITS]: 'allow' } }),
  group('north', 'sales'),
  worker('ada', ['administrators'], { accountsQueryType: 'all' }),
  worker('rhea', ['sales'], { accountsQueryType: 'rep', repCodes: ['275'] }),
  worker('eve', ['north'], { accountsQueryType: 'rep', repCodes: ['281'] }),
  worker('max', ['organization'], { accountsQueryType: 'rep', repCodes: ['282'], rights: [EDITS] }),
]

const directory = makeDirectory(
  shippedCatalogue,
  rows.filter(({ kind }) => kind === 'worker').map(workerFromRow),
  rows.filter(({ kind }) => kind === 'group').map(groupFromRow),
  1,
)

function impact(id: string, overlay: Record<string, FieldValue>) {
  const row = rows.find((one) => one.id === id)
  if (row === undefined) throw new Error(`no row ${id}`)
  const change = { row: withOverlay(kindSpecs[row.kind], row, overlay), fields: Object.keys(overlay) }
  return impactOf(dryRun(directory, compile(directory, 'ada', now), [change], now).effects)
}

const label = (feature: string) => shippedCatalogue.featureById.get(feature)?.label ?? feature

describe('what a change does, in numbers (B3)', () => {
  test('a deny takes a feature from members and from those below, each counted once', () => {
    expect(impact('sales', { [`features/${EDITS}`]: 'deny' }).lost).toEqual([{ feature: EDITS, workers: 2 }])
  })

  test('[P2] a deny takes a direct right, too', () => {
    expect(impact('organization', { [`features/${EDITS}`]: 'deny' }).lost).toEqual([
      { feature: EDITS, workers: 3 },
    ])
  })

  test('what changes nothing for anybody has no numbers', () => {
    expect(impact('sales', { 'features/crm.accounts.view': 'allow' })).toEqual({
      lost: [],
      gained: [],
      accounts: { fewer: 0, more: 0, other: 0 },
      matches: { opened: 0, closed: 0 },
    })
  })

  test('a wider filter is more accounts, a changed code others, none at all fewer', () => {
    expect(impact('rhea', { accountsQueryType: 'all' }).accounts).toEqual({ fewer: 0, more: 1, other: 0 })
    expect(impact('rhea', { 'repCodes/275': null, 'repCodes/300': true }).accounts).toEqual({
      fewer: 0,
      more: 0,
      other: 1,
    })
    expect(impact('rhea', { 'repCodes/275': null }).accounts).toEqual({ fewer: 1, more: 0, other: 0 })
  })
})

describe('an impact in lines', () => {
  test('[S12] Check for Match that opens more is a gain, and again enforced a loss', () => {
    const opened = impact('rhea', { enforceMatchSecurity: false })
    expect(opened.matches).toEqual({ opened: 1, closed: 0 })
    expect(impactLines(opened, label)[0]).toMatchObject({ count: 1, tone: 'allowed' })
    expect(impactLines({ ...opened, matches: { opened: 0, closed: 2 } }, label)[0]?.text).toMatch(
      /^workers no longer/,
    )
    // Who reaches every account opens nothing more.
    expect(impact('ada', { enforceMatchSecurity: false }).matches).toEqual({ opened: 0, closed: 0 })
  })

  test('the largest loss comes first, gains last, and what is not there is said to be none', () => {
    const lines = impactLines(
      {
        lost: [
          { feature: EDITS, workers: 14 },
          { feature: 'crm.export', workers: 3 },
        ],
        gained: [{ feature: 'help.read', workers: 20 }],
        accounts: { fewer: 5, more: 0, other: 0 },
        matches: { opened: 0, closed: 0 },
      },
      label,
    )
    expect(lines.map(({ count }) => count)).toEqual([14, 5, 3, 20])
    expect(lines[0]).toMatchObject({ text: 'workers lose Allow Account Edits', tone: 'denied' })
    expect(lines.at(-1)).toMatchObject({ text: 'workers gain Read help', tone: 'allowed' })
  })

  test('without losses and gains it says so twice', () => {
    const nothing = {
      lost: [],
      gained: [],
      accounts: { fewer: 0, more: 0, other: 0 },
      matches: { opened: 0, closed: 0 },
    }
    expect(impactLines(nothing, label)).toEqual([
      { count: 0, text: 'workers lose anything' },
      { count: 0, text: 'workers gain anything' },
    ])
  })

  test('many features are named up to the third and counted from there', () => {
    const gained = ['a', 'b', 'c', 'd', 'e'].map((feature) => ({ feature, workers: 1 }))
    const lines = impactLines(
      { lost: [], gained, accounts: { fewer: 0, more: 0, other: 0 }, matches: { opened: 0, closed: 0 } },
      (id) => id,
    )
    expect(lines.map(({ text }) => text)).toEqual([
      'worker gains a',
      'worker gains b',
      'worker gains c',
      'worker gains 2 more features',
      'workers lose anything',
    ])
  })

  test('counted accounts take the place of workers who see more or fewer', () => {
    const shown = impactLines(
      { lost: [], gained: [], accounts: { fewer: 0, more: 1, other: 0 }, matches: { opened: 0, closed: 0 } },
      label,
      [{ count: 548, text: 'more accounts', tone: 'allowed' }],
    )
    expect(shown.map(({ text }) => text)).toEqual(['more accounts', 'workers lose anything'])
  })
})
