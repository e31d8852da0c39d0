/** A map over a map says what a plain one would, in the same order; what it was made from never changes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withEntries } from '../../../core/access/layered-map.ts'

test('however many entries are changed, it is the plain map with them', () => {
  const key = fc.integer({ min: 0, max: 3_000 })
  const sizes = fc.constantFrom(0, 1_000, 2_000)
  fc.assert(
    fc.property(sizes, fc.array(key, { maxLength: 700 }), (size, keys) => {
      const start = new Map(Array.from({ length: size }, (_, index) => [index, -1]))
      const plain = new Map(start)
      let map: ReadonlyMap<number, number> = start
      for (const [step, changed] of keys.entries()) {
        const before = map
        const was = before.get(changed)
        map = withEntries(before, new Map([[changed, step]]))
        plain.set(changed, step)
        expect([before.get(changed), map.get(changed)]).toEqual([was, step])
      }
      expect([...map]).toEqual([...plain])
      expect([...map.keys()]).toEqual([...plain.keys()])
      expect([...map.values()]).toEqual([...plain.values()])
      expect(map.size).toBe(plain.size)
      expect(map.has(3_001)).toBe(false)
      const visited: [number, number][] = []
      map.forEach((value, at) => visited.push([at, value]))
      expect(visited).toEqual([...plain])
    }),
    { numRuns: 40 },
  )
})
