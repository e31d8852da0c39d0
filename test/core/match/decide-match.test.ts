import { describe, expect, it } from 'vitest'
import { decide } from '../../../core/access/decide.ts'
import { compile } from '../../../core/access/principal.ts'
import { readScope } from '../../../core/access/read-scope.ts'
import type { Worker } from '../../../core/access/types.ts'
import { decideMatch } from '../../../core/match/decide-match.ts'
import { decideThroughMatch } from '../../../core/match/decide-through-match.ts'
import { matchItem, ownerName } from '../../../core/match/match-item.ts'
import { matchKey } from '../../../core/match/match-keys.ts'
import {
  aTarget,
  aWorker,
  anAccount,
  directoryOf,
  hangingOn,
  now,
  principalOf,
  said,
} from '../access/organisation.ts'

const mine = anAccount('mine', { repCodes: ['275'], country: 'US' })
const theirs = anAccount('theirs', {
  repCodes: ['276'],
  country: 'US',
  phone: '555',
  aId: 'A-9',
  state: 'WA',
})

const finder = (given: Partial<Worker>) =>
  principalOf(aWorker('rhea', { in: ['sales-rep'], accountsQueryType: 'rep', repCodes: ['275'], ...given }))
const found = (given: Partial<Worker>) =>
  [mine, theirs].map((account) => decideMatch(finder(given), account).type)

describe('Check for Match: the truth table', () => {
  it.each(['account_manager', 'partner_rep'] as const)(
    '[U-22] row 1: %s, enforced: all matches, a link to what is assigned, plain text for the rest',
    (userType) => expect(found({ userType, enforceMatchSecurity: true })).toEqual(['link', 'card']),
  )

  it.each(['account_manager', 'partner_rep', 'organization', 'partner', null] as const)(
    '[U-22] row 2: %s, not enforced: links to all, and all can be opened',
    (userType) => {
      expect(found({ userType, enforceMatchSecurity: false })).toEqual(['link', 'link'])
      const principal = finder({ userType, enforceMatchSecurity: false })
      expect(said(decideThroughMatch(principal, aTarget(theirs)))).toBe('allowed through-match')
    },
  )

  it.each([
    [3, 'administrator', true],
    [4, 'administrator', false],
    [5, 'global_user', true],
    [6, 'global_user', false],
  ] as const)(
    '[U-22] [U-23] row %i: in the place of a rep, by type %s, enforced %s: links to all',
    (_, userType, enforceMatchSecurity) =>
      // A manager and rep codes are the place; the type decides.
      expect(found({ userType, enforceMatchSecurity, managerId: 'max' })).toEqual(['link', 'link']),
  )

  it('[U-e] organization and partner, enforced: a link to what those below them are assigned', () => {
    const lead = aWorker('lead', { in: ['sales-rep'], accountsQueryType: 'rep', userType: 'organization' })
    const directory = directoryOf([lead, aWorker('below', { managerId: 'lead', repCodes: ['276'] })])
    const principal = compile(directory, 'lead', now)
    expect([mine, theirs].map((account) => decideMatch(principal, account).type)).toEqual(['card', 'link'])
  })

  it('[S12] who holds no Check for Match, or is not live, gets nothing', () => {
    expect(found({ active: false, enforceMatchSecurity: false })).toEqual(['nothing', 'nothing'])
    const capped = principalOf(aWorker('aff', { in: ['affiliates'], enforceMatchSecurity: false }))
    expect(decideMatch(capped, mine).type).toBe('nothing')
  })

  it('[S7] [S12] what a restriction takes out is a card, whatever is enforced', () => {
    const fenced = { enforceMatchSecurity: false, geographies: ['CA'] }
    expect(found(fenced)).toEqual(['card', 'card'])
    expect(said(decideThroughMatch(finder(fenced), aTarget(theirs)))).toBe('denied not-found-or-out-of-scope')
  })
})

describe('what a match shows', () => {
  const about = { city: 'Seattle', owner: 'Eve Evans' }

  it('[U-b] [S12] a card holds name, town and owner, and nothing else', () => {
    expect(matchItem(finder({}), theirs, about)).toEqual({
      type: 'card',
      name: 'theirs',
      town: 'Seattle, WA',
      owner: 'Eve Evans',
    })
    expect(matchItem(finder({}), mine, { city: null, owner: null })).toEqual({
      type: 'link',
      id: 'mine',
      name: 'mine',
      town: null,
      owner: null,
    })
    expect(matchItem(principalOf(aWorker('eve', { active: false })), mine, about)).toBeNull()
  })

  it('names the owner, else somebody with its rep code, who still works here if there is one', () => {
    const directory = directoryOf([
      aWorker('zoe', { repCodes: [' 276 '] }),
      aWorker('bob', { repCodes: ['276'], active: false }),
      aWorker('eve', {}),
    ])
    expect(ownerName(directory, anAccount('a', { ownerId: 'eve', repCodes: ['276'] }))).toBe('Eve')
    expect(ownerName(directory, anAccount('a', { repCodes: ['276'] }))).toBe('Zoe')
    expect(ownerName(directory, anAccount('a', { ownerId: 'gone', repCodes: ['', '9'] }))).toBeNull()
  })

  it('finds by the words of a name in any order, by an address, by digits', () => {
    expect(matchKey('name', 'Zürich Räder, AG')).toBe(matchKey('name', 'ag zurich  RADER'))
    expect(matchKey('name', 'Bike World')).not.toBe(matchKey('name', 'Bike Worlds'))
    expect(matchKey('email', ' Cora@Oak.example ')).toBe('cora@oak.example')
    expect(matchKey('phone', '(555) 01-00')).toBe('5550100')
    expect(matchKey('phone', null)).toBe('')
  })
})

describe('access through a match', () => {
  const principal = finder({ enforceMatchSecurity: false })

  it('[S13] is a view of the account row and of nothing that hangs on it; no other decision knows of it', () => {
    expect(said(decideThroughMatch(principal, aTarget(theirs)))).toBe('allowed through-match')
    expect(said(decideThroughMatch(principal, hangingOn(theirs)))).toBe('denied not-found-or-out-of-scope')
    expect(said(decideThroughMatch(principal, { kind: 'account', id: 'gone', row: null }))).toBe(
      'denied not-found-or-out-of-scope',
    )
    for (const action of ['view', 'edit', 'export'] as const)
      expect(decide(principal, action, aTarget(theirs)).outcome).toBe('denied')
    const scope = readScope(principal, 'account')
    expect(scope.type === 'keys' && [...scope.keys]).toEqual(['rep:275'])
  })

  it('[S13] needs Check for Match, accounts and a live login', () => {
    const group = (features: Record<string, 'deny'>) => ({
      id: 'g',
      code: 'g',
      name: 'g',
      type: 'user' as const,
      parentId: null,
      enabled: true,
      features: new Map(Object.entries(features)),
    })
    for (const feature of ['crm.match', 'crm.accounts.view']) {
      const without = principalOf(aWorker('eve', { in: ['g'], enforceMatchSecurity: false }), [
        group({ [feature]: 'deny' }),
      ])
      expect(said(decideThroughMatch(without, aTarget(theirs)))).toBe('denied denied-by-group')
    }
    expect(
      said(decideThroughMatch(finder({ active: false, enforceMatchSecurity: false }), aTarget(theirs))),
    ).toBe('denied worker-inactive')
    expect(said(decideThroughMatch(finder({}), aTarget(theirs)))).toBe('denied not-found-or-out-of-scope')
  })
})
