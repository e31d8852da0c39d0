/** How many updates a second one device or socket may send: a token bucket each, filled by the clock that is handed in. */

export interface Rate {
  /** 0 when the update may pass; else the milliseconds until one may. */
  take(key: string): number
}

/** Buckets are looked over for full ones after so many takings, so that devices long gone cost nothing. */
const SWEEP_EVERY = 10_000

/** `perSecond` 0 takes off the limit. A second's worth may come at once. */
export function createRate(perSecond: number, now: () => number): Rate {
  if (perSecond === 0) return { take: () => 0 }
  const buckets = new Map<string, { tokens: number; at: number }>()
  let takings = 0

  function filled(bucket: { tokens: number; at: number }, at: number): number {
    // A clock that was turned back fills nothing and takes nothing.
    return Math.min(perSecond, bucket.tokens + (Math.max(0, at - bucket.at) * perSecond) / 1_000)
  }

  return {
    take(key) {
      const at = now()
      if (++takings % SWEEP_EVERY === 0) {
        for (const [other, bucket] of buckets) if (filled(bucket, at) >= perSecond) buckets.delete(other)
      }
      const bucket = buckets.get(key) ?? { tokens: perSecond, at }
      bucket.tokens = filled(bucket, at)
      bucket.at = at
      buckets.set(key, bucket)
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * 1_000) / perSecond)
      bucket.tokens -= 1
      return 0
    },
  }
}
