/**
 * The directory: workers and groups as the permission engine reads them, with the indexes it needs.
 *
 * Immutable: `withWorker`, `withGroup` and `withCatalogue` make a new directory and share what did not change.
 */
import type { Catalogue } from '../catalogue/features.ts'
import { keepGroupWords } from './group-entries.ts'
import { withEntries } from './layered-map.ts'
import type { Directory, Group, Worker } from './types.ts'

export { catalogueFromSettings, groupFromRow, workerFromRow } from './from-rows.ts'

export function makeDirectory(
  catalogue: Catalogue,
  workers: Iterable<Worker>,
  groups: Iterable<Group>,
  policyVersion: number,
): Directory {
  const workerById = new Map<string, Worker>()
  const reportsByManager = new Map<string, string[]>()
  const membersByGroup = new Map<string, string[]>()
  for (const worker of workers) {
    workerById.set(worker.id, worker)
    if (worker.managerId !== null) append(reportsByManager, worker.managerId, worker.id)
    for (const groupId of groupIdsOf(worker)) append(membersByGroup, groupId, worker.id)
  }
  const groupById = new Map<string, Group>()
  const childrenByGroup = new Map<string, string[]>()
  for (const group of groups) {
    groupById.set(group.id, group)
    if (group.parentId !== null) append(childrenByGroup, group.parentId, group.id)
  }
  return {
    catalogue,
    workers: workerById,
    groups: groupById,
    reportsByManager,
    childrenByGroup,
    membersByGroup,
    policyVersion,
  }
}

/** The directory with this worker added, or in place of the one with its id. */
export function withWorker(directory: Directory, worker: Worker, policyVersion: number): Directory {
  return withWorkers(directory, [worker], policyVersion)
}

/** The same for several at once: what every worker stands in is copied once, not once for each. */
export function withWorkers(
  directory: Directory,
  workers: readonly Worker[],
  policyVersion: number,
): Directory {
  const written = new Map<string, Worker>()
  const managers: Move[] = []
  const groups: Move[] = []
  for (const worker of workers) {
    const old = written.get(worker.id) ?? directory.workers.get(worker.id)
    written.set(worker.id, worker)
    managers.push({ id: worker.id, from: managersOf(old), to: managersOf(worker) })
    groups.push({
      id: worker.id,
      from: old === undefined ? [] : groupIdsOf(old),
      to: groupIdsOf(worker),
    })
  }
  return {
    ...directory,
    policyVersion,
    workers: withEntries(directory.workers, written),
    reportsByManager: moved(directory.reportsByManager, managers),
    membersByGroup: moved(directory.membersByGroup, groups),
  }
}

/** The directory with this group added, or in place of the one with its id. */
export function withGroup(directory: Directory, group: Group, policyVersion: number): Directory {
  const oldParent = directory.groups.get(group.id)?.parentId ?? null
  const groups = new Map(directory.groups).set(group.id, group)
  // What stood below it is below it still, wherever it moves; also below an id that had no group yet.
  const changed = new Set([group.id])
  for (const id of changed) for (const child of directory.childrenByGroup.get(id) ?? []) changed.add(child)
  keepGroupWords(directory.groups, groups, changed)
  return {
    ...directory,
    policyVersion,
    groups,
    childrenByGroup: moved(directory.childrenByGroup, [
      {
        id: group.id,
        from: oldParent === null ? [] : [oldParent],
        to: group.parentId === null ? [] : [group.parentId],
      },
    ]),
  }
}

/** The directory with another set of custom rights; see `catalogueFromSettings`. */
export function withCatalogue(directory: Directory, catalogue: Catalogue, policyVersion: number): Directory {
  return { ...directory, catalogue, policyVersion }
}

/** The same at another policy version: nothing was written, and still something is no longer what it was (D20). */
export function atPolicyVersion(directory: Directory, policyVersion: number): Directory {
  return { ...directory, policyVersion }
}

/** Group ids of every stored membership, each once. */
function groupIdsOf(worker: Worker): readonly string[] {
  return [...new Set(worker.memberships.map((membership) => membership.groupId))]
}

function append(index: Map<string, string[]>, key: string, id: string): void {
  const ids = index.get(key)
  if (ids === undefined) index.set(key, [id])
  else ids.push(id)
}

function managersOf(worker: Worker | undefined): readonly string[] {
  return worker === undefined || worker.managerId === null ? [] : [worker.managerId]
}

/** An id taken from under some keys of an index and put under others. */
interface Move {
  readonly id: string
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** The index after the moves, in their order; the index itself when nothing moves. */
function moved(
  index: ReadonlyMap<string, readonly string[]>,
  moves: readonly Move[],
): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, Set<string>>()
  const under = (key: string) => {
    const known = ids.get(key) ?? new Set(index.get(key))
    ids.set(key, known)
    return known
  }
  for (const { id, from, to } of moves) {
    for (const key of from) if (!to.includes(key)) under(key).delete(id)
    for (const key of to) if (!from.includes(key)) under(key).add(id)
  }
  if (ids.size === 0) return index
  const next = new Map(index)
  for (const [key, held] of ids) {
    if (held.size === 0) next.delete(key)
    else next.set(key, [...held])
  }
  return next
}
