/**
 * A group's features as its screen shows them: for each workspace and feature its own entry, what holds without one,
 * and the ancestor whose deny locks it (G-17, P7 to P9).
 */
import { groupEntry, groupPath } from '../../../../core/access/group-entries.ts'
import type { Group, GroupRef } from '../../../../core/access/types.ts'
import {
  type Catalogue,
  type FeatureSpec,
  type Workspace,
  workspaceFeatureIds,
  workspaceLabels,
  workspaces,
} from '../../../../core/catalogue/features.ts'
import type { FeatureState } from '../../../components/TriState.tsx'

/** What a feature is where the group says nothing of it. */
export type Inherited =
  /** The group's own word on the whole workspace. */
  | { readonly type: 'workspace'; readonly state: 'allow' | 'deny' }
  /** The nearest group above that speaks of it, when that is an allow. */
  | { readonly type: 'above'; readonly group: GroupRef }
  /** Every active worker has it. */
  | { readonly type: 'base' }
  | { readonly type: 'nothing' }

export interface FeatureEntry {
  /** The key of the group's map: a feature, or the id that stands for a whole workspace. */
  readonly id: string
  readonly label: string
  /** One of the nine, or the organisation's own: its id is known to people, and shown. */
  readonly right: boolean
  readonly own: FeatureState
  readonly inherited: Inherited
  /** The nearest ancestor that denies it; nobody below can lift that. */
  readonly lockedBy: GroupRef | null
}

export interface WorkspaceEntries extends FeatureEntry {
  readonly workspace: Workspace
  readonly features: readonly FeatureEntry[]
}

/** In the catalogue's order. `group` is the draft; its ancestors come from `groups`. */
export function featureTree(
  groups: ReadonlyMap<string, Group>,
  catalogue: Catalogue,
  group: Group,
): readonly WorkspaceEntries[] {
  const above = group.parentId === null ? [] : groupPath(groups, group.parentId).path
  return workspaces.map((workspace): WorkspaceEntries => {
    const id = workspaceFeatureIds[workspace]
    const own = group.features.get(id)
    return {
      workspace,
      id,
      label: workspaceLabels[workspace],
      right: catalogue.featureById.get(id)?.right === true,
      own: own ?? 'inherit',
      inherited: inheritedWorkspace(above, id),
      lockedBy: refOf(above.find((ancestor) => ancestor.features.get(id) === 'deny')),
      features: catalogue.features
        .filter((feature) => feature.workspace === workspace && feature.id !== id)
        .map((feature) => entryOf(above, group, feature)),
    }
  })
}

/** Those whose label or id holds every word; a workspace stays with its features, all of them when it fits itself. */
export function searchTree(tree: readonly WorkspaceEntries[], query: string): readonly WorkspaceEntries[] {
  const words = query.toLocaleLowerCase().split(/\s+/u).filter(Boolean)
  if (words.length === 0) return tree
  const fits = ({ id, label }: FeatureEntry) => {
    const text = `${label} ${id}`.toLocaleLowerCase()
    return words.every((word) => text.includes(word))
  }
  return tree.flatMap((entry) => {
    if (fits(entry)) return [entry]
    const features = entry.features.filter(fits)
    return features.length === 0 ? [] : [{ ...entry, features }]
  })
}

function entryOf(
  above: readonly Group[],
  group: Group,
  { id, label, workspace, base, right }: FeatureSpec,
): FeatureEntry {
  const whole = group.features.get(workspaceFeatureIds[workspace])
  return {
    id,
    label,
    right: right === true,
    own: group.features.get(id) ?? 'inherit',
    inherited:
      whole === undefined
        ? inheritedFeature(above, id, workspace, base === true)
        : { type: 'workspace', state: whole },
    lockedBy: refOf(above.find((ancestor) => groupEntry(ancestor, id, workspace) === 'deny')),
  }
}

function inheritedFeature(
  above: readonly Group[],
  id: string,
  workspace: Workspace,
  base: boolean,
): Inherited {
  const speaker = above.find((ancestor) => groupEntry(ancestor, id, workspace) !== undefined)
  const group = refOf(speaker)
  if (group !== null) return { type: 'above', group }
  return { type: base ? 'base' : 'nothing' }
}

function inheritedWorkspace(above: readonly Group[], id: string): Inherited {
  const group = refOf(above.find((ancestor) => ancestor.features.has(id)))
  return group === null ? { type: 'nothing' } : { type: 'above', group }
}

function refOf(group: Group | undefined): GroupRef | null {
  return group === undefined ? null : { id: group.id, name: group.name }
}
