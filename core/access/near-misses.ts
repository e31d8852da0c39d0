/**
 * What nearly gave a feature: a membership that is over or has not begun, a group that is disabled. Gives nothing;
 * it is what somebody wants to hear who is denied what they held yesterday (B2).
 */
import type { Catalogue } from '../catalogue/features.ts'
import { groupPath, wordIfEnabled } from './group-entries.ts'
import type { Directory, Group, Instant, Membership, Reason, Worker } from './types.ts'
import { isWithin } from './validity.ts'

/** A stored membership that gives nothing at this instant. */
interface NearMiss {
  readonly groupId: string
  readonly code: Extract<Reason['code'], 'membership-over' | 'membership-not-begun' | 'group-disabled'>
  /** The day on which it ended or begins; null for a disabled group. */
  readonly day: string | null
}

type ReasonsByPlace = ReadonlyMap<number, readonly Reason[]>

const none: ReasonsByPlace = new Map()

/** Reasons by place in the catalogue, worked out when they are first asked for. */
export function nearMissesAt(worker: Worker, directory: Directory, now: Instant): () => ReasonsByPlace {
  const misses = nearMissesOf(worker, directory, now)
  return misses.length === 0 ? () => none : reasonsLater(misses, directory)
}

function reasonsLater(misses: readonly NearMiss[], { groups, catalogue }: Directory): () => ReasonsByPlace {
  let reasons: ReasonsByPlace | undefined
  return () => (reasons ??= nearMissReasons(misses, groups, catalogue))
}

/** Each once and in one order, whatever the order of memberships (P4). */
function nearMissesOf(worker: Worker, { groups }: Directory, now: Instant): readonly NearMiss[] {
  const misses = worker.memberships.flatMap((membership): readonly NearMiss[] => {
    const { groupId, from, until } = membership
    if (!isWithin(from, until, now)) return [{ groupId, ...whyNotLive(membership, now) }]
    return isDisabled(groups, groupId) ? [{ groupId, code: 'group-disabled', day: null }] : []
  })
  if (misses.length < 2) return misses
  const byText = new Map(misses.map((miss) => [JSON.stringify(miss), miss]))
  return [...byText.keys()].sort().flatMap((text) => byText.get(text) ?? [])
}

/** For the features that these memberships would allow. */
function nearMissReasons(
  misses: readonly NearMiss[],
  groups: ReadonlyMap<string, Group>,
  catalogue: Catalogue,
): ReasonsByPlace {
  const reasons = new Map<number, Reason[]>()
  for (const { groupId, code, day } of misses) {
    const word = wordIfEnabled(groups, catalogue, groupId)
    for (const place of word.allows.rights.keys()) {
      const feature = catalogue.features[place]?.id
      if (feature === undefined) continue
      const isDisabled = code === 'group-disabled'
      const reason: Reason = {
        code: isDisabled && word.disabled.length > 1 ? 'group-above-disabled' : code,
        rule: isDisabled ? 'P11' : 'P5',
        feature,
        groups: isDisabled ? word.disabled : word.disabled.slice(0, 1),
        ...(day !== null && { detail: day }),
        changedBy: isDisabled ? 'settings.groups' : 'settings.workers',
      }
      const known = reasons.get(place)
      if (known === undefined) reasons.set(place, [reason])
      else known.push(reason)
    }
  }
  return reasons
}

function whyNotLive({ from, until }: Membership, now: Instant): Pick<NearMiss, 'code' | 'day'> {
  return until !== null && until <= now
    ? { code: 'membership-over', day: dayOf(until) }
    : { code: 'membership-not-begun', day: dayOf(from ?? now) }
}

/** It, or a group above it. */
function isDisabled(groups: ReadonlyMap<string, Group>, groupId: string): boolean {
  return groupPath(groups, groupId).path.some(({ enabled }) => !enabled)
}

/** `2026-03-03`, with the time where it is not midnight; UTC. */
function dayOf(instant: Instant): string {
  const [day = '', time = ''] = new Date(instant).toISOString().split('T')
  return time.startsWith('00:00') ? day : `${day} ${time.slice(0, 5)} UTC`
}
