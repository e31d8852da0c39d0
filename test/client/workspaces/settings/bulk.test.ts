import { describe, expect, test } from 'vitest'
import { refusedEdits } from '../../../../client/workspaces/settings/proposal/refused-edits.ts'
import {
  blindedBy,
  type BulkChange,
  overlayOf,
  summaryOf,
} from '../../../../client/workspaces/settings/workers/bulk/bulk-change.ts'
import { makeDirectory } from '../../../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../../../core/access/from-rows.ts'
import { compile } from '../../../../core/access/principal.ts'
import { shippedCatalogue } from '../../../../core/catalogue/features.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { now } from '../../../core/access/organisation.ts'

const workers: readonly Row[] = [
  worker('ada', ['administrators']),
  worker('bo', ['administrators']),
  worker('cy', ['administrators']),
  worker('rhea', ['north']),
  worker('eve', ['north']),
  worker('hal', ['help-desk']),
]
const groups: readonly Row[] = [
  group('administrators', 'admin', null, {}),
  group('organization', 'user', null, {}),
  group('north', 'user', 'organization', { 'crm.orders.view': 'allow' }),
  group('help-desk', 'user', 'organization', { 'settings.workers': 'allow' }),
]

function worker(id: string, ids: readonly string[]): Row {
  const memberships = ids.map((one) => ({ id: one, from: null, until: null }))
  return {
    id,
    kind: 'worker',
    seq: 1,
    username: id,
    active: true,
    accountsQueryType: 'rep',
    repCodes: id === 'rhea' ? ['N01'] : [],
    groups: memberships,
  } as unknown as Row
}

function group(id: string, type: string, parentId: string | null, features: Record<string, string>): Row {
  return {
    id,
    kind: 'group',
    seq: 1,
    code: id,
    name: id,
    type,
    parentId,
    enabled: true,
    features,
  } as unknown as Row
}

const directory = makeDirectory(shippedCatalogue, workers.map(workerFromRow), groups.map(groupFromRow), 1)

function refused(change: BulkChange, ids: readonly string[], author = 'ada') {
  const edits = ids.map((id) => ({
    row: workers.find((row) => row.id === id) as Row,
    overlay: overlayOf(change),
  }))
  return refusedEdits(
    { directory: () => directory, principal: () => compile(directory, author, now), now: () => now },
    edits,
  ).map(({ row, decision }) => `${row.id}: ${decision.reasons[0]?.code}`)
}

const disable: BulkChange = { type: 'active', active: false }
const always = { from: null, until: null }

describe('a bulk change names everyone for whom it would be refused', () => {
  test('[P14] the author among them; the others go on', () => {
    expect(refused(disable, ['ada', 'rhea', 'eve'])).toEqual(['ada: own-access'])
    expect(refused(disable, ['rhea', 'eve'])).toEqual([])
  })

  test('[P18] of all administrators one stays, whichever way they are disabled', () => {
    const others = makeDirectory(
      shippedCatalogue,
      workers.filter(({ id }) => id !== 'ada').map(workerFromRow),
      groups.map(groupFromRow),
      1,
    )
    const operator = { ...compile(directory, 'ada', now), workerId: 'somebody-else' }
    const edits = ['bo', 'rhea', 'cy'].map((id) => ({
      row: workers.find((row) => row.id === id) as Row,
      overlay: overlayOf(disable),
    }))
    const list = refusedEdits({ directory: () => others, principal: () => operator, now: () => now }, edits)
    expect(list.map(({ row, decision }) => `${row.id}: ${decision.reasons[0]?.code}`)).toEqual([
      'cy: last-administrator',
    ])
  })

  test('[P15] whom the author may not give what the group gives', () => {
    const join: BulkChange = { type: 'join', groupId: 'north', validity: always }
    expect(refused(join, ['eve', 'hal', 'rhea'], 'hal')).toEqual(['hal: own-access'])
    expect(refused({ ...join, groupId: 'help-desk' }, ['rhea', 'eve'])).toEqual([])
    expect(refused({ ...join, groupId: 'administrators' }, ['rhea', 'eve'], 'hal')).toEqual([
      'rhea: administrative-group',
      'eve: administrative-group',
    ])
  })

  test('all of them where the author may write no worker at all', () => {
    expect(refused(disable, ['eve', 'hal'], 'rhea')).toEqual(['eve: not-held', 'hal: not-held'])
  })
})

test('[R-12] a filter that leaves workers without any account says how many', () => {
  const rows = workers.filter(({ id }) => id === 'rhea' || id === 'eve')
  expect(blindedBy('rep', rows)).toBe('1 of them has no rep code and will see no account.')
  expect(blindedBy('mapped', rows)).toBe('2 of them have no mapped account and will see no account.')
  expect(blindedBy('all', rows)).toBeUndefined()
})

test('a review says one thing of many workers, not the same thing many times', () => {
  const join: BulkChange = { type: 'join', groupId: 'north', validity: always }
  expect(summaryOf(join, 3, () => 'Field Sales North', now)).toEqual({
    verb: 'Add',
    tone: 'allowed',
    what: '3 workers to Field Sales North',
    note: 'Always',
  })
})
