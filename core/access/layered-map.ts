/**
 * An immutable map that is cheap to make from another one: what was changed lies over what it was made from.
 *
 * A directory changes worker by worker while an import of thousands is decided, and every step is a directory of its own.
 * Copied whole each time, 50,000 workers would be two and a half thousand million entries. The layer is merged when it
 * holds LAYER_MAX entries, so that a lookup never meets more than two maps and a step copies a few hundred entries.
 */

/** About the square root of a large organisation: the layer's copies and the merges cost the same. */
const LAYER_MAX = 256

/** Below this, one plain map is copied faster than two are looked after. */
const PLAIN_MAX = 1_024

/** The map with these entries added, or in place of those with their keys. */
export function withEntries<K, V>(map: ReadonlyMap<K, V>, entries: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  if (map instanceof LayeredMap) return (map as LayeredMap<K, V>).with(entries)
  if (map.size < PLAIN_MAX || entries.size >= LAYER_MAX) return new Map([...map, ...entries])
  return new LayeredMap(map, entries)
}

class LayeredMap<K, V> implements ReadonlyMap<K, V> {
  readonly #below: ReadonlyMap<K, V>
  readonly #layer: ReadonlyMap<K, V>
  readonly size: number

  constructor(below: ReadonlyMap<K, V>, layer: ReadonlyMap<K, V>) {
    this.#below = below
    this.#layer = layer
    let size = below.size
    for (const key of layer.keys()) if (!below.has(key)) size += 1
    this.size = size
  }

  with(entries: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
    const layer = new Map([...this.#layer, ...entries])
    return layer.size < LAYER_MAX ? new LayeredMap(this.#below, layer) : new Map([...this.#below, ...layer])
  }

  get(key: K): V | undefined {
    return this.#layer.has(key) ? this.#layer.get(key) : this.#below.get(key)
  }

  has(key: K): boolean {
    return this.#layer.has(key) || this.#below.has(key)
  }

  /** In the order of a plain map: what is replaced keeps its place. */
  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#below)
      yield [key, this.#layer.has(key) ? (this.#layer.get(key) as V) : value]
    for (const entry of this.#layer) if (!this.#below.has(entry[0])) yield entry
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this)
  }
}
