/**
 * G-17: what is denied above cannot be allowed below by anyone within the organisation. It would have no effect (P8);
 * refusing it says so, instead of leaving an allow that only seems to be one. Full administrators may write it.
 */
import { type Catalogue, type Workspace, workspaceFeatureIds, workspaces } from '../../catalogue/features.ts'
import { groupEntry, groupPath } from '../group-entries.ts'
import type { Directory, Group, Reason } from '../types.ts'
import { changedIds, hasFullRights, type HardRule } from './change.ts'

export const deniedAbove: HardRule = (change) => {
  if (hasFullRights(change)) return null
  for (const id of changedIds(change, 'group')) {
    const group = change.after.groups.get(id)
    if (group === undefined) continue
    const old = change.before.groups.get(id)
    for (const [entry, state] of group.features) {
      if (state !== 'allow' || old?.features.get(entry) === 'allow') continue
      const reason = deniedOnTheWayUp(change.after, group, entry)
      if (reason !== null) return reason
    }
  }
  return null
}

/** The nearest deny above a group's entry, for a feature or for a whole workspace. */
function deniedOnTheWayUp(directory: Directory, group: Group, entry: string): Reason | null {
  const workspace = workspaceOfEntry(directory.catalogue, entry)
  const [, ...above] = groupPath(directory.groups, group.id).path
  const index = above.findIndex((ancestor) => {
    const own = workspace === null ? ancestor.features.get(entry) : groupEntry(ancestor, entry, workspace)
    return own === 'deny'
  })
  if (index === -1) return null
  const groups = [group, ...above.slice(0, index + 1)].map(({ id, name }) => ({ id, name }))
  return {
    code: 'denied-above',
    rule: 'P8',
    feature: entry,
    field: `features/${entry}`,
    groups,
    changedBy: 'settings.groups',
  }
}

function workspaceOfEntry(catalogue: Catalogue, entry: string): Workspace | null {
  const whole = workspaces.find((workspace) => workspaceFeatureIds[workspace] === entry)
  return whole ?? catalogue.featureById.get(entry)?.workspace ?? null
}
