import { describe, expect, test } from 'vitest'
import { between } from '../../../../client/workspaces/settings/create-selection.ts'
import {
  type FindContext,
  findWorkers,
  looksAfter,
} from '../../../../client/workspaces/settings/workers/find-workers.ts'
import { countRights } from '../../../../client/workspaces/settings/workers/rights-counts.ts'
import { sortWorkers } from '../../../../client/workspaces/settings/workers/sort-workers.ts'
import {
  countFilters,
  fromParams,
  noWorkerFilters,
  toParams,
  type WorkerFilters,
  type WorkerSort,
} from '../../../../client/workspaces/settings/workers/worker-filters.ts'
import { makeDirectory } from '../../../../core/access/directory.ts'
import { shippedCatalogue } from '../../../../core/catalogue/features.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { aGroup, aWorker, now } from '../../../core/access/organisation.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const instant = (days: number) => new Date(now + days * DAY_MS).toISOString()

const inGroup = (id: string) => ({ groups: [{ id, from: null, until: null }] })

const people: readonly Row[] = [
  person('ada', 'Ada', 'Byrne', { ...inGroup('administrators'), accountsQueryType: 'all' }),
  person('rhea', 'Rhea', 'Lindqvist', {
    ...inGroup('north'),
    accountsQueryType: 'rep',
    repCodes: ['N-01', '275'],
    userType: 'account_manager',
  }),
  person('jose', 'José', 'Saraiva', {
    ...inGroup('sales'),
    accountsQueryType: 'mapped',
    mappedAccounts: ['bike-world'],
    validUntil: instant(12),
  }),
  person('old', 'Olga', 'Dahl', { active: false, validUntil: instant(-3) }),
  person('new', 'Nadia', 'West', {
    accountsQueryType: 'my-acct',
    aId: 'A-100',
    validFrom: instant(40),
    validUntil: instant(90),
  }),
]

function person(id: string, firstName: string, lastName: string, fields: Record<string, unknown>): Row {
  return {
    id,
    kind: 'worker',
    seq: 1,
    username: `${id}.x`,
    firstName,
    lastName,
    active: true,
    ...fields,
  } as Row
}

const directory = makeDirectory(
  shippedCatalogue,
  [aWorker('ada', { in: ['administrators'] }), aWorker('rhea', { in: ['north'], rights: ['crm.export'] })],
  [
    aGroup('administrators', { type: 'admin' }),
    aGroup('organization'),
    aGroup('sales', { parentId: 'organization' }),
    aGroup('north', { parentId: 'sales' }),
  ],
  1,
)

const bikeWorld = {
  id: 'bike-world',
  kind: 'account',
  seq: 1,
  name: 'Bike World',
  repCodes: [' n-01'],
  aId: 'A-7',
} as unknown as Row

const context: FindContext = {
  directory,
  markOf: (key) => (key === 'worker/rhea' ? 'refused' : key === 'worker/ada' ? 'waiting' : undefined),
  accountWords: (id) => (id === 'bike-world' ? ['bike', 'world'] : []),
  account: null,
  now,
}

const all = { active: 'both' } as const

function found(query: string, filters: Partial<WorkerFilters> = all, more: Partial<FindContext> = {}) {
  return findWorkers(people, query, { ...noWorkerFilters, ...filters }, { ...context, ...more }).map(
    ({ id }) => id,
  )
}

describe('[W-24] workers are searched by names, username and account', () => {
  test.each([
    ['lind rh', ['rhea'], 'beginnings of first and last name, in any order'],
    ['jose sara', ['jose'], 'without the accent'],
    ['new.x', ['new'], 'the username'],
    ['275', ['rhea'], 'a rep code'],
    ['n-01', ['rhea'], 'a rep code with a dash in it'],
    ['a-100', ['new'], 'the A_ID'],
    ['bike', ['jose'], 'the name of a mapped account'],
    ['rhea bike', [], 'every word has to fit'],
  ])('%s finds %o: %s', (query, ids) => {
    expect(found(query)).toEqual(ids)
  })
})

describe('[W-24] workers are filtered', () => {
  test('active, disabled, or both', () => {
    expect(found('', { active: 'active' })).toEqual(['ada', 'rhea', 'jose', 'new'])
    expect(found('', { active: 'disabled' })).toEqual(['old'])
    expect(found('', all)).toHaveLength(5)
  })

  test('by a group with those below it, or by the lower one alone', () => {
    expect(found('', { ...all, groups: ['sales'] })).toEqual(['rhea', 'jose'])
    expect(found('', { ...all, groups: ['north'] })).toEqual(['rhea'])
  })

  test('by user type and account filter, also by having none', () => {
    expect(found('', { ...all, userTypes: ['account_manager'] })).toEqual(['rhea'])
    expect(found('', { ...all, accountFilters: ['none'] })).toEqual(['old'])
    expect(found('', { ...all, accountFilters: ['all', 'mapped'] })).toEqual(['ada', 'jose'])
  })

  test('by rep code', () => {
    expect(found('', { ...all, repCodes: ['275', 'X'] })).toEqual(['rhea'])
  })

  test('by validity: an end within 30 days, an end that is past, a beginning to come', () => {
    expect(found('', { ...all, validity: 'ends-soon' })).toEqual(['jose'])
    expect(found('', { ...all, validity: 'ended' })).toEqual(['old'])
    expect(found('', { ...all, validity: 'not-begun' })).toEqual(['new'])
  })

  test('by edits that wait or were refused', () => {
    expect(found('', { ...all, edits: ['refused'] })).toEqual(['rhea'])
    expect(found('', { ...all, edits: ['waiting', 'refused'] })).toEqual(['ada', 'rhea'])
  })

  test('by the account that they look after: through a rep code or a mapping; who sees all is not meant', () => {
    expect(found('', { ...all, account: 'bike-world' }, { account: bikeWorld })).toEqual(['rhea', 'jose'])
    expect(found('', { ...all, account: 'bike-world' }), 'an account that is not here').toEqual([])
  })

  test('by the account of an A_ID, in its own spelling', () => {
    const [, , , , nadia] = people
    expect(looksAfter(nadia as Row, { ...bikeWorld, aId: 'A-100' } as Row)).toBe(true)
    expect(looksAfter(nadia as Row, bikeWorld)).toBe(false)
  })
})

describe('the list of workers is ordered', () => {
  const order = (sort: WorkerSort) =>
    sortWorkers(people, sort, {
      groupsOf: (row) => (row.id === 'rhea' ? 'North' : ''),
      rightsOf: (id) => ({ ada: 40, rhea: 5 })[id],
      activityOf: (id) =>
        id === 'jose'
          ? { lastSignIn: 5, lastSync: null }
          : id === 'ada'
            ? { lastSignIn: 9, lastSync: 1 }
            : undefined,
    }).map(({ id }) => id)

  test('by name', () => {
    expect(order({ by: 'name', descending: false })).toEqual(['ada', 'jose', 'new', 'old', 'rhea'])
    expect(order({ by: 'name', descending: true })[0]).toBe('rhea')
  })

  test('what is not known stands last both ways, by name', () => {
    expect(order({ by: 'lastSignIn', descending: true })).toEqual(['ada', 'jose', 'new', 'old', 'rhea'])
    expect(order({ by: 'lastSignIn', descending: false })).toEqual(['jose', 'ada', 'new', 'old', 'rhea'])
    expect(order({ by: 'rights', descending: false }).slice(0, 2)).toEqual(['rhea', 'ada'])
  })

  test('by the end of validity', () => {
    expect(order({ by: 'validity', descending: false })).toEqual(['old', 'jose', 'new', 'ada', 'rhea'])
  })
})

describe('the address carries search, filters and order', () => {
  const view = {
    query: 'rhea',
    filters: {
      ...noWorkerFilters,
      active: 'both',
      groups: ['north', 'sales'],
      accountFilters: ['rep', 'none'],
      validity: 'ended',
      account: 'bike-world',
    },
    sort: { by: 'rights', descending: true },
  } as const

  test('and reads back as it was written', () => {
    const params = Object.fromEntries(Object.entries(toParams(view)).filter(([, value]) => value !== null))
    expect(params).toEqual({
      q: 'rhea',
      active: 'both',
      group: ['north', 'sales'],
      filter: ['rep', 'none'],
      validity: 'ended',
      account: 'bike-world',
      sort: '-rights',
    })
    expect(fromParams(params)).toEqual(view)
  })

  test('what it says wrongly is left out', () => {
    const { filters, sort } = fromParams({ active: 'no', validity: 'soon', filter: ['rep', 'x'], sort: '-x' })
    expect(filters).toEqual({ ...noWorkerFilters, accountFilters: ['rep'] })
    expect(sort).toEqual({ by: 'name', descending: true })
  })

  test('filters are counted, each once', () => {
    expect(countFilters(noWorkerFilters)).toBe(0)
    expect(countFilters(view.filters)).toBe(5)
  })
})

test('the number of rights is that of features held', () => {
  expect(countRights(directory, 'ada', now)).toBe(shippedCatalogue.features.length)
  const withExport = countRights(directory, 'rhea', now)
  expect(withExport).toBe(shippedCatalogue.features.filter(({ base }) => base).length + 1)
})

test('Shift chooses everything in between, in either direction', () => {
  expect(between(['a', 'b', 'c', 'd'], 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(between(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(between(['a', 'b'], 'a', 'gone')).toEqual([])
})
