/**
 * Who may change things: for each feature that a denial can name, those who hold it, by name. So that a rep is told
 * "Ada Byrne can change this" and not "someone with a right you have never heard of" (P25).
 *
 * Names of colleagues are no secret (DESIGN 3); only a few are told, and how many more there are.
 */
import * as v from 'valibot'
import type { FeatureId } from '../catalogue/features.ts'
import { effectiveRights } from './effective-rights.ts'
import { holdsRight } from './rights-table.ts'
import type { Directory, Instant } from './types.ts'

export interface Changers {
  /** At most `CHANGERS_NAMED_MAX`, by name. */
  readonly first: readonly { readonly id: string; readonly name: string }[]
  readonly total: number
}

export type ChangersByFeature = ReadonlyMap<FeatureId, Changers>

/** One more than is ever named, so that who reads it may be left out. */
export const CHANGERS_NAMED_MAX = 3

/** The features that reasons name in `changedBy`. */
export const changingFeatures = [
  'settings.workers',
  'settings.groups',
  'settings.system',
  'settings.import',
] as const satisfies readonly FeatureId[]

/** Reads everybody's rights: made once for a directory, not for each question. */
export function changersOf(directory: Directory, now: Instant): ChangersByFeature {
  const holders = new Map<FeatureId, { id: string; name: string }[]>(
    changingFeatures.map((feature) => [feature, []]),
  )
  for (const worker of directory.workers.values()) {
    const rights = effectiveRights(directory, worker, now)
    for (const [feature, list] of holders) {
      if (holdsRight(rights, feature)) list.push({ id: worker.id, name: worker.name })
    }
  }
  return new Map(
    [...holders].map(([feature, list]) => [
      feature,
      { first: list.sort(byName).slice(0, CHANGERS_NAMED_MAX), total: list.length },
    ]),
  )
}

type Named = Changers['first'][number]

const byName = (a: Named, b: Named): number =>
  a.name < b.name || (a.name === b.name && a.id < b.id) ? -1 : 1

/** As devices are sent them and keep them. */
export const changersSchema = v.record(
  v.pipe(v.string(), v.maxLength(64)),
  v.strictObject({
    first: v.pipe(
      v.array(v.strictObject({ id: v.string(), name: v.string() })),
      v.maxLength(CHANGERS_NAMED_MAX),
    ),
    total: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
)
export type ChangersJson = v.InferOutput<typeof changersSchema>

export function changersToJson(changers: ChangersByFeature): ChangersJson {
  return Object.fromEntries(
    [...changers].map(([feature, { first, total }]) => [feature, { first: [...first], total }]),
  )
}

export function changersFromJson(json: ChangersJson): ChangersByFeature {
  return new Map(Object.entries(json))
}
