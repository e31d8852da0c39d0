/** Times: `from` is inclusive, `until` exclusive, null is for ever (P5). */
import { administratorsId } from '../catalogue/preconfigured-groups.ts'
import type { Directory, Instant, Membership, Worker } from './types.ts'

export function isWithin(from: Instant | null, until: Instant | null, now: Instant): boolean {
  return (from === null || from <= now) && (until === null || now < until)
}

export function isLive(worker: Worker, now: Instant): boolean {
  return worker.active && isWithin(worker.validFrom, worker.validUntil, now)
}

export function liveMemberships(worker: Worker, now: Instant): readonly Membership[] {
  return worker.memberships.filter(({ from, until }) => isWithin(from, until, now))
}

/** A live member of the one Administrative group, reduced or not (P6). The worker itself must be live too. */
export function isAdministrator(directory: Directory, worker: Worker, now: Instant): boolean {
  if (!isLive(worker, now)) return false
  const group = directory.groups.get(administratorsId)
  if (group === undefined || group.type !== 'admin' || !group.enabled) return false
  return worker.memberships.some(
    ({ groupId, from, until }) => groupId === administratorsId && isWithin(from, until, now),
  )
}

/** The first instant after `now` at which the clock alone may change what anybody holds; null for none (D20). */
export function nextBoundary({ workers }: Directory, now: Instant): Instant | null {
  let next: Instant | null = null
  const look = (instant: Instant | null): void => {
    if (instant !== null && instant > now && (next === null || instant < next)) next = instant
  }
  for (const { validFrom, validUntil, memberships } of workers.values()) {
    look(validFrom)
    look(validUntil)
    for (const { from, until } of memberships) {
      look(from)
      look(until)
    }
  }
  return next
}

/** The workers with a boundary between two instants, the later one included; by id, sorted. */
export function workersBetween({ workers }: Directory, one: Instant, other: Instant): readonly string[] {
  const [from, to] = one < other ? [one, other] : [other, one]
  return [...workers.values()]
    .filter((worker) => boundariesOf(worker).some((instant) => from < instant && instant <= to))
    .map(({ id }) => id)
    .sort()
}

/** Every instant at which the clock alone may change what this worker holds, ascending. */
export function boundariesOf(worker: Worker): readonly Instant[] {
  const instants = new Set<Instant>()
  if (worker.validFrom !== null) instants.add(worker.validFrom)
  if (worker.validUntil !== null) instants.add(worker.validUntil)
  for (const { from, until } of worker.memberships) {
    if (from !== null) instants.add(from)
    if (until !== null) instants.add(until)
  }
  return [...instants].sort((a, b) => a - b)
}
