/**
 * A set of features by their places in the catalogue: a handful of numbers, in which sets of sixty features are joined
 * and subtracted at once. Thirty to a number, so that every engine keeps them as small integers.
 */
export type PlaceSet = readonly number[]

const BITS = 30

export function emptyPlaces(size: number): number[] {
  const set: number[] = []
  for (let from = 0; from < size; from += BITS) set.push(0)
  return set
}

export function placesIn(size: number, places: Iterable<number>): PlaceSet {
  const set = emptyPlaces(size)
  for (const place of places) addPlace(set, place)
  return set
}

export function hasPlace(set: PlaceSet, place: number): boolean {
  return ((set[Math.floor(place / BITS)] ?? 0) & (1 << (place % BITS))) !== 0
}

export function addPlace(set: number[], place: number): void {
  const at = Math.floor(place / BITS)
  set[at] = (set[at] ?? 0) | (1 << (place % BITS))
}

/** Puts all of `others` into `set`. */
export function addPlaces(set: number[], others: PlaceSet): void {
  for (let at = 0; at < set.length; at++) set[at] = (set[at] ?? 0) | (others[at] ?? 0)
}

/** Takes all of `others` out of `set`. */
export function removePlaces(set: number[], others: PlaceSet): void {
  for (let at = 0; at < set.length; at++) set[at] = (set[at] ?? 0) & ~(others[at] ?? 0)
}
