import { describe, expect, it } from 'vitest'
import {
  type ChangedRecord,
  checkAccountParent,
  checkChange,
  type DirectoryChange,
  decideOverWorker,
} from '../../../core/access/check-change.ts'
import { withCatalogue, withGroup, withWorker } from '../../../core/access/directory.ts'
import { compile } from '../../../core/access/principal.ts'
import type { Directory, Group, Worker } from '../../../core/access/types.ts'
import { catalogueWith } from '../../../core/catalogue/features.ts'
import {
  aGroup,
  aWorker,
  anAccount,
  day,
  directoryOf,
  member,
  now,
  said,
  shippedGroups,
} from './organisation.ts'

const edits = 'SU-ALLOW-ACCOUNT-EDITS'

const ada = aWorker('ada', { in: ['administrators'], accountsQueryType: 'all' })
const abe = aWorker('abe', { memberships: [member('administrators', null, now + day)] })
const red = aWorker('red', { in: ['administrators'], reductions: ['settings.tax'] })
/** Manages people and groups, and reaches one rep code. */
const boss = aWorker('boss', {
  rights: ['SU-ACCESS-SETTINGS-WORKSPACE', edits],
  accountsQueryType: 'rep',
  repCodes: ['B1'],
})
const rhea = aWorker('rhea', { in: ['team'], accountsQueryType: 'rep', repCodes: ['R1'] })
const max = aWorker('max', { userType: 'organization', accountsQueryType: 'rep', repCodes: ['M1'] })
const plain = aWorker('plain')
const team = aGroup('team', { parentId: 'organization', features: { [edits]: 'allow' } })
const closed = aGroup('closed', { enabled: false, features: { 'crm.export': 'allow' } })

const people = [ada, abe, red, boss, rhea, max, plain]
const groups = [...shippedGroups, team, closed]
const before = directoryOf(people, groups)

type Author = string | 'operator'

function check(
  author: Author,
  after: Directory,
  changed: readonly ChangedRecord[],
  more?: Partial<DirectoryChange>,
) {
  const from = more?.before ?? before
  return checkChange({
    before: from,
    after,
    author: author === 'operator' ? author : compile(from, author, now),
    now,
    changed,
    ...more,
  })
}

const changeWorker = (
  author: Author,
  worker: Worker,
  fields: Partial<Worker>,
  more?: Partial<DirectoryChange>,
) =>
  said(
    check(
      author,
      withWorker(more?.before ?? before, { ...worker, ...fields }, 2),
      [{ kind: 'worker', id: worker.id }],
      more,
    ),
  )

const changeGroup = (author: Author, group: Group, fields: Partial<Group>, from = before) =>
  said(
    check(author, withGroup(from, { ...group, ...fields }, 2), [{ kind: 'group', id: group.id }], {
      before: from,
    }),
  )

const shipped = (id: string): Group => groups.find((group) => group.id === id) as Group
const features = (entries: Readonly<Record<string, 'allow' | 'deny'>>) => new Map(Object.entries(entries))

describe('one’s own access', () => {
  it.each([
    ['a right more', { rights: [...boss.rights, 'crm.export'] }],
    ['a right less', { rights: [] }],
    ['a group', { memberships: [member('auditor')] }],
    ['the filter', { accountsQueryType: 'all' }],
    ['a reduction', { reductions: [edits] }],
    ['a restriction', { geographies: ['US'] }],
    ['validity', { validUntil: now + day }],
    ['user type', { userType: 'account_manager' }],
    ['active', { active: false }],
  ] as const)('[P14] nobody changes their own: %s', (_, fields) => {
    expect(changeWorker('boss', boss, fields)).toBe('denied own-access')
    expect(changeWorker('operator', boss, fields)).toMatch(/^allowed/u)
  })

  it('[P14] a full administrator neither', () => {
    expect(changeWorker('ada', ada, { rights: [edits] })).toBe('denied own-access')
    expect(changeWorker('ada', boss, { rights: [edits] })).toBe('allowed administrator')
  })

  it('[P4] [P14] the same entries in another order are no change', () => {
    expect(changeWorker('boss', boss, { rights: [...boss.rights].reverse(), name: 'Boss' })).toMatch(
      /^allowed/u,
    )
  })
})

describe('growth', () => {
  it('[P15] nobody gives what they do not hold: a right', () => {
    expect(changeWorker('boss', plain, { rights: ['crm.export'] })).toBe('denied grants-what-author-lacks')
    expect(changeWorker('boss', plain, { rights: [edits] })).toMatch(/^allowed/u)
    expect(changeWorker('ada', plain, { rights: ['crm.export'] })).toMatch(/^allowed/u)
  })

  it('[P15] a rep code, a filter, a mapped account', () => {
    expect(changeWorker('boss', plain, { accountsQueryType: 'rep', repCodes: ['B1'] })).toMatch(/^allowed/u)
    expect(changeWorker('boss', plain, { accountsQueryType: 'rep', repCodes: ['R1'] })).toBe(
      'denied grants-what-author-lacks',
    )
    expect(changeWorker('boss', plain, { accountsQueryType: 'all' })).toBe('denied grants-what-author-lacks')
    const mapped = { accountsQueryType: 'mapped', mappedAccounts: ['a1'] } as const
    const accountById = (code: string) => () => anAccount('a1', { repCodes: [code] })
    expect(changeWorker('boss', plain, mapped)).toBe('denied grants-what-author-lacks')
    expect(changeWorker('boss', plain, mapped, { accountById: accountById('ZZ') })).toMatch(/^denied/u)
    expect(changeWorker('boss', plain, mapped, { accountById: accountById('B1') })).toMatch(/^allowed/u)
  })

  it('[P15] a deny lifted, by ending a membership or by the group’s entry', () => {
    const strict = aGroup('strict', { features: { 'crm.export': 'deny' } })
    const held = aWorker('held', { in: ['strict'], rights: ['crm.export'] })
    const from = directoryOf([...people, held], [...groups, strict])
    expect(changeWorker('boss', held, { memberships: [] }, { before: from })).toBe(
      'denied grants-what-author-lacks',
    )
    expect(changeGroup('boss', strict, { features: new Map() }, from)).toBe('denied grants-what-author-lacks')
    expect(changeWorker('ada', held, { memberships: [] }, { before: from })).toMatch(/^allowed/u)
  })

  it('[P15] a group enabled, moved or re-typed', () => {
    const inClosed = aWorker('ink', { in: ['closed'] })
    const from = directoryOf([...people, inClosed], groups)
    expect(changeGroup('boss', closed, { enabled: true }, from)).toBe('denied grants-what-author-lacks')
    expect(changeGroup('boss', closed, { enabled: true })).toMatch(/^allowed/u)
    const giving = aGroup('giving', { features: { 'crm.export': 'allow' } })
    const under = directoryOf(people, [...groups, giving])
    expect(changeGroup('boss', team, { parentId: 'giving' }, under)).toBe('denied grants-what-author-lacks')
    expect(changeGroup('boss', team, { parentId: null })).toMatch(/^allowed/u)
    const client = aGroup('client', { type: 'client' })
    const capped = aWorker('cap', { in: ['client'], rights: ['settings.tax', 'crm.export'] })
    const caps = directoryOf([...people, capped], [...groups, client])
    expect(changeGroup('boss', client, { type: 'user' }, caps)).toMatch(/^allowed/u)
    const without = withWorker(caps, { ...boss, rights: ['settings.groups'] }, 1)
    expect(changeGroup('boss', client, { type: 'user' }, without)).toBe('denied grants-what-author-lacks')
  })

  it('[P15] a change of a group reaches the members of groups below it', () => {
    const top = shipped('organization')
    expect(changeGroup('boss', top, { features: features({ 'crm.export': 'allow' }) })).toBe(
      'denied grants-what-author-lacks',
    )
    expect(changeGroup('boss', top, { features: features({ [edits]: 'allow' }) })).toMatch(/^allowed/u)
  })

  it('[P15] [S3] a manager: a rep code of a report reaches the one above', () => {
    expect(changeWorker('boss', rhea, { managerId: 'max' })).toBe('denied grants-what-author-lacks')
    expect(changeWorker('boss', { ...rhea, repCodes: [] }, { managerId: 'max' })).toMatch(/^allowed/u)
    expect(changeWorker('boss', rhea, { managerId: 'plain' })).toMatch(/^allowed/u)
  })

  it('[P15] [S3] one’s own scope does not grow through a report', () => {
    const chief = { ...boss, userType: 'organization' } as const
    const from = withWorker(before, chief, 1)
    expect(changeWorker('boss', rhea, { managerId: 'boss' }, { before: from })).toBe(
      'denied grows-own-access',
    )
    expect(changeWorker('boss', rhea, { managerId: 'boss' })).toMatch(/^allowed/u)
  })

  it('[P15] a user type that widens, a cap that ends', () => {
    const lead = aWorker('lead', { userType: 'account_manager', accountsQueryType: 'rep', repCodes: ['B1'] })
    const from = directoryOf(
      [...people, lead, aWorker('sub', { managerId: 'lead', repCodes: ['S1'] })],
      groups,
    )
    expect(changeWorker('boss', lead, { userType: 'organization' }, { before: from })).toBe(
      'denied grants-what-author-lacks',
    )
    expect(changeWorker('boss', lead, { userType: 'partner_rep' }, { before: from })).toMatch(/^allowed/u)
  })

  it('[P15] [S12] [U-21] Check for Match that opens more: a switch, a user type, from who has it themself', () => {
    const off = { enforceMatchSecurity: false }
    expect(changeWorker('boss', rhea, off)).toBe('denied grants-what-author-lacks')
    expect(changeWorker('boss', rhea, { userType: 'global_user' })).toBe('denied grants-what-author-lacks')
    expect(changeWorker('ada', rhea, off)).toMatch(/^allowed/u)
    const free = withWorker(before, { ...boss, ...off }, 1)
    expect(changeWorker('boss', rhea, off, { before: free })).toMatch(/^allowed/u)
    expect(changeWorker('boss', { ...boss, ...off }, { enforceMatchSecurity: true }, { before: free })).toBe(
      'denied own-access',
    )
    // Who reaches every account gives nothing that they lack; who is restricted themself does.
    const wide = withWorker(before, { ...boss, accountsQueryType: 'all' }, 1)
    expect(changeWorker('boss', rhea, off, { before: wide })).toMatch(/^allowed/u)
    const fenced = withWorker(before, { ...boss, ...off, geographies: ['US'] }, 1)
    expect(changeWorker('boss', rhea, off, { before: fenced })).toBe('denied grants-what-author-lacks')
    // On again is never growth.
    const open = withWorker(before, { ...rhea, ...off }, 1)
    expect(
      changeWorker('boss', { ...rhea, ...off }, { enforceMatchSecurity: true }, { before: open }),
    ).toMatch(/^allowed/u)
    // And nobody takes over a login that reads more through it.
    expect(said(decideOverWorker(compile(open, 'boss', now), open, 'rhea', now))).toBe(
      'denied not-over-this-worker',
    )
  })

  it('[P15] validity and memberships that begin later are judged at that date', () => {
    const later = { rights: ['crm.export'], validFrom: now + day } as const
    expect(changeWorker('boss', plain, later)).toBe('denied grants-what-author-lacks')
    expect(changeWorker('boss', plain, { memberships: [member('sales-manager', now + day)] })).toBe(
      'denied grants-what-author-lacks',
    )
    expect(changeWorker('boss', plain, { memberships: [member('team', now + day)] })).toMatch(/^allowed/u)
    expect(changeWorker('boss', plain, { memberships: [member('sales-manager', null, now - 1)] })).toMatch(
      /^allowed/u,
    )
    const leaving = aWorker('out', { rights: ['crm.export'], validUntil: now + day })
    const from = directoryOf([...people, leaving], groups)
    expect(changeWorker('boss', leaving, { validUntil: now + 2 * day }, { before: from })).toBe(
      'denied grants-what-author-lacks',
    )
    expect(changeWorker('boss', leaving, { validUntil: now + 1 }, { before: from })).toMatch(/^allowed/u)
  })

  it('[P15] a restriction loosened gives what its author does not reach', () => {
    const narrow = aWorker('nar', { accountsQueryType: 'rep', repCodes: ['R1'], geographies: ['US/WA'] })
    const near = aWorker('near', { accountsQueryType: 'rep', repCodes: ['B1'], geographies: ['US/WA'] })
    const from = directoryOf([...people, narrow, near], groups)
    expect(changeWorker('boss', narrow, { geographies: ['US'] }, { before: from })).toBe(
      'denied grants-what-author-lacks',
    )
    expect(changeWorker('boss', near, { geographies: ['US'] }, { before: from })).toMatch(/^allowed/u)
    expect(changeWorker('boss', narrow, { geographies: ['US/WA/98'] }, { before: from })).toMatch(/^allowed/u)
    expect(changeWorker('boss', narrow, { geographies: ['none'] }, { before: from })).toMatch(/^allowed/u)
  })

  it('[P15] [S7] a geography that matches nothing stands above nothing', () => {
    for (const geography of ['US/WA/', 'US/', 'US/WA/98/1']) {
      const lost = aWorker('lost', { in: ['administrators'], geographies: [geography] })
      const narrow = aWorker('nar', { accountsQueryType: null, geographies: ['US/WA/98'] })
      const from = directoryOf([...people, lost, narrow], groups)
      expect(changeWorker('lost', narrow, { accountsQueryType: 'all' }, { before: from })).toBe(
        'denied grants-what-author-lacks',
      )
    }
  })

  it('[P15] a disabled worker is enabled only by who holds what they will hold', () => {
    const off = aWorker('off', { active: false, rights: ['crm.export'] })
    const from = directoryOf([...people, off], groups)
    expect(changeWorker('boss', off, { active: true }, { before: from })).toMatch(/^denied/u)
    expect(changeWorker('ada', off, { active: true }, { before: from })).toMatch(/^allowed/u)
  })

  it('[P15] one’s own access does not grow through one’s own group', () => {
    const own = aGroup('own', { features: {} })
    const from = directoryOf([ada, { ...boss, memberships: [member('own')] }], [...groups, own])
    expect(changeGroup('boss', own, { features: features({ 'crm.export': 'allow' }) }, from)).toBe(
      'denied grows-own-access',
    )
    expect(changeGroup('boss', own, { features: features({ 'product.view': 'deny' }) }, from)).toMatch(
      /^allowed/u,
    )
  })

  it('[P15] nor does what one holds today, and is to lose, become one’s own for ever', () => {
    const ends = aGroup('ends', { features: { 'crm.export': 'allow' } })
    const stays = aGroup('stays', { features: {} })
    const memberships = [member('ends', null, now + day), member('stays')]
    const from = directoryOf([ada, { ...boss, memberships }], [...groups, ends, stays])
    expect(changeGroup('boss', stays, { features: features({ 'crm.export': 'allow' }) }, from)).toBe(
      'denied grows-own-access',
    )
  })

  it('[P33] [R-08] a right that is registered anew grows nobody; one that somebody was given does, but of an administrator', () => {
    const catalogue = catalogueWith([{ id: 'X', workspace: 'settings', label: 'X' }])
    const register = (author: string, start: Directory) =>
      said(
        check(author, withCatalogue(start, catalogue, 2), [{ kind: 'settings', id: 'organization' }], {
          before: start,
        }),
      )
    expect(register('boss', before)).toMatch(/^allowed/u)
    const given = withWorker(before, { ...rhea, rights: [...rhea.rights, 'X'] }, 1)
    expect(register('boss', given)).toBe('denied grants-what-author-lacks')
    const allowing = withGroup(before, { ...team, features: features({ X: 'allow' }) }, 1)
    expect(register('boss', allowing)).toMatch(/^denied/u)
    expect(register('ada', given)).toMatch(/^allowed/u)
  })

  it('[P15] taking away is free', () => {
    expect(changeWorker('boss', rhea, { memberships: [], repCodes: [] })).toMatch(/^allowed/u)
    expect(changeGroup('boss', team, { enabled: false })).toMatch(/^allowed/u)
  })
})

describe('the Administrative group', () => {
  const administrators = shipped('administrators')

  it.each([
    ['disabled', { enabled: false }],
    ['given a parent', { parentId: 'organization' }],
    ['re-typed', { type: 'user' }],
  ] as const)('[P16] is never %s, not even by the operator', (_, fields) => {
    expect(changeGroup('operator', administrators, fields)).toMatch(/^denied/u)
    expect(changeGroup('ada', administrators, fields)).toMatch(/^denied/u)
  })

  it('[P16] [G-10] has no second one and no children', () => {
    expect(changeGroup('operator', aGroup('second'), { type: 'admin' })).toBe('denied administrative-group')
    expect(changeGroup('operator', team, { type: 'admin', parentId: null })).toBe(
      'denied administrative-group',
    )
    expect(changeGroup('operator', aGroup('child'), { parentId: 'administrators' })).toBe(
      'denied administrative-group',
    )
    expect(changeGroup('operator', aGroup('second'), {})).toMatch(/^allowed/u)
  })

  it('[P17] [G-11] only an unreduced member changes its features and its members', () => {
    const entry = { features: features({ 'crm.export': 'allow' }) }
    for (const author of ['boss', 'red']) {
      expect(changeGroup(author, administrators, entry)).toBe('denied administrative-group')
      expect(changeWorker(author, plain, { memberships: [member('administrators')] })).toBe(
        'denied administrative-group',
      )
      expect(changeWorker(author, ada, { memberships: [] })).toBe('denied administrative-group')
      expect(changeWorker(author, abe, { reductions: ['settings.tax'] })).toBe('denied administrative-group')
      expect(changeWorker(author, abe, { geographies: ['US'] })).toBe('denied administrative-group')
    }
    expect(changeGroup('ada', administrators, entry)).toMatch(/^allowed/u)
    expect(changeWorker('ada', plain, { memberships: [member('administrators')] })).toMatch(/^allowed/u)
    expect(changeWorker('ada', red, { reductions: [] })).toMatch(/^allowed/u)
  })

  it.each([
    ['leaves', { memberships: [] }],
    ['is disabled', { active: false }],
    ['gets an end date', { validUntil: now + day }],
    ['gets a membership with an end', { memberships: [member('administrators', null, now + day)] }],
    ['gets a membership that begins later', { memberships: [member('administrators', now + day)] }],
    ['is reduced', { reductions: ['settings.tax'] }],
    ['is restricted', { geographies: ['US'] }],
    ['is capped', { memberships: [member('administrators'), member('clients')] }],
  ] as const)('[P18] [B14] refused when the last lasting administrator %s', (_, fields) => {
    expect(changeWorker('operator', ada, fields)).toBe('denied last-administrator')
    const two = withWorker(before, aWorker('amy', { in: ['administrators'] }), 1)
    expect(changeWorker('operator', ada, fields, { before: two })).toMatch(/^allowed/u)
    expect(changeWorker('amy', ada, fields, { before: two })).toMatch(/^allowed/u)
  })

  it('[P18] a group re-typed under the last administrator’s feet', () => {
    const from = withWorker(before, { ...ada, memberships: [member('administrators'), member('closed')] }, 1)
    expect(changeGroup('operator', closed, { type: 'client' }, from)).toBe('denied last-administrator')
    expect(changeGroup('operator', closed, { type: 'client' })).toMatch(/^allowed/u)
  })

  it('[P18] an organisation without one yet can be set up', () => {
    const empty = directoryOf([], groups)
    expect(changeWorker('operator', plain, {}, { before: empty })).toMatch(/^allowed/u)
  })
})

describe('shape', () => {
  it('[P19] no cycle in groups', () => {
    expect(changeGroup('operator', shipped('organization'), { parentId: 'team' })).toBe('denied cycle')
    expect(changeGroup('operator', team, { parentId: 'team' })).toBe('denied cycle')
    expect(changeGroup('operator', team, { parentId: 'closed' })).toMatch(/^allowed/u)
  })

  it('[P19] no cycle in managers', () => {
    const from = withWorker(before, { ...rhea, managerId: 'max' }, 1)
    expect(changeWorker('operator', max, { managerId: 'rhea' }, { before: from })).toBe('denied cycle')
    expect(changeWorker('operator', max, { managerId: 'max' }, { before: from })).toBe('denied cycle')
    expect(changeWorker('operator', max, { managerId: 'plain' }, { before: from })).toMatch(/^allowed/u)
  })

  it('[P19] no cycle in accounts', () => {
    const parents: Readonly<Record<string, string>> = { b: 'a', c: 'b' }
    const parentOf = (id: string) => parents[id] ?? null
    expect(checkAccountParent('a', 'c', parentOf)?.code).toBe('cycle')
    expect(checkAccountParent('a', 'a', parentOf)?.code).toBe('cycle')
    expect(checkAccountParent('c', 'a', parentOf)).toBeNull()
    expect(checkAccountParent('b', null, parentOf)).toBeNull()
  })

  it('[P20] a child has its parent’s type, below organization user', () => {
    expect(changeGroup('operator', aGroup('x', { type: 'client' }), { parentId: 'organization' })).toBe(
      'denied type-of-parent',
    )
    expect(changeGroup('operator', shipped('clients'), { parentId: 'organization' })).toBe(
      'denied type-of-parent',
    )
    expect(changeGroup('operator', shipped('organization'), { type: 'client' })).toBe('denied type-of-parent')
    expect(changeGroup('operator', aGroup('x', { type: 'client' }), { parentId: 'clients' })).toMatch(
      /^allowed/u,
    )
    const parent = directoryOf(people, [...groups, aGroup('p'), aGroup('q', { parentId: 'p' })])
    expect(changeGroup('operator', aGroup('p'), { type: 'client' }, parent)).toBe('denied type-of-parent')
  })

  it('[P21] managers, parents and groups exist', () => {
    expect(changeWorker('operator', plain, { managerId: 'nobody' })).toBe('denied parent-not-found')
    expect(changeWorker('operator', plain, { memberships: [member('nowhere')] })).toBe(
      'denied parent-not-found',
    )
    expect(changeGroup('operator', team, { parentId: 'nowhere' })).toBe('denied parent-not-found')
  })
})

describe('denied above', () => {
  const top = {
    ...shipped('organization'),
    features: features({ 'crm.export': 'deny', 'workspace.help': 'deny' }),
  }
  const from = directoryOf(
    [ada, { ...boss, rights: [...boss.rights, 'crm.export'] }, rhea],
    [...groups.filter(({ id }) => id !== 'organization'), top, aGroup('sub', { parentId: 'team' })],
  )
  const sub = from.groups.get('sub') as Group

  it('[P8] [G-17] nobody but a full administrator writes an allow below a deny', () => {
    const allow = { features: features({ 'crm.export': 'allow' }) }
    const decision = check('boss', withGroup(from, { ...sub, ...allow }, 2), [{ kind: 'group', id: 'sub' }], {
      before: from,
    })
    expect(said(decision)).toBe('denied denied-above')
    expect(decision.reasons[0]?.groups?.map(({ id }) => id)).toEqual(['sub', 'team', 'organization'])
    expect(changeGroup('ada', sub, allow, from)).toMatch(/^allowed/u)
    expect(changeGroup('boss', sub, { features: features({ [edits]: 'allow' }) }, from)).toMatch(/^allowed/u)
    expect(changeGroup('boss', sub, { features: features({ 'crm.export': 'deny' }) }, from)).toMatch(
      /^allowed/u,
    )
  })

  it('[P8] a whole workspace, and a feature of a workspace denied above', () => {
    for (const entry of ['workspace.help', 'help.read']) {
      expect(changeGroup('boss', sub, { features: features({ [entry]: 'allow' }) }, from)).toBe(
        'denied denied-above',
      )
    }
  })
})

describe('over this worker', () => {
  const fields = (id: string, field: string) => [{ kind: 'worker', id, fields: [field] }] as const

  it('[P15] an e-mail address is changed only by who holds all that the worker holds', () => {
    const over = (author: Author, id: string) => said(check(author, before, fields(id, 'email')))
    expect(over('boss', 'plain')).toMatch(/^allowed/u)
    expect(over('boss', 'rhea')).toBe('denied not-over-this-worker')
    expect(over('boss', 'ada')).toBe('denied not-over-this-worker')
    expect(over('ada', 'boss')).toMatch(/^allowed/u)
    expect(over('boss', 'boss')).toMatch(/^allowed/u)
    expect(said(check('boss', before, fields('rhea', 'phone')))).toMatch(/^allowed/u)
  })

  it('[P15] so is the username, and disabling', () => {
    expect(changeWorker('boss', rhea, { username: 'new' })).toBe('denied not-over-this-worker')
    expect(changeWorker('boss', rhea, { active: false })).toBe('denied not-over-this-worker')
    expect(changeWorker('boss', plain, { active: false, username: 'new' })).toMatch(/^allowed/u)
  })

  it('[P15] a disabled login is judged by what it will hold when enabled, at any date', () => {
    const off = aWorker('off', { active: false, rights: ['crm.export'] })
    const later = aWorker('later', { memberships: [member('administrators', now + day)] })
    const from = directoryOf([...people, off, later], groups)
    for (const id of ['off', 'later']) {
      expect(said(decideOverWorker(compile(from, 'boss', now), from, id, now))).toBe(
        'denied not-over-this-worker',
      )
      expect(decideOverWorker(compile(from, 'ada', now), from, id, now).outcome).toBe('allowed')
    }
  })
})
