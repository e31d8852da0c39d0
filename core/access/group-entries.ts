/**
 * What one group says about each feature, up its tree: P7 entries, P8 sticky denies, P9 default allows, P11 disabled.
 *
 * Resolved once for each group, map of groups and catalogue; a change of a worker keeps all of it.
 */
import {
  type Catalogue,
  type FeatureId,
  type Workspace,
  workspaceFeatureIds,
  workspaces,
} from '../catalogue/features.ts'
import { allowed, denied } from './decisions.ts'
import { type PlaceSet, placesIn } from './place-set.ts'
import { placesOf } from './rights-table.ts'
import type { Group, GroupRef, Reason, Right } from './types.ts'

type Groups = ReadonlyMap<string, Group>

/** One group's word. */
export interface GroupWord {
  readonly denies: Said
  readonly allows: Said
}

/** The features it is said of, by place in the catalogue, each with the decision that it would be alone. */
export interface Said {
  readonly places: PlaceSet
  readonly rights: ReadonlyMap<number, Right>
}

/** The group itself, then its parent, up to the root. `whole` is false where a parent is missing or comes again. */
export interface GroupPath {
  readonly path: readonly Group[]
  readonly whole: boolean
}

const paths = new WeakMap<Groups, Map<string, GroupPath>>()

export function groupPath(groups: Groups, groupId: string): GroupPath {
  let byGroup = paths.get(groups)
  if (byGroup === undefined) paths.set(groups, (byGroup = new Map()))
  let path = byGroup.get(groupId)
  if (path === undefined) byGroup.set(groupId, (path = walkUp(groups, groupId)))
  return path
}

function walkUp(groups: Groups, groupId: string): GroupPath {
  const path: Group[] = []
  let next: string | null = groupId
  while (next !== null) {
    const group = groups.get(next)
    if (group === undefined || path.includes(group)) return { path, whole: false }
    path.push(group)
    next = group.parentId
  }
  return { path, whole: true }
}

/** A group's own entry for a feature, else its own entry for the feature's workspace (P7). */
export function groupEntry(group: Group, id: FeatureId, workspace: Workspace): 'allow' | 'deny' | undefined {
  return group.features.get(id) ?? group.features.get(workspaceFeatureIds[workspace])
}

const words = new WeakMap<Groups, WeakMap<Catalogue, Map<string, GroupWord | null>>>()

const lastWords = new WeakMap<Groups, { catalogue: Catalogue; byGroup: Map<string, GroupWord | null> }>()

/** Null for a group that contributes nothing: unknown, disabled, or below a disabled one (P11). */
export function groupWord(groups: Groups, catalogue: Catalogue, groupId: string): GroupWord | null {
  let byCatalogue = words.get(groups)
  if (byCatalogue === undefined) words.set(groups, (byCatalogue = new WeakMap()))
  let byGroup = byCatalogue.get(catalogue)
  if (byGroup === undefined) {
    byCatalogue.set(catalogue, (byGroup = new Map()))
    lastWords.set(groups, { catalogue, byGroup })
  }
  let word = byGroup.get(groupId)
  if (word === undefined) byGroup.set(groupId, (word = resolve(groupPath(groups, groupId), catalogue)))
  return word
}

/**
 * What a group would allow if it and all above it were enabled: for explanations only (P11). `disabled` is the way from
 * the group up to the nearest one that is; the group alone where none is.
 */
export function wordIfEnabled(
  groups: Groups,
  catalogue: Catalogue,
  groupId: string,
): Pick<GroupWord, 'allows'> & { readonly disabled: readonly GroupRef[] } {
  const { path, whole } = groupPath(groups, groupId)
  const nearest = path.findIndex(({ enabled }) => !enabled)
  const disabled = path.slice(0, Math.max(nearest, 0) + 1).map(({ id, name }) => ({ id, name }))
  return { allows: resolveWord({ path, whole }, catalogue).allows, disabled }
}

/**
 * Takes what is known of one map of groups over to the next, but for the groups in `changed`: a changed group and all
 * below it. A change of one group among a thousand then resolves those alone.
 */
export function keepGroupWords(from: Groups, to: Groups, changed: ReadonlySet<string>): void {
  const keep = <T>(known: ReadonlyMap<string, T>): Map<string, T> => {
    const kept = new Map(known)
    for (const id of changed) kept.delete(id)
    return kept
  }
  const knownPaths = paths.get(from)
  if (knownPaths !== undefined) paths.set(to, keep(knownPaths))
  // Catalogues are not listed anywhere; the words of the last one asked for are the ones worth keeping.
  const last = lastWords.get(from)
  if (last === undefined) return
  const known = { catalogue: last.catalogue, byGroup: keep(last.byGroup) }
  words.set(to, new WeakMap([[known.catalogue, known.byGroup]]))
  lastWords.set(to, known)
}

function resolve(groupPath: GroupPath, catalogue: Catalogue): GroupWord | null {
  const { path } = groupPath
  return path.length === 0 || path.some((group) => !group.enabled) ? null : resolveWord(groupPath, catalogue)
}

function resolveWord({ path, whole }: GroupPath, catalogue: Catalogue): GroupWord {
  const refs: readonly GroupRef[] = path.map(({ id, name }) => ({ id, name }))
  const pathTo = refs.map((_, index) => refs.slice(0, index + 1))
  const denies = new Map<number, Right>()
  const allows = new Map<number, Right>()
  for (const [place, { denyAt, allowAt }] of findEntries(path, catalogue)) {
    const id = catalogue.features[place]?.id ?? ''
    if (denyAt !== null) denies.set(place, denied(denial(id, pathTo[denyAt] ?? refs)))
    // A path that cannot be followed to its root may hide a deny: such a group still denies, but allows nothing.
    else if (whole && allowAt !== null) allows.set(place, allowed([allowance(id, pathTo[allowAt] ?? refs)]))
  }
  const said = (rights: ReadonlyMap<number, Right>): Said => ({
    places: placesIn(catalogue.features.length, rights.keys()),
    rights,
  })
  return { denies: said(denies), allows: said(allows) }
}

/** Places on the path: of the nearest deny, and of the nearest entry of all if that is an allow. */
interface FoundEntry {
  denyAt: number | null
  readonly allowAt: number | null
}

/** By place in the catalogue, for the features that anybody on the path speaks of. */
function findEntries(path: readonly Group[], catalogue: Catalogue): ReadonlyMap<number, FoundEntry> {
  const found = new Map<number, FoundEntry>()
  for (const [index, group] of path.entries()) {
    for (const [place, entry] of entriesByPlace(group, catalogue)) {
      const nearer = found.get(place)
      const denyAt = entry === 'deny' ? index : null
      if (nearer === undefined) found.set(place, { denyAt, allowAt: entry === 'allow' ? index : null })
      else nearer.denyAt ??= denyAt
    }
  }
  return found
}

/** A group's entries (P7), one for each feature they are about: a workspace's first, then what differs from it. */
function entriesByPlace(group: Group, catalogue: Catalogue): ReadonlyMap<number, 'allow' | 'deny'> {
  const entries = new Map<number, 'allow' | 'deny'>()
  for (const workspace of workspaces) {
    const entry = group.features.get(workspaceFeatureIds[workspace])
    if (entry === undefined) continue
    for (const [place, feature] of catalogue.features.entries()) {
      if (feature.workspace === workspace) entries.set(place, entry)
    }
  }
  const places = placesOf(catalogue)
  for (const [id, entry] of group.features) {
    const place = places.get(id)
    if (place !== undefined) entries.set(place, entry)
  }
  return entries
}

function denial(feature: FeatureId, groups: readonly GroupRef[]): Reason {
  return groups.length === 1
    ? { code: 'denied-by-group', rule: 'P2', feature, groups, changedBy: 'settings.groups' }
    : { code: 'denied-by-ancestor', rule: 'P8', feature, groups, changedBy: 'settings.groups' }
}

function allowance(feature: FeatureId, groups: readonly GroupRef[]): Reason {
  return { code: 'allowed-by-group', rule: groups.length === 1 ? 'P7' : 'P9', feature, groups }
}
