/** What rights look like that depend on the catalogue alone; made once for each catalogue. */
import {
  type Catalogue,
  type FeatureId,
  type FeatureSpec,
  workspaceFeatureIds,
} from '../catalogue/features.ts'
import { allowed, denied } from './decisions.ts'
import { type PlaceSet, placesIn } from './place-set.ts'
import { placesOf, RightsTable } from './rights-table.ts'
import type { Decision, Right } from './types.ts'

/** Lists are by place in the catalogue. */
export interface FeatureTables {
  readonly catalogue: Catalogue
  readonly places: ReadonlyMap<FeatureId, number>
  readonly inactive: RightsTable
  readonly notValid: RightsTable
  readonly administrator: RightsTable
  readonly notHeld: readonly Right[]
  /** What every live worker has (P3). */
  readonly base: PlaceSet
  readonly baseFeature: readonly Right[]
  readonly direct: readonly Right[]
  /** The features that imply others. */
  readonly implying: readonly Implying[]
}

/** A feature with what it implies, as far as that goes. */
export interface Implying {
  readonly place: number
  readonly feature: FeatureSpec
  readonly implies: readonly Implying[]
}

const tables = new WeakMap<Catalogue, FeatureTables>()

export function featureTables(catalogue: Catalogue): FeatureTables {
  let known = tables.get(catalogue)
  if (known === undefined) tables.set(catalogue, (known = makeTables(catalogue)))
  return known
}

function makeTables(catalogue: Catalogue): FeatureTables {
  const { features } = catalogue
  const each = (make: (feature: FeatureId) => Decision): Right[] => features.map(({ id }) => make(id))
  const changedBy = 'settings.workers'
  return {
    catalogue,
    places: placesOf(catalogue),
    inactive: RightsTable.of(
      catalogue,
      each((feature) => denied({ code: 'worker-inactive', rule: 'P5', feature, changedBy })),
    ),
    notValid: RightsTable.of(
      catalogue,
      each((feature) => denied({ code: 'worker-not-valid', rule: 'P5', feature, changedBy })),
    ),
    administrator: RightsTable.of(
      catalogue,
      each((feature) => allowed([{ code: 'administrator', rule: 'P6', feature }])),
    ),
    notHeld: each((feature) => denied({ code: 'not-held', rule: 'P1', feature, changedBy })),
    base: placesIn(
      features.length,
      features.flatMap(({ base }, place) => (base ? [place] : [])),
    ),
    baseFeature: each((feature) => allowed([{ code: 'base-feature', rule: 'P3', feature }])),
    direct: each((feature) => allowed([{ code: 'direct-right', rule: 'P1', feature }])),
    implying: implyingOf(catalogue),
  }
}

function implyingOf(catalogue: Catalogue): readonly Implying[] {
  const places = placesOf(catalogue)
  const nodes = catalogue.features.map((feature, place) => ({ place, feature, implies: [] as Implying[] }))
  for (const node of nodes) {
    for (const id of impliedBy(node.feature, catalogue)) {
      const implied = nodes[places.get(id) ?? -1]
      if (implied !== undefined) node.implies.push(implied)
    }
  }
  return nodes.filter(({ implies }) => implies.length > 0)
}

/** A workspace right implies every feature of its workspace, custom rights too (P10, R-08). */
function impliedBy({ id, workspace, implies }: FeatureSpec, catalogue: Catalogue): readonly FeatureId[] {
  if (id !== workspaceFeatureIds[workspace]) return implies ?? []
  return catalogue.features
    .filter((other) => other.workspace === workspace && other.id !== id)
    .map((other) => other.id)
}
