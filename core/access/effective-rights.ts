/**
 * Effective rights: what one worker holds at one instant, each feature with the rules that gave or took it.
 *
 * Rules are read as a set: order and duplicates do not matter (P4). A deny beats every allow, direct rights included
 * (P2); what nothing allows is denied (P1). Workers who hold the same things share one map.
 *
 * Model: Cedar's authorizer (default deny, forbid beats permit). Laws: test/core/access/laws.property.test.ts
 */
import {
  type Catalogue,
  type FeatureId,
  type FeatureSpec,
  workspaceFeatureIds,
} from '../catalogue/features.ts'
import { allowed, denied } from './decisions.ts'
import { type GroupWord, groupWord } from './group-entries.ts'
import { type TypeCap, typeCapsOf } from './type-caps.ts'
import type { Decision, Directory, Instant, Reason, Right, Worker } from './types.ts'
import { isAdministrator, isWithin, liveMemberships } from './validity.ts'

export type Rights = ReadonlyMap<FeatureId, Right>

export function effectiveRights(directory: Directory, worker: Worker, now: Instant): Rights {
  const { catalogue, groups } = directory
  const known = tablesOf(catalogue)
  if (!worker.active) return known.inactive
  if (!isWithin(worker.validFrom, worker.validUntil, now)) return known.notValid
  const caps = typeCapsOf(worker, groups)
  if (isAdministrator(directory, worker, now)) {
    if (worker.reductions.length === 0 && caps.length === 0) return known.administrator
    return capped(administratorRights(catalogue, worker), catalogue, caps)
  }
  const groupIds = [...new Set(liveMemberships(worker, now).map(({ groupId }) => groupId))].sort()
  const direct = worker.rights.length < 2 ? worker.rights : [...new Set(worker.rights)].sort()
  const signature = JSON.stringify([groupIds, direct, caps.map(({ label }) => label)])
  const shared = sharedRights(directory)
  let rights = shared.get(signature)
  if (rights === undefined) {
    const words = groupIds.map((id) => groupWord(groups, catalogue, id)).filter((word) => word !== null)
    rights = capped(withImplied(heldRights(catalogue, words, direct), catalogue), catalogue, caps)
    // Bounded: it lives as long as the map of groups does, through any number of changes to workers.
    if (shared.size >= SHARED_RIGHTS_MAX) shared.clear()
    shared.set(signature, rights)
  }
  return rights
}

/** Base, direct rights and groups, less denies: everything but implications (P2, P3, P7 to P9). */
function heldRights(catalogue: Catalogue, words: readonly GroupWord[], direct: readonly FeatureId[]) {
  const known = tablesOf(catalogue)
  const rights = new Map<FeatureId, Right>()
  for (const [index, feature] of catalogue.features.entries()) {
    const denials = reasonsOf(words, 'denies', index)
    if (denials.length > 0) {
      rights.set(feature.id, denied(...denials.sort(byPath)))
      continue
    }
    const reasons = reasonsOf(words, 'allows', index)
    if (direct.includes(feature.id))
      reasons.unshift({ code: 'direct-right', rule: 'P1', feature: feature.id })
    if (feature.base) reasons.unshift({ code: 'base-feature', rule: 'P3', feature: feature.id })
    rights.set(
      feature.id,
      reasons.length > 0 ? allowed(reasons) : (known.notHeld.get(feature.id) as Decision),
    )
  }
  return rights
}

function reasonsOf(words: readonly GroupWord[], side: keyof GroupWord, index: number): Reason[] {
  const reasons: Reason[] = []
  for (const word of words) {
    const reason = word[side][index]
    if (reason) reasons.push(reason)
  }
  return reasons
}

/** Most specific first: the shorter path, then by id, so that the order of memberships does not show (P4). */
function byPath(a: Reason, b: Reason): number {
  const paths = (a.groups?.length ?? 0) - (b.groups?.length ?? 0)
  return paths || ((a.groups?.[0]?.id ?? '') < (b.groups?.[0]?.id ?? '') ? -1 : 1)
}

/** Adds what is implied by what is held, transitively, each unless denied itself (P10). Changes and returns `rights`. */
function withImplied(rights: Map<FeatureId, Right>, catalogue: Catalogue): Map<FeatureId, Right> {
  const { implies, notHeld } = tablesOf(catalogue)
  const queue = catalogue.features.filter(({ id }) => rights.get(id)?.outcome === 'allowed')
  for (const holder of queue) {
    for (const feature of implies.get(holder.id) ?? []) {
      if (rights.get(feature.id) !== notHeld.get(feature.id)) continue
      rights.set(feature.id, implied(feature.id, holder, rights.get(holder.id)))
      queue.push(feature)
    }
  }
  return rights
}

function implied(feature: FeatureId, holder: FeatureSpec, right: Right | undefined): Right {
  const reason: Reason = { code: 'implied-by', rule: 'P10', feature, detail: holder.label }
  return allowed([reason, ...(right?.reasons ?? [])])
}

/** Every feature, less the member's own reductions (P6). */
function administratorRights(catalogue: Catalogue, worker: Worker): Map<FeatureId, Right> {
  const rights = new Map(tablesOf(catalogue).administrator)
  for (const feature of worker.reductions) {
    if (rights.has(feature)) rights.set(feature, denied({ code: 'reduced', rule: 'P6', feature }))
  }
  return rights
}

/** Takes away what a type may not hold (P12). Changes and returns `rights`. */
function capped(rights: Map<FeatureId, Right>, catalogue: Catalogue, caps: readonly TypeCap[]): Rights {
  if (caps.length === 0) return rights
  for (const feature of catalogue.features) {
    const deciding = caps.filter((cap) => cap.takesAway(feature))
    if (deciding.length === 0 || rights.get(feature.id)?.outcome !== 'allowed') continue
    const reasons = deciding.map(
      ({ label }): Reason => ({
        code: 'type-cap',
        rule: 'P12',
        feature: feature.id,
        detail: label,
        changedBy: 'settings.workers',
      }),
    )
    rights.set(feature.id, denied(...reasons))
  }
  return rights
}

/** What depends on the catalogue alone. */
interface CatalogueTables {
  readonly inactive: Rights
  readonly notValid: Rights
  readonly administrator: Rights
  readonly notHeld: Rights
  readonly implies: ReadonlyMap<FeatureId, readonly FeatureSpec[]>
}

const tables = new WeakMap<Catalogue, CatalogueTables>()

function tablesOf(catalogue: Catalogue): CatalogueTables {
  let known = tables.get(catalogue)
  if (known === undefined) tables.set(catalogue, (known = makeTables(catalogue)))
  return known
}

function makeTables(catalogue: Catalogue): CatalogueTables {
  const each = (make: (feature: FeatureId) => Decision): Rights =>
    new Map(catalogue.features.map(({ id }) => [id, make(id)]))
  const changedBy = 'settings.workers'
  return {
    inactive: each((feature) => denied({ code: 'worker-inactive', rule: 'P5', feature, changedBy })),
    notValid: each((feature) => denied({ code: 'worker-not-valid', rule: 'P5', feature, changedBy })),
    administrator: each((feature) => allowed([{ code: 'administrator', rule: 'P6', feature }])),
    notHeld: each((feature) => denied({ code: 'not-held', rule: 'P1', feature, changedBy })),
    implies: new Map(catalogue.features.map((feature) => [feature.id, impliedBy(feature, catalogue)])),
  }
}

/** A workspace right implies every feature of its workspace, custom rights too (P10, R-08). */
function impliedBy(feature: FeatureSpec, catalogue: Catalogue): readonly FeatureSpec[] {
  if (feature.id === workspaceFeatureIds[feature.workspace]) {
    return catalogue.features.filter(
      ({ id, workspace }) => workspace === feature.workspace && id !== feature.id,
    )
  }
  return (feature.implies ?? []).flatMap((id) => catalogue.featureById.get(id) ?? [])
}

/** Most maps of rights kept for one map of groups: every worker of a large organisation holding something else. */
const SHARED_RIGHTS_MAX = 20_000

const sharedByGroups = new WeakMap<Directory['groups'], WeakMap<Catalogue, Map<string, Rights>>>()

function sharedRights({ groups, catalogue }: Directory): Map<string, Rights> {
  let byCatalogue = sharedByGroups.get(groups)
  if (byCatalogue === undefined) sharedByGroups.set(groups, (byCatalogue = new WeakMap()))
  let shared = byCatalogue.get(catalogue)
  if (shared === undefined) byCatalogue.set(catalogue, (shared = new Map()))
  return shared
}
