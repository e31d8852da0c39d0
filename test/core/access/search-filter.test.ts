import { describe, expect, it } from 'vitest'
import { checkChange } from '../../../core/access/check-change.ts'
import { decide } from '../../../core/access/decide.ts'
import { withWorker } from '../../../core/access/directory.ts'
import { explain } from '../../../core/access/explain.ts'
import { workerFromRow } from '../../../core/access/from-rows.ts'
import { compile, principalFromJson, principalToJson, scopeHash } from '../../../core/access/principal.ts'
import { searchFilterOf, searchReason, withSearchReason } from '../../../core/access/search-filter.ts'
import { isAllowed } from '../../../core/access/types.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { validateValue } from '../../../core/records/validate.ts'
import {
  aTarget,
  aWorker,
  anAccount,
  directoryOf,
  hangingOn,
  now,
  principalOf,
  said,
} from './organisation.ts'

const north = anAccount('north', {
  territory: 'North  West',
  zip: '98011',
  state: 'WA',
  repCodes: ['275', '007'],
})
const south = anAccount('south', { territory: 'South', zip: '70112', state: 'LA', ownerId: 'w-rhea' })
const passing = (...filter: string[]) => [north, south].filter(searchFilterOf(filter)).map(({ id }) => id)

describe('the search filter', () => {
  it('[S11] an empty one lets everything pass, entries of one field are alternatives, different fields all hold', () => {
    expect(passing()).toEqual(['north', 'south'])
    expect(passing('state=WA')).toEqual(['north'])
    expect(passing('state=WA', 'state=LA')).toEqual(['north', 'south'])
    expect(passing('state=WA', 'state=LA', 'zip=7')).toEqual(['south'])
    expect(passing('state=WA', 'zip=7')).toEqual([])
  })

  it('[S11] case and blanks are folded; a zip is its beginning; a rep code is one of several', () => {
    expect(passing(' Territory = north west ')).toEqual(['north'])
    expect(passing('zip=980')).toEqual(['north'])
    expect(passing('zip=80')).toEqual([])
    expect(passing('repCodes=007')).toEqual(['north'])
    expect(passing('rep code=7')).toEqual([])
    expect(passing('owner=w-rhea')).toEqual(['south'])
  })

  it.each(['', 'state', 'state=', '=WA', 'phone=1', 'notes=x'])(
    '[S11] an entry that cannot be read (%j) lets nothing pass, and is not accepted in the first place',
    (entry) => {
      expect(passing('state=WA', entry)).toEqual([])
      const field = kindSpecs.worker.fields['searchFilter']
      expect(field && validateValue(field, [entry], shippedCatalogue).ok).toBe(false)
      expect(field && validateValue(field, ['state=WA'], shippedCatalogue).ok).toBe(true)
    },
  )

  it('[S11] damage hides everything and takes away nothing', () => {
    const row = { id: 'rhea', kind: 'worker', seq: 1, username: 'rhea', active: true } as const
    const damaged = workerFromRow({ ...row, searchFilter: { odd: true } })
    expect(damaged.active).toBe(true)
    expect([north].filter(searchFilterOf(damaged.searchFilter))).toEqual([])
  })

  const rhea = aWorker('rhea', { in: ['sales-rep'], accountsQueryType: 'all', searchFilter: ['state=WA'] })

  it('[S11] it is in no scope: the record is seen, the scope hash is the same, the label says it is no boundary', () => {
    const filtered = principalOf(rhea)
    const free = principalOf({ ...rhea, searchFilter: [] })
    expect(decide(filtered, 'view', aTarget(south))).toEqual(decide(free, 'view', aTarget(south)))
    expect(scopeHash(filtered)).toBe(scopeHash(free))
    expect(kindSpecs.worker.fields['searchFilter']?.label).toContain('not a security boundary')
  })

  it('[S11] [U-a] an explanation says: hidden from search only', () => {
    const principal = principalOf(rhea)
    expect(searchReason(principal, aTarget(north))).toBeNull()
    expect(searchReason(principal, hangingOn(south))?.code).toBe('hidden-from-search')
    expect(searchReason(principal, aTarget({ id: 'ada', kind: 'worker', seq: 1 }))).toBeNull()
    const decision = withSearchReason(decide(principal, 'view', aTarget(south)), principal, aTarget(south))
    expect(isAllowed(decision)).toBe(true)
    const { sentence, chain } = explain(decision, {
      catalogue: shippedCatalogue,
      action: 'view',
      kind: 'Account',
      title: 'South',
    })
    expect(sentence).toMatch(/^You may see the account South: .*It is hidden from search only\.$/)
    expect(chain.at(-1)).toMatch(/^Hidden from search only: .*\[S11\]$/)
    // What may not be seen is not said to be hidden.
    const outside = decide(principalOf(aWorker('eve')), 'view', aTarget(south))
    expect(withSearchReason(outside, principal, aTarget(south))).toBe(outside)
  })

  it('[U-13] with a restriction a search shows what passes both', () => {
    const both = principalOf({ ...rhea, searchFilter: ['zip=9', 'zip=7'], geographies: ['US/WA'] })
    const shown = [north, south]
      .map((row) => ({ ...row, country: 'US' }))
      .filter((row) => isAllowed(decide(both, 'view', aTarget(row))))
      .filter(searchFilterOf(both.searchFilter))
    expect(shown.map(({ id }) => id)).toEqual(['north'])
  })

  it('goes with the principal, and a principal stored before there was one has none', () => {
    const json = principalToJson(principalOf(rhea))
    expect(principalFromJson(json)?.searchFilter).toEqual(['state=WA'])
    const { searchFilter: _, ...old } = json
    expect(principalFromJson(old)?.searchFilter).toEqual([])
  })

  it('[P14] [P15] nobody changes their own; loosening another’s gives no scope and is no growth', () => {
    const boss = aWorker('boss', { rights: ['settings.workers'], searchFilter: ['state=LA'] })
    const before = directoryOf([rhea, boss, aWorker('ada', { in: ['administrators'] })])
    const change = (id: 'rhea' | 'boss') => {
      const worker = before.workers.get(id) ?? rhea
      return checkChange({
        before,
        after: withWorker(before, { ...worker, searchFilter: [] }, 2),
        author: compile(before, 'boss', now),
        now,
        changed: [{ kind: 'worker', id, fields: ['searchFilter'] }],
      })
    }
    expect(said(change('boss'))).toBe('denied own-access')
    expect(change('rhea').outcome).toBe('allowed')
  })
})
