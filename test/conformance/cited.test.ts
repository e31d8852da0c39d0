/**
 * Nothing that was promised stands without a test: every rule of core/SPEC.md, and every requirement about workers,
 * rights, groups and user types, is cited by a test's title or a case.
 */
import { describe, expect, it } from 'vitest'
import { citedIn, citedInTests, idsBetween, rulesOfTheSpec } from './citations.ts'
import { readCaseFiles } from './case-files.ts'

/** Rules about something that no kind of record has yet. They leave this list with the first that has it. */
const notThereYet: Readonly<Record<string, string>> = {
  P23: 'no kind declares entries that are append-only',
}

/** Requirements whose tests speak by rule: the search filter (S11), Check for Match (S12, S13). */
const citedElsewhere: Readonly<Record<string, string>> = {
  'U-12': 'test/core/access/search-filter.test.ts',
  'U-13': 'test/core/access/search-filter.test.ts',
  'U-14': 'test/core/access/search-filter.test.ts',
  'U-20': 'test/core/match/*.test.ts',
  'U-21': 'test/core/match/*.test.ts',
  'U-22': 'test/core/match/*.test.ts',
}

const neitherRightsNorScope: Readonly<Record<string, string>> = {
  'W-10': 'what a field is called on screen',
  'W-15': 'that a section of a screen has a help link',
  'G-03': 'what an incoming lead sets off; there are no leads yet',
  'G-04': 'how leads are dealt out; there are no leads yet',
}

const requirements = [
  ...idsBetween('W', 6, 19),
  ...idsBetween('R', 6, 28),
  ...idsBetween('G', 2, 17),
  ...idsBetween('U', 1, 23),
]

const cited = citedInTests()
const rules = rulesOfTheSpec()

describe('the rules of core/SPEC.md', () => {
  it('are read, each once', () => {
    expect(rules).toEqual(expect.arrayContaining(['P1', 'S1', 'D1', 'L1']))
    expect(new Set(rules).size).toBe(rules.length)
  })

  it('are each cited by a test or a case', () => {
    expect(rules.filter((rule) => !cited.has(rule) && !(rule in notThereYet))).toEqual([])
  })

  it('are not kept waiting once they are cited', () => {
    expect(Object.keys(notThereYet).filter((rule) => cited.has(rule) || !rules.includes(rule))).toEqual([])
  })

  it('are the only rules that cases cite', () => {
    const inCases = readCaseFiles().flatMap(({ cases }) => cases.flatMap(({ proves }) => proves))
    expect(inCases.filter((id) => /^[PSDL]\d/u.test(id) && !rules.includes(id))).toEqual([])
  })
})

describe('requirements', () => {
  it('about rights or scope are each cited by a test or a case', () => {
    const excused = { ...citedElsewhere, ...neitherRightsNorScope }
    expect(requirements.filter((id) => !cited.has(id) && !(id in excused))).toEqual([])
  })

  it('that speak of neither are not excused once they are cited', () => {
    expect(Object.keys(neitherRightsNorScope).filter((id) => cited.has(id))).toEqual([])
  })
})

describe('a citation', () => {
  it('stands in brackets where a title begins', () => {
    expect(citedIn("test('[P2, R-06] a deny beats an allow', …)")).toEqual(['P2', 'R-06'])
    expect(citedIn('it(`[S9] [GATE 1] hidden and missing`, …)')).toEqual(['S9'])
    expect(citedIn("it('[R-13..R-15] the rights', …)")).toEqual(['R-13', 'R-14', 'R-15', 'R-13', 'R-15'])
    expect(citedIn('// P2 is only spoken of, const list = [P2]')).toEqual([])
  })
})
