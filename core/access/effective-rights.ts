/**
 * Effective rights: what one worker holds at one instant, each feature with the rules that gave or took it.
 *
 * Rules are read as a set: order and duplicates do not matter (P4). A deny beats every allow, direct rights included
 * (P2); what nothing allows is denied (P1). Workers who hold the same things share one table.
 *
 * Model: Cedar's authorizer (default deny, forbid beats permit). Laws: test/core/access/laws.property.test.ts
 */
import type { Catalogue, FeatureId, FeatureSpec } from '../catalogue/features.ts'
import { allowed, denied } from './decisions.ts'
import { type FeatureTables, featureTables } from './feature-tables.ts'
import { type GroupWord, groupWord } from './group-entries.ts'
import { nearMissesOf, nearMissReasons } from './near-misses.ts'
import { RightsTable } from './rights-table.ts'
import { type TypeCap, typeCapsOf } from './type-caps.ts'
import type { Directory, Instant, Reason, Right, Worker } from './types.ts'
import { isAdministrator, isWithin, liveMemberships } from './validity.ts'

export type Rights = ReadonlyMap<FeatureId, Right>

export function effectiveRights(directory: Directory, worker: Worker, now: Instant): Rights {
  const { catalogue, groups } = directory
  const tables = featureTables(catalogue)
  if (!worker.active) return tables.inactive
  if (!isWithin(worker.validFrom, worker.validUntil, now)) return tables.notValid
  const caps = typeCapsOf(worker, groups)
  if (isAdministrator(directory, worker, now)) return administratorRights(tables, worker, caps)
  const groupIds = sortedSet(liveMemberships(worker, now).map(({ groupId }) => groupId))
  const direct = sortedSet(worker.rights)
  const misses = nearMissesOf(worker, directory, now)
  const signature = JSON.stringify([groupIds, direct, caps.map(({ label }) => label), misses])
  const shared = sharedRights(directory)
  let rights = shared.get(signature)
  if (rights === undefined) {
    const words = groupIds.map((id) => groupWord(groups, catalogue, id)).filter((word) => word !== null)
    const held = withImplied(tables, heldRights(tables, words, direct))
    const explained = withNearMisses(tables, held, nearMissReasons(misses, groups, catalogue))
    rights = new RightsTable(catalogue, capped(tables, explained, caps))
    // Bounded: it lives as long as the map of groups does, through any number of changes to workers.
    if (shared.size >= SHARED_RIGHTS_MAX) shared.clear()
    shared.set(signature, rights)
  }
  return rights
}

function sortedSet(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : [...new Set(ids)].sort()
}

/** Base, direct rights and groups, less denies: everything but implications (P2, P3, P7 to P9). By place. */
function heldRights(
  tables: FeatureTables,
  words: readonly GroupWord[],
  direct: readonly FeatureId[],
): Right[] {
  // Most features of most workers are not spoken of: start from what everyone has and touch only the others.
  const rights = tables.base.slice()
  for (const id of direct) {
    const place = tables.places.get(id)
    const right = place === undefined ? undefined : tables.direct[place]
    if (place !== undefined && right !== undefined) add(rights, place, right)
  }
  for (const { allows } of words) for (const [place, right] of allows) add(rights, place, right)
  for (const { denies } of words) {
    for (const [place, right] of denies) {
      if (rights[place]?.outcome === 'allowed') rights[place] = right
      else deny(tables, rights, place, right)
    }
  }
  return rights
}

/** Joins the reasons with those of an allow before it. */
function add(rights: Right[], place: number, right: Right): void {
  const held = rights[place]
  rights[place] = held?.outcome === 'allowed' ? allowed([...held.reasons, ...right.reasons]) : right
}

/** Joins the reasons with those of a deny before it. */
function deny(tables: FeatureTables, rights: Right[], place: number, right: Right): void {
  const held = rights[place]
  if (held === undefined || held === tables.notHeld[place]) rights[place] = right
  else rights[place] = denied(...[...held.reasons, ...right.reasons].sort(byPath))
}

/** Most specific first: the shorter path, then by id, so that the order of memberships does not show (P4). */
function byPath(a: Reason, b: Reason): number {
  const paths = (a.groups?.length ?? 0) - (b.groups?.length ?? 0)
  return paths || ((a.groups?.[0]?.id ?? '') < (b.groups?.[0]?.id ?? '') ? -1 : 1)
}

/** Adds what is implied by what is held, transitively, each unless denied itself (P10). Changes and returns `rights`. */
function withImplied(tables: FeatureTables, rights: Right[]): Right[] {
  const queue = tables.implying.filter(({ place }) => rights[place]?.outcome === 'allowed')
  for (const holder of queue) {
    const right = rights[holder.place]
    for (const next of holder.implies) {
      // Only what nothing speaks of: what is held needs no help, what is denied is out of reach.
      if (right === undefined || rights[next.place] !== tables.notHeld[next.place]) continue
      rights[next.place] = implied(next.feature.id, holder.feature, right)
      queue.push(next)
    }
  }
  return rights
}

function implied(feature: FeatureId, holder: FeatureSpec, right: Right): Right {
  return allowed([{ code: 'implied-by', rule: 'P10', feature, detail: holder.label }, ...right.reasons])
}

/** What nobody gives says first what nearly gave it. Changes and returns `rights`. */
function withNearMisses(
  tables: FeatureTables,
  rights: Right[],
  misses: ReadonlyMap<number, readonly Reason[]>,
): Right[] {
  for (const [place, reasons] of misses) {
    const right = rights[place]
    if (right !== undefined && right === tables.notHeld[place])
      rights[place] = denied(...reasons, ...right.reasons)
  }
  return rights
}

/** Every feature, less the member's own reductions (P6) and what a type takes away (P12). */
function administratorRights(tables: FeatureTables, worker: Worker, caps: readonly TypeCap[]): Rights {
  if (worker.reductions.length === 0 && caps.length === 0) return tables.administrator
  const rights = [...tables.administrator.values()]
  for (const feature of worker.reductions) {
    const place = tables.places.get(feature)
    if (place !== undefined) rights[place] = denied({ code: 'reduced', rule: 'P6', feature })
  }
  return new RightsTable(tables.catalogue, capped(tables, rights, caps))
}

/** Takes away what a type may not hold (P12). Changes and returns `rights`. */
function capped(tables: FeatureTables, rights: Right[], caps: readonly TypeCap[]): Right[] {
  if (caps.length === 0) return rights
  for (const [place, feature] of tables.catalogue.features.entries()) {
    const deciding = caps.filter((cap) => cap.takesAway(feature))
    if (deciding.length === 0 || rights[place]?.outcome !== 'allowed') continue
    rights[place] = denied(...deciding.map(({ label }) => capReason(feature.id, label)))
  }
  return rights
}

function capReason(feature: FeatureId, label: string): Reason {
  return { code: 'type-cap', rule: 'P12', feature, detail: label, changedBy: 'settings.workers' }
}

/** Most tables kept for one map of groups: every worker of a large organisation holding something else. */
const SHARED_RIGHTS_MAX = 20_000

const sharedByGroups = new WeakMap<Directory['groups'], WeakMap<Catalogue, Map<string, Rights>>>()

function sharedRights({ groups, catalogue }: Directory): Map<string, Rights> {
  let byCatalogue = sharedByGroups.get(groups)
  if (byCatalogue === undefined) sharedByGroups.set(groups, (byCatalogue = new WeakMap()))
  let shared = byCatalogue.get(catalogue)
  if (shared === undefined) byCatalogue.set(catalogue, (shared = new Map()))
  return shared
}
