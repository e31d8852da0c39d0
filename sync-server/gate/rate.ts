/** How much may come in a second, of one device, socket or worker: a token bucket each, filled by the clock that is handed in. */

export interface Rate {
  /** 0 when so much may pass, one unless said; else the milliseconds until it may. */
  take(key: string, amount?: number): number
}

/** Buckets are looked over for full ones after so many takings, so that devices long gone cost nothing. */
const SWEEP_EVERY = 10_000

/** What one costs, in thousandths: a millisecond then fills as many of them as may come in a second. */
const ONE = 1_000

/** `perSecond` 0 takes off the limit. A second's worth may come at once, unless more is said. */
export function createRate(perSecond: number, now: () => number, atOnce = perSecond): Rate {
  if (perSecond === 0) return { take: () => 0 }
  const full = atOnce * ONE
  const buckets = new Map<string, { credit: number; at: number }>()
  let takings = 0

  function filled(bucket: { credit: number; at: number }, at: number): number {
    // A clock that was turned back fills nothing and takes nothing.
    return Math.min(full, bucket.credit + Math.max(0, at - bucket.at) * perSecond)
  }

  return {
    take(key, amount = 1) {
      const cost = amount * ONE
      const at = now()
      if (++takings % SWEEP_EVERY === 0) {
        for (const [other, bucket] of buckets) if (filled(bucket, at) >= full) buckets.delete(other)
      }
      const bucket = buckets.get(key) ?? { credit: full, at }
      bucket.credit = filled(bucket, at)
      bucket.at = at
      buckets.set(key, bucket)
      if (bucket.credit < cost) return Math.ceil((cost - bucket.credit) / perSecond)
      bucket.credit -= cost
      return 0
    },
  }
}
