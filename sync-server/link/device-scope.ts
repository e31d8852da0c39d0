/**
 * What a device holds, as far as the server can know: kept with the device, so that a change of scope while it was away
 * costs the difference and not everything (GATE 23).
 *
 * `held`: everything in it up to the confirmed number is there. `maybe`: something of it may be there, because pages
 * were sent whose receipt never came. It is written before the first such page leaves.
 */
import * as v from 'valibot'
import { kindSchema, sequenceSchema } from '../../core/protocol/common.ts'
import type { Restrictions } from '../../core/access/types.ts'
import type { Device } from '../storage/storage.ts'
import { intersection, type ReachByKind, type Scope, union, without } from './reach.ts'

export interface DeviceScope {
  readonly held: Scope
  readonly maybe: ReachByKind
}

const reachSchema = v.record(
  kindSchema,
  v.variant('type', [
    v.object({ type: v.literal('everything') }),
    v.object({ type: v.literal('keys'), keys: v.array(v.string()) }),
  ]),
)
const deviceScopeSchema = v.object({
  held: v.object({ reach: reachSchema, restrictions: v.string() }),
  maybe: reachSchema,
})
const confirmedSchema = v.object({ number: sequenceSchema, scopeHash: v.string(), scope: deviceScopeSchema })

export interface Confirmed extends NonNullable<Device['confirmed']> {
  readonly scope: DeviceScope
}

/** Null when nothing is known, or what was written is not understood any more: the device rebuilds. */
export function confirmedOf(device: Device): Confirmed | null {
  const parsed = v.safeParse(confirmedSchema, device.confirmed)
  return parsed.success ? (parsed.output as Confirmed) : null
}

/** A device that holds exactly this scope. */
export function holds(held: Scope): DeviceScope {
  return { held, maybe: {} }
}

export interface Difference {
  /** To be searched for records that must leave the device. */
  readonly lost: ReachByKind
  /** To be sent, whatever its numbers. */
  readonly gained: ReachByKind
}

/** Other restrictions cannot be told apart by keys: then everything is looked at, both ways. */
export function differenceTo({ held, maybe }: DeviceScope, now: Scope): Difference {
  const had = union(held.reach, maybe)
  if (held.restrictions !== now.restrictions) return { lost: had, gained: now.reach }
  return { lost: without(had, now.reach), gained: without(now.reach, held.reach) }
}

/** Restrictions that are on their way from one to another: equal to none, so that everything is looked at again. */
const CHANGING = 'changing'

/**
 * The state in which a device is while the difference is sent: what it surely keeps, and all that it may still have or
 * have got already. Whatever of it arrives, and wherever it breaks off, this remains true.
 */
export function inTransition(scope: DeviceScope, now: Scope): DeviceScope {
  const { held, maybe } = scope
  const same = held.restrictions === now.restrictions
  return {
    held: same
      ? { reach: intersection(held.reach, now.reach), restrictions: now.restrictions }
      : { reach: {}, restrictions: CHANGING },
    maybe: union(union(held.reach, maybe), now.reach),
  }
}

/** The restrictions under which a device was sent what it holds; null where they are not known. */
export function restrictionsHeld({ held }: DeviceScope): Restrictions | null {
  return held.restrictions === CHANGING ? null : (JSON.parse(held.restrictions) as Restrictions)
}

/** Everything lost has been taken away; what was gained may be on its way. */
export function withoutLost({ held }: DeviceScope, now: Scope): DeviceScope {
  return { held: { ...held, restrictions: now.restrictions }, maybe: now.reach }
}
