/**
 * A worker compiled: all that decisions need, so that a device that holds no hierarchy can make them.
 *
 * `compile` is for one instant; `compileTimeline` for all that follow, one principal for each stretch in which the
 * clock alone changes nothing. A device re-reads dates against the `now` it is given, without a server (B7).
 */
import { effectiveRights } from './effective-rights.ts'
import { groupPath } from './group-entries.ts'
import { isRestricted, noRestrictions, restrictionsOf } from './restrictions.ts'
import { normalRepCodes, scopeOf } from './scope.ts'
import { typeCapsOf } from './type-caps.ts'
import type { Directory, Group, Instant, Principal, Worker } from './types.ts'
import { boundariesOf, isAdministrator, isLive } from './validity.ts'

export { principalFromJson, principalToJson, timelineFromJson } from './principal-json.ts'
export { scopeHash } from './scope-hash.ts'

/** Unknown workers compile to a principal that is not live. */
export function compile(directory: Directory, workerId: string, now: Instant): Principal {
  const worker = directory.workers.get(workerId)
  if (worker === undefined) return unknownPrincipal(workerId, directory.policyVersion)
  const boundaries = boundariesOf(worker)
  return {
    workerId,
    name: worker.name,
    username: worker.username,
    live: isLive(worker, now),
    fullAdministrator: isFullAdministrator(directory, worker, now),
    userType: worker.userType,
    rights: effectiveRights(directory, worker, now),
    scope: scopeOf(worker, directory, now),
    restrictions: restrictionsOf(worker),
    searchFilter: worker.searchFilter,
    enforceMatchSecurity: worker.enforceMatchSecurity,
    repCodes: normalRepCodes(worker),
    readableGroups: readableGroups(worker, directory.groups),
    from: boundaries.findLast((instant) => instant <= now) ?? null,
    until: boundaries.find((instant) => instant > now) ?? null,
    policyVersion: directory.policyVersion,
  }
}

/** The present stretch first, then every future one; the last has no end. */
export function compileTimeline(directory: Directory, workerId: string, now: Instant): readonly Principal[] {
  const timeline = [compile(directory, workerId, now)]
  for (let next = timeline[0]?.until ?? null; next !== null; ) {
    const principal = compile(directory, workerId, next)
    timeline.push(principal)
    next = principal.until
  }
  return timeline
}

/**
 * The principal that holds at `now`. A clock that runs before the timeline's beginning gets its first: the server
 * has already seen a later time, so that turning a clock back brings nothing back.
 */
export function principalAt(timeline: readonly Principal[], now: Instant): Principal {
  const current = timeline.findLast(({ from }) => from === null || from <= now)
  return current ?? timeline[0] ?? unknownPrincipal('', 0)
}

/** Unreduced, unrestricted, uncapped, live member of the Administrative group. */
export function isFullAdministrator(directory: Directory, worker: Worker, now: Instant): boolean {
  return (
    isAdministrator(directory, worker, now) &&
    worker.reductions.length === 0 &&
    !isRestricted(restrictionsOf(worker)) &&
    typeCapsOf(worker, directory.groups).length === 0
  )
}

function unknownPrincipal(workerId: string, policyVersion: number): Principal {
  return {
    workerId,
    name: '',
    username: '',
    live: false,
    fullAdministrator: false,
    userType: null,
    rights: new Map(),
    scope: { everything: false, keys: new Map() },
    restrictions: noRestrictions,
    searchFilter: [],
    enforceMatchSecurity: true,
    repCodes: [],
    readableGroups: [],
    from: null,
    until: null,
    policyVersion,
  }
}

const none: readonly string[] = []

/** The groups of every stored membership and all above them (S8), sorted. */
function readableGroups(worker: Worker, groups: ReadonlyMap<string, Group>): readonly string[] {
  const ids = new Set<string>()
  for (const { groupId } of worker.memberships) {
    for (const { id } of groupPath(groups, groupId).path) ids.add(id)
  }
  return ids.size === 0 ? none : [...ids].sort()
}
