/** What the groups above deny here: nobody in this group or below it can lift that (G-17, P8). */
import type { Group, GroupRef } from '../../../../core/access/types.ts'
import type { Catalogue } from '../../../../core/catalogue/features.ts'
import { featureTree } from './feature-tree.ts'

export interface CeilingEntry {
  /** The nearest group above that denies these. */
  readonly group: GroupRef
  /** Labels of workspaces and features; a workspace stands for all in it. */
  readonly labels: readonly string[]
}

/** The nearest ancestor first, and each with what it alone denies nearest. */
export function ceilingOf(
  groups: ReadonlyMap<string, Group>,
  catalogue: Catalogue,
  group: Group,
): readonly CeilingEntry[] {
  const byGroup = new Map<string, { group: GroupRef; labels: string[] }>()
  const add = (by: GroupRef, label: string) => {
    const entry = byGroup.get(by.id) ?? { group: by, labels: [] }
    entry.labels.push(label)
    byGroup.set(by.id, entry)
  }
  for (const workspace of featureTree(groups, catalogue, group)) {
    if (workspace.lockedBy !== null) add(workspace.lockedBy, workspace.label)
    for (const { lockedBy, label } of workspace.features) {
      // The workspace says it for those that the same group denies with it.
      if (lockedBy !== null && lockedBy.id !== workspace.lockedBy?.id) add(lockedBy, label)
    }
  }
  return [...byGroup.values()]
}
