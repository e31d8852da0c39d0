/**
 * Effective rights: what one worker holds at one instant, each feature with the rules that gave or took it.
 *
 * Rules are read as a set: order and duplicates do not matter (P4). A deny beats every allow, direct rights included
 * (P2); what nothing allows is denied (P1). What is held is worked out at once, for all features together; the reasons
 * for one feature when somebody asks.
 *
 * Model: Cedar's authorizer (default deny, forbid beats permit). Laws: test/core/access/laws.property.test.ts
 */
import type { FeatureId } from '../catalogue/features.ts'
import { denied } from './decisions.ts'
import { type FeatureTables, featureTables } from './feature-tables.ts'
import { groupWord } from './group-entries.ts'
import { heldPlaces, type Rules } from './held-places.ts'
import { nearMissesAt } from './near-misses.ts'
import { type PlaceSet, placesIn, removePlaces } from './place-set.ts'
import { RightsTable } from './rights-table.ts'
import { type TypeCap, typeCapsOf } from './type-caps.ts'
import type { Directory, Instant, Right, Worker } from './types.ts'
import { isAdministrator, isWithin, liveMemberships } from './validity.ts'
import { capAt, rightAt } from './why-held.ts'

export type Rights = ReadonlyMap<FeatureId, Right>

export function effectiveRights(directory: Directory, worker: Worker, now: Instant): Rights {
  const { catalogue, groups } = directory
  const tables = featureTables(catalogue)
  if (!worker.active) return tables.inactive
  if (!isWithin(worker.validFrom, worker.validUntil, now)) return tables.notValid
  const caps = typeCapsOf(worker, groups)
  if (isAdministrator(directory, worker, now)) return administratorRights(tables, worker, caps)
  const groupIds = sortedSet(liveMemberships(worker, now).map(({ groupId }) => groupId))
  const words = groupIds.map((id) => groupWord(groups, catalogue, id)).filter((word) => word !== null)
  const nearMisses = nearMissesAt(worker, directory, now)
  return rightsBy({ tables, words, direct: sortedSet(worker.rights), caps, nearMisses })
}

/** Keeps the rules, for the reasons; and not the directory, of which there is another after each change. */
function rightsBy(rules: Rules): Rights {
  const held = heldPlaces(rules)
  return new RightsTable(rules.tables.catalogue, capped(rules, held), (place) => rightAt(rules, held, place))
}

function sortedSet(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : [...new Set(ids)].sort()
}

/** Less what a type takes away (P12). */
function capped({ tables, caps }: Rules, held: PlaceSet): PlaceSet {
  if (caps.length === 0) return held
  const capping = tables.catalogue.features.flatMap((feature, place) =>
    caps.some((cap) => cap.takesAway(feature)) ? [place] : [],
  )
  const rest = [...held]
  removePlaces(rest, placesIn(tables.places.size, capping))
  return rest
}

/** Every feature, less the member's own reductions (P6) and what a type takes away (P12). */
function administratorRights(tables: FeatureTables, worker: Worker, caps: readonly TypeCap[]): Rights {
  if (worker.reductions.length === 0 && caps.length === 0) return tables.administrator
  const reductions = new Set(worker.reductions)
  const rights = [...tables.administrator].map(([feature, right], place) =>
    reductions.has(feature)
      ? denied({ code: 'reduced', rule: 'P6', feature })
      : (capAt(tables, caps, place) ?? right),
  )
  return RightsTable.of(tables.catalogue, rights)
}
