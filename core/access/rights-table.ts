/**
 * A worker's rights: one decision for each feature, in the catalogue's order.
 *
 * A read-only map to whoever reads it. Inside, what is held is a set, made at once; the decision with its reasons is
 * made when it is first asked for. Most of ten thousand workers are compiled and asked about a feature or two.
 */
import type { Catalogue, FeatureId } from '../catalogue/features.ts'
import { hasPlace, type PlaceSet, placesIn } from './place-set.ts'
import type { Right } from './types.ts'

export class RightsTable implements ReadonlyMap<FeatureId, Right> {
  readonly #places: ReadonlyMap<FeatureId, number>
  readonly #held: PlaceSet
  readonly #rightAt: (place: number) => Right
  #made: (Right | undefined)[] | null = null

  /** `rightAt` allows what is in `held`, and nothing else. */
  constructor(catalogue: Catalogue, held: PlaceSet, rightAt: (place: number) => Right) {
    this.#places = placesOf(catalogue)
    this.#held = held
    this.#rightAt = rightAt
  }

  /** Of decisions that are made already, by place in the catalogue. */
  static of(catalogue: Catalogue, rights: readonly Right[]): RightsTable {
    const held = rights.flatMap(({ outcome }, place) => (outcome === 'allowed' ? [place] : []))
    return new RightsTable(catalogue, placesIn(rights.length, held), (place) => rights[place] as Right)
  }

  get size(): number {
    return this.#places.size
  }

  /** Whether it is allowed, without asking why. */
  holds(feature: FeatureId): boolean {
    const place = this.#places.get(feature)
    return place !== undefined && hasPlace(this.#held, place)
  }

  get(feature: FeatureId): Right | undefined {
    const place = this.#places.get(feature)
    return place === undefined ? undefined : this.#at(place)
  }

  has(feature: FeatureId): boolean {
    return this.#places.has(feature)
  }

  forEach(visit: (right: Right, feature: FeatureId, map: ReadonlyMap<FeatureId, Right>) => void): void {
    for (const [feature, right] of this) visit(right, feature, this)
  }

  *entries(): MapIterator<[FeatureId, Right]> {
    for (const [feature, place] of this.#places) yield [feature, this.#at(place)]
  }

  keys(): MapIterator<FeatureId> {
    return this.#places.keys()
  }

  *values(): MapIterator<Right> {
    for (let place = 0; place < this.size; place++) yield this.#at(place)
  }

  [Symbol.iterator](): MapIterator<[FeatureId, Right]> {
    return this.entries()
  }

  #at(place: number): Right {
    this.#made ??= []
    return (this.#made[place] ??= this.#rightAt(place))
  }
}

/** Whether a feature is among these rights and allowed; quick where the reasons need not be known. */
export function holdsRight(rights: ReadonlyMap<FeatureId, Right>, feature: FeatureId): boolean {
  return rights instanceof RightsTable ? rights.holds(feature) : rights.get(feature)?.outcome === 'allowed'
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
