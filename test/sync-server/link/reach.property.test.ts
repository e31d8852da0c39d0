/** Reaches as sets: what is sent and what leaves adds up to the reach that is now (GATE 23). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Kind, kinds } from '../../../core/records/kind-spec.ts'
import { createAudience } from '../../../sync-server/link/audience.ts'
import { differenceTo, holds, inTransition, withoutLost } from '../../../sync-server/link/device-scope.ts'
import {
  intersection,
  type ReachByKind,
  type Scope,
  union,
  without,
} from '../../../sync-server/link/reach.ts'

const keyNames = ['rep:1', 'rep:2', 'rep:3', 'account:a', 'owner:x']

const reachOf = fc.oneof(
  fc.constant({ type: 'everything' as const }),
  fc
    .subarray(keyNames, { minLength: 1 })
    .map((keys) => ({ type: 'keys' as const, keys: [...keys].sort() as readonly string[] })),
)
const reach: fc.Arbitrary<ReachByKind> = fc
  .array(fc.tuple(fc.constantFrom(...kinds), reachOf), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries) as ReachByKind)
const scope: fc.Arbitrary<Scope> = fc.record({ reach, restrictions: fc.constantFrom('none', 'US') })

function has(some: ReachByKind, kind: Kind, key: string): boolean {
  const one = some[kind]
  return one !== undefined && (one.type === 'everything' || one.keys.includes(key))
}

/** Every question that can be asked of reaches: kind by key, and one key that nobody names. */
const questions = kinds.flatMap((kind) => [...keyNames, 'rep:other'].map((key) => [kind, key] as const))

describe('reaches', () => {
  it('union and intersection are those of sets; without leaves out nothing that it should name', () => {
    fc.assert(
      fc.property(reach, reach, (one, other) => {
        for (const [kind, key] of questions) {
          const [inOne, inOther] = [has(one, kind, key), has(other, kind, key)]
          expect(has(union(one, other), kind, key)).toBe(inOne || inOther)
          expect(has(intersection(one, other), kind, key)).toBe(inOne && inOther)
          if (inOne && !inOther) expect(has(without(one, other), kind, key)).toBe(true)
          if (!inOne) expect(has(without(one, other), kind, key)).toBe(false)
        }
      }),
    )
  })

  it('whatever changes follow each other half done, nothing that may be there is forgotten and nothing missing is taken for held', () => {
    fc.assert(
      fc.property(
        scope,
        fc.array(fc.tuple(scope, fc.boolean(), fc.boolean()), { maxLength: 5 }),
        (first, changes) => {
          let known = holds(first)
          // The device itself, key by key: what it has all of, and what it has something of.
          let all = first
          let some = first.reach
          for (const [now, lostIsDone, gainedIsDone] of changes) {
            const { lost, gained } = differenceTo(known, now)
            const isSame = all.restrictions === now.restrictions
            known = inTransition(known, now)
            all = { reach: isSame ? intersection(all.reach, now.reach) : {}, restrictions: now.restrictions }
            some = union(some, now.reach)
            for (const [kind, key] of questions) {
              if (has(some, kind, key) && !has(now.reach, kind, key)) expect(has(lost, kind, key)).toBe(true)
              if (has(now.reach, kind, key) && !has(all.reach, kind, key))
                expect(has(gained, kind, key)).toBe(true)
            }
            if (!lostIsDone) continue
            known = withoutLost(known, now)
            some = now.reach
            if (!gainedIsDone) continue
            known = holds(now)
            all = now
          }
          for (const [kind, key] of questions) {
            if (has(some, kind, key)) expect(has(union(known.held.reach, known.maybe), kind, key)).toBe(true)
            if (has(known.held.reach, kind, key)) expect(has(all.reach, kind, key)).toBe(true)
          }
        },
      ),
    )
  })
})

describe('the audience of a commit', () => {
  it('is every link whose reach it meets, and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), reach), { maxLength: 12 }), (steps) => {
        const audience = createAudience<number>()
        const reaches = new Map<number, ReachByKind>()
        for (const [link, one] of steps) {
          if (Object.keys(one).length === 0) {
            audience.remove(link)
            reaches.delete(link)
          } else {
            audience.set(link, one)
            reaches.set(link, one)
          }
        }
        for (const [kind, key] of questions) {
          const expected = [...reaches].flatMap(([link, one]) => (has(one, kind, key) ? [link] : [])).sort()
          expect([...audience.of(kind, [key])].sort()).toEqual(expected)
        }
      }),
    )
  })
})
