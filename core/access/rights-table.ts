/**
 * A worker's rights: one decision for each feature, in the catalogue's order.
 *
 * A read-only map to whoever reads it; inside, a list, because ten thousand workers with sixty features each are
 * compiled in one go, and a list is copied ten times as fast as a map.
 */
import type { Catalogue, FeatureId } from '../catalogue/features.ts'
import type { Right } from './types.ts'

export class RightsTable implements ReadonlyMap<FeatureId, Right> {
  readonly #places: ReadonlyMap<FeatureId, number>
  readonly #rights: readonly Right[]

  /** `rights` by place in the catalogue, one for each feature; not to be changed afterwards. */
  constructor(catalogue: Catalogue, rights: readonly Right[]) {
    this.#places = placesOf(catalogue)
    this.#rights = rights
  }

  get size(): number {
    return this.#places.size
  }

  get(feature: FeatureId): Right | undefined {
    const place = this.#places.get(feature)
    return place === undefined ? undefined : this.#rights[place]
  }

  has(feature: FeatureId): boolean {
    return this.#places.has(feature)
  }

  forEach(visit: (right: Right, feature: FeatureId, map: ReadonlyMap<FeatureId, Right>) => void): void {
    for (const [feature, right] of this) visit(right, feature, this)
  }

  *entries(): MapIterator<[FeatureId, Right]> {
    for (const [feature, place] of this.#places) {
      const right = this.#rights[place]
      if (right !== undefined) yield [feature, right]
    }
  }

  keys(): MapIterator<FeatureId> {
    return this.#places.keys()
  }

  *values(): MapIterator<Right> {
    for (const [, right] of this.entries()) yield right
  }

  [Symbol.iterator](): MapIterator<[FeatureId, Right]> {
    return this.entries()
  }
}

const places = new WeakMap<Catalogue, ReadonlyMap<FeatureId, number>>()

/** The place of each feature in the catalogue. */
export function placesOf(catalogue: Catalogue): ReadonlyMap<FeatureId, number> {
  let known = places.get(catalogue)
  if (known === undefined) {
    known = new Map(catalogue.features.map(({ id }, place) => [id, place]))
    places.set(catalogue, known)
  }
  return known
}
