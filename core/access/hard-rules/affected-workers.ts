/** Whose rights or scope a change may touch: the changed, the members below a changed group, the managers above. */
import type { Directory } from '../types.ts'
import type { DirectoryChange } from './change.ts'

/** Ids, each once; of the directory before and of the one after. */
export function affectedWorkers({
  before,
  after,
  changed,
}: Pick<DirectoryChange, 'before' | 'after' | 'changed'>): ReadonlySet<string> {
  const affected = new Set<string>()
  for (const directory of [before, after]) {
    for (const { kind, id } of changed) {
      if (kind === 'group') for (const member of membersBelow(directory, id)) affected.add(member)
      // A manager of type organization or partner reaches the rep codes of those below (S3).
      if (kind === 'worker') for (const worker of upward(directory, id)) affected.add(worker)
    }
  }
  // Custom rights join whole workspaces: anybody may hold one.
  if (before.catalogue !== after.catalogue) {
    for (const directory of [before, after]) for (const id of directory.workers.keys()) affected.add(id)
  }
  return affected
}

/** Of the group and of every group below it; a worker in several of them is told several times. */
export function membersBelow(directory: Directory, groupId: string): readonly string[] {
  const seen = new Set([groupId])
  for (const id of seen) for (const child of directory.childrenByGroup.get(id) ?? []) seen.add(child)
  return [...seen].flatMap((id) => directory.membersByGroup.get(id) ?? [])
}

function upward(directory: Directory, workerId: string): ReadonlySet<string> {
  const seen = new Set<string>()
  let next: string | null = workerId
  while (next !== null && !seen.has(next)) {
    seen.add(next)
    next = directory.workers.get(next)?.managerId ?? null
  }
  return seen
}
