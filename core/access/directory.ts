/**
 * The directory: workers and groups as the permission engine reads them, with the indexes it needs.
 *
 * Immutable: `withWorker`, `withGroup` and `withCatalogue` make a new directory and share what did not change.
 */
import type { Catalogue } from '../catalogue/features.ts'
import { keepGroupWords } from './group-entries.ts'
import { withEntry } from './layered-map.ts'
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
  const old = directory.workers.get(worker.id)
  const oldManager = old?.managerId ?? null
  const oldGroups = old === undefined ? [] : groupIdsOf(old)
  return {
    ...directory,
    policyVersion,
    workers: withEntry(directory.workers, worker.id, worker),
    reportsByManager: moved(
      directory.reportsByManager,
      worker.id,
      oldManager === null ? [] : [oldManager],
      worker.managerId === null ? [] : [worker.managerId],
    ),
    membersByGroup: moved(directory.membersByGroup, worker.id, oldGroups, groupIdsOf(worker)),
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
    childrenByGroup: moved(
      directory.childrenByGroup,
      group.id,
      oldParent === null ? [] : [oldParent],
      group.parentId === null ? [] : [group.parentId],
    ),
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

/** The index with `id` taken from under `from` and put under `to`; the index itself when they are the same. */
function moved(
  index: ReadonlyMap<string, readonly string[]>,
  id: string,
  from: readonly string[],
  to: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const gone = from.filter((key) => !to.includes(key))
  const come = to.filter((key) => !from.includes(key))
  if (gone.length === 0 && come.length === 0) return index
  const next = new Map(index)
  for (const key of gone) {
    const rest = (next.get(key) ?? []).filter((other) => other !== id)
    if (rest.length === 0) next.delete(key)
    else next.set(key, rest)
  }
  for (const key of come) next.set(key, [...(next.get(key) ?? []), id])
  return next
}
