import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addPlace,
  addPlaces,
  emptyPlaces,
  hasPlace,
  placesIn,
  removePlaces,
} from '../../../core/access/place-set.ts'

const SIZE = 100
const places = fc.array(fc.nat(SIZE - 1))

describe('a set of places', () => {
  it('joins and subtracts as a set of numbers does, beyond thirty too', () => {
    fc.assert(
      fc.property(places, places, places, fc.nat(SIZE - 1), (first, more, less, one) => {
        const set = emptyPlaces(SIZE)
        addPlaces(set, placesIn(SIZE, first))
        addPlaces(set, placesIn(SIZE, more))
        removePlaces(set, placesIn(SIZE, less))
        addPlace(set, one)
        const expected = new Set([...first, ...more]).difference(new Set(less)).add(one)
        for (let place = 0; place < SIZE; place++) expect(hasPlace(set, place)).toBe(expected.has(place))
      }),
    )
  })
})
