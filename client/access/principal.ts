/**
 * What this worker may do, now: the principal that the device was sent, read against the clock, again at each
 * boundary of its timeline, without a server (B7).
 */
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import { principalAt } from '../../core/access/principal.ts'
import { timelineFromJson } from '../../core/access/principal-json.ts'
import type { Principal } from '../../core/access/types.ts'
import type { Device } from '../replica/stored.ts'

/** Longest pause of `setTimeout`: it overflows after 24.8 days. */
const TIMER_MAX_MS = 2 ** 31 - 1

/** Null before the device has met the server. */
export function createPrincipal(
  device: Accessor<Device | undefined>,
  now: () => number = Date.now,
): Accessor<Principal | null> {
  const [tick, setTick] = createSignal(0)
  // The device row changes with each page of the feed; rights seldom do.
  const principals = createMemo(() => JSON.stringify(device()?.principals ?? []))
  const aheadMs = createMemo(() => Math.round((device()?.clockAheadMs ?? 0) / 1_000) * 1_000)
  const timeline = createMemo(() => timelineFromJson(JSON.parse(principals()) as unknown[]))
  const principal = createMemo(() => {
    tick()
    const known = timeline()
    return known === null ? null : principalAt(known, now() + aheadMs())
  })
  createEffect(() => {
    const until = principal()?.until
    if (until === null || until === undefined) return
    const ms = Math.min(Math.max(0, until - now() - aheadMs()) + 1, TIMER_MAX_MS)
    const timer = setTimeout(() => setTick((count) => count + 1), ms)
    onCleanup(() => clearTimeout(timer))
  })
  return principal
}
