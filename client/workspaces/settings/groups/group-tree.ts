/** Worker groups as the tree they are: parents before children, by name; what has no such parent stands at the top. */
import { administratorsId, organizationId } from '../../../../core/catalogue/preconfigured-groups.ts'
import { groupEntry } from '../../../../core/access/group-entries.ts'
import type { Catalogue } from '../../../../core/catalogue/features.ts'
import type { GroupType } from '../../../../core/catalogue/group-types.ts'
import { foldText } from '../../../../core/records/fold.ts'
import type { Directory, Group } from '../../../../core/access/types.ts'

export interface GroupNode {
  readonly group: Group
  /** Workers in it or below it, each once; stored memberships, live or not. */
  readonly workers: number
  readonly children: readonly GroupNode[]
}

export function groupTree(directory: Directory): readonly GroupNode[] {
  const { groups, childrenByGroup } = directory
  const seen = new Set<string>()
  const branch = (ids: Iterable<string>): readonly GroupNode[] =>
    [...ids]
      .flatMap((id) => groups.get(id) ?? [])
      .sort(byName)
      .flatMap((group): readonly GroupNode[] => {
        // A circle cannot be committed; a device may still hold one for the moment between two pages of the feed.
        if (seen.has(group.id)) return []
        seen.add(group.id)
        return [
          {
            group,
            workers: workersBelow(directory, group.id).size,
            children: branch(childrenByGroup.get(group.id) ?? []),
          },
        ]
      })
  const roots = [...groups.values()].filter(({ parentId }) => parentId === null || !groups.has(parentId))
  const tree = branch(roots.map(({ id }) => id))
  const lost = branch([...groups.keys()].filter((id) => !seen.has(id)))
  return lost.length === 0 ? tree : [...tree, ...lost]
}

/** The groups whose name or id holds what was typed, each with the way to it. */
export function searchGroups(tree: readonly GroupNode[], query: string): readonly GroupNode[] {
  const typed = foldText(query)
  if (typed === '') return tree
  return tree.flatMap((node): readonly GroupNode[] => {
    const children = searchGroups(node.children, query)
    const fits = [node.group.name, node.group.code].some((text) => foldText(text).includes(typed))
    return fits || children.length > 0 ? [{ ...node, children }] : []
  })
}

/** Those of one type, each with the way to it; all of them for null. */
export function groupsOfType(tree: readonly GroupNode[], type: GroupType | null): readonly GroupNode[] {
  if (type === null) return tree
  return tree.flatMap((node): readonly GroupNode[] => {
    const children = groupsOfType(node.children, type)
    return node.group.type === type || children.length > 0 ? [{ ...node, children }] : []
  })
}

export interface GroupLine extends GroupNode {
  /** Levels above it. */
  readonly depth: number
}

/** The tree line by line, as a table shows it. */
export function groupLines(tree: readonly GroupNode[], depth = 0): readonly GroupLine[] {
  return tree.flatMap((node) => [{ ...node, depth }, ...groupLines(node.children, depth + 1)])
}

/** How many features a group itself allows and denies; its word on a workspace counts for each that has no other. */
export function countEntries(
  group: Group,
  catalogue: Catalogue,
): { readonly allowed: number; readonly denied: number } {
  const entries = catalogue.features.map(({ id, workspace }) => groupEntry(group, id, workspace))
  const count = (state: 'allow' | 'deny') => entries.filter((entry) => entry === state).length
  return { allowed: count('allow'), denied: count('deny') }
}

/** Everything below a group, itself included: what may not become its parent. */
export function withDescendants({ childrenByGroup }: Directory, groupId: string): ReadonlySet<string> {
  const below = new Set([groupId])
  for (const id of below) for (const child of childrenByGroup.get(id) ?? []) below.add(child)
  return below
}

/** Workers in a group or in one below it. */
export function workersBelow(directory: Directory, groupId: string): ReadonlySet<string> {
  const workers = new Set<string>()
  for (const id of withDescendants(directory, groupId)) {
    for (const worker of directory.membersByGroup.get(id) ?? []) workers.add(worker)
  }
  return workers
}

/** The one Administrative group first, then the organisation: they stand above all others. */
function byName(a: Group, b: Group): number {
  return rank(a) - rank(b) || a.name.localeCompare(b.name)
}

const first: readonly string[] = [administratorsId, organizationId]

function rank({ id }: Group): number {
  const place = first.indexOf(id)
  return place === -1 ? first.length : place
}
