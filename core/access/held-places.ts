/** What one worker holds, by place in the catalogue, for all features together and without reasons: P2, P3, P7 to P10. */
import type { FeatureId } from '../catalogue/features.ts'
import type { FeatureTables, Implying } from './feature-tables.ts'
import type { GroupWord } from './group-entries.ts'
import { addPlace, addPlaces, emptyPlaces, hasPlace, type PlaceSet, removePlaces } from './place-set.ts'
import type { TypeCap } from './type-caps.ts'
import type { Reason } from './types.ts'

/** All that decides what one worker holds. */
export interface Rules {
  readonly tables: FeatureTables
  /** Of the groups of live memberships, in the order of their ids. */
  readonly words: readonly GroupWord[]
  readonly direct: readonly FeatureId[]
  readonly caps: readonly TypeCap[]
  /** What nearly gave a feature, by place: for explanations only, and looked up for them only. */
  readonly nearMisses: () => ReadonlyMap<number, readonly Reason[]>
}

/** What `found` is told: a feature that is held because of another. */
export type Found = (place: number, holder: Implying) => void

/** Base, direct rights and groups, less denies, and what all of it implies: everything but caps (P2, P3, P7 to P10). */
export function heldPlaces({ tables, words, direct }: Rules, found?: Found): PlaceSet {
  const held = [...tables.base]
  const taken = emptyPlaces(tables.places.size)
  for (const id of direct) {
    const place = tables.places.get(id)
    if (place !== undefined) addPlace(held, place)
  }
  for (const { allows, denies } of words) {
    addPlaces(held, allows.places)
    addPlaces(taken, denies.places)
  }
  removePlaces(held, taken)
  addImplied(tables, held, taken, found)
  return held
}

/** Adds what is implied by what is held, transitively, each unless denied itself (P10). */
function addImplied(tables: FeatureTables, held: number[], taken: PlaceSet, found?: Found): void {
  const queue = tables.implying.filter(({ place }) => hasPlace(held, place))
  for (const holder of queue) {
    for (const next of holder.implies) {
      if (hasPlace(held, next.place) || hasPlace(taken, next.place)) continue
      addPlace(held, next.place)
      found?.(next.place, holder)
      queue.push(next)
    }
  }
}
