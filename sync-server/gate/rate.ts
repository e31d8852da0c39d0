/** How many updates a second one device or socket may send: a token bucket each, filled by the clock that is handed in. */

export interface Rate {
  /** 0 when the update may pass; else the milliseconds until one may. */
  take(key: string): number
}

/** Buckets are looked over for full ones after so many takings, so that devices long gone cost nothing. */
const SWEEP_EVERY = 10_000

/** What one update costs, in thousandths: a millisecond then fills as many of them as updates may come in a second. */
const UPDATE = 1_000

/** `perSecond` 0 takes off the limit. A second's worth may come at once. */
export function createRate(perSecond: number, now: () => number): Rate {
  if (perSecond === 0) return { take: () => 0 }
  const full = perSecond * UPDATE
  const buckets = new Map<string, { credit: number; at: number }>()
  let takings = 0

  function filled(bucket: { credit: number; at: number }, at: number): number {
    // A clock that was turned back fills nothing and takes nothing.
    return Math.min(full, bucket.credit + Math.max(0, at - bucket.at) * perSecond)
  }

  return {
    take(key) {
      const at = now()
      if (++takings % SWEEP_EVERY === 0) {
        for (const [other, bucket] of buckets) if (filled(bucket, at) >= full) buckets.delete(other)
      }
      const bucket = buckets.get(key) ?? { credit: full, at }
      bucket.credit = filled(bucket, at)
      bucket.at = at
      buckets.set(key, bucket)
      if (bucket.credit < UPDATE) return Math.ceil((UPDATE - bucket.credit) / perSecond)
      bucket.credit -= UPDATE
      return 0
    },
  }
}
