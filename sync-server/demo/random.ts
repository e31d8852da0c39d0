/** A small seeded generator (mulberry32), so that every demo organisation is the same one. Never for secrets. */
export interface DemoRandom {
  /** 0 inclusive to `below` exclusive. */
  integer(below: number): number
  /** From a list that is not empty. */
  pick<T>(from: readonly T[]): T
  chance(share: number): boolean
  /** Shaped like a random UUID. */
  id(): string
}

export function createDemoRandom(seed: number): DemoRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (below: number) => Math.floor(next() * below)
  const hex = (length: number) => Array.from({ length }, () => integer(16).toString(16)).join('')
  return {
    integer,
    pick: <T>(from: readonly T[]) => from[integer(from.length)] as T,
    chance: (share) => next() < share,
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[integer(4)]}${hex(3)}-${hex(12)}`,
  }
}
