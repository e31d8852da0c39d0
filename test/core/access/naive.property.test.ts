import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, decideView } from '../../../core/access/decide.ts'
import { compile } from '../../../core/access/principal.ts'
import { readScope } from '../../../core/access/read-scope.ts'
import { restrictedBy } from '../../../core/access/restrictions.ts'
import { holdsRight } from '../../../core/access/rights-table.ts'
import { recordKeys } from '../../../core/access/scope.ts'
import { isAllowed, type Principal, type Target } from '../../../core/access/types.ts'
import { who } from '../../../core/access/who.ts'
import { type Kind, kinds, type Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { accounts, anInstant, featureIds, now, organisation } from './arbitraries.ts'
import { NaiveEvaluator } from './naive-evaluator.ts'
import { aTarget, hangingOn } from './organisation.ts'
import { beginRuns, comparisons, laws } from './runs.ts'

beginRuns('reads')

describe('the engine and the naive evaluator', () => {
  it('[P1] [P2] [P7] [P8] [P10] [P12] agree on every feature of every worker', () => {
    let held = 0
    fc.assert(
      fc.property(organisation, anInstant, (directory, at) => {
        const naive = new NaiveEvaluator(directory)
        for (const id of directory.workers.keys()) {
          const { rights } = compile(directory, id, at)
          const engine = [...rights].filter(([, right]) => isAllowed(right)).map(([feature]) => feature)
          expect([id, ...engine]).toEqual([
            id,
            ...featureIds.filter((feature) => naive.holds(id, feature, at)),
          ])
          // What is held is worked out apart from its reasons.
          expect(featureIds.filter((feature) => holdsRight(rights, feature))).toEqual(engine)
          held += engine.length
        }
      }),
      comparisons(250),
    )
    // The organisations are worth comparing: rights are held in them.
    expect(held).toBeGreaterThan(1_000)
  })

  it('[S2] [S3] [S4] [S5] [S7] agree on every account and what hangs on it', () => {
    let seen = 0
    fc.assert(
      fc.property(organisation, accounts, anInstant, (directory, rows, at) => {
        const naive = new NaiveEvaluator(directory)
        for (const id of directory.workers.keys()) {
          const principal = compile(directory, id, at)
          for (const row of rows) {
            const sees = naive.sees(id, row, at)
            expect(isAllowed(decide(principal, 'view', aTarget(row)))).toBe(sees)
            expect(isAllowed(decide(principal, 'view', hangingOn(row, 'address')))).toBe(sees)
            if (sees) seen++
          }
        }
      }),
      comparisons(250),
    )
    expect(seen).toBeGreaterThan(300)
  })
})

/** Reading as an index does it: keys first, then restrictions on what they bring. */
function isFound(principal: Principal, { kind, row, account = null }: Target): boolean {
  const scope = readScope(principal, kind)
  if (row === null || scope.type === 'nothing') return false
  const spec = kindSpecs[kind]
  if (scope.type === 'keys' && !recordKeys(spec, row, account).some((key) => scope.keys.has(key)))
    return false
  const attributes = kind === 'account' ? row : account
  return (
    spec.scope === 'self' ||
    (attributes !== null && restrictedBy(principal.restrictions, attributes) === null)
  )
}

describe('the index form of reading', () => {
  it.each(kinds)('[S10] finds exactly the %s records that may be viewed', (kind) => {
    fc.assert(
      fc.property(organisation, accounts, anInstant, (directory, rows, at) => {
        const targets = targetsOf(kind, rows, [
          ...directory.workers.keys(),
          ...directory.groups.keys(),
          'gone',
        ])
        for (const id of directory.workers.keys()) {
          const principal = compile(directory, id, at)
          for (const target of targets) {
            // A desk is one's own before it exists; no index can find it then.
            expect(isFound(principal, target)).toBe(isAllowed(decideView(principal, target)))
          }
        }
      }),
      laws(100),
    )
  })

  function targetsOf(kind: Kind, rows: readonly Row[], ids: readonly string[]): readonly Target[] {
    if (kind === 'account') return rows.map(aTarget)
    if (kind === 'contact' || kind === 'address') return rows.map((row) => hangingOn(row, kind))
    return ids.map((id) => ({ kind, id, row: { id, kind, seq: 1 } }))
  }

  it('[S4] who can is everyone whose decision allows it, and nobody else', () => {
    fc.assert(
      fc.property(organisation, accounts, (directory, rows) => {
        const naive = new NaiveEvaluator(directory)
        for (const row of rows) {
          const found = who(directory, 'view', aTarget(row), now).map(({ workerId }) => workerId)
          expect(found.sort()).toEqual(
            [...directory.workers.keys()].filter((id) => naive.sees(id, row, now)).sort(),
          )
        }
      }),
      comparisons(100),
    )
  })
})
