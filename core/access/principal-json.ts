/**
 * A principal as JSON, for the wire and the device's own store.
 *
 * Compact: reasons that differ in their feature alone are written once, so that a rep's principal is a few kB.
 * Parsed strictly: what is not exactly a principal is none.
 */
import * as v from 'valibot'
import { userTypes } from '../catalogue/user-types.ts'
import { explainedCodes } from './explain-texts.ts'
import { reasonEntries } from './reason-json.ts'
import type { Principal, Reason, Right, ScopeKey } from './types.ts'

const id = v.pipe(v.string(), v.maxLength(500))
const instant = v.nullable(v.pipe(v.number(), v.safeInteger()))
const strings = v.array(v.string())

const reasonJson = v.strictObject({ code: v.picklist(explainedCodes), ...reasonEntries })

const causeJson = v.variant('type', [
  v.strictObject({ type: v.literal('own-rep-code'), code: v.string() }),
  v.strictObject({
    type: v.literal('team-rep-code'),
    code: v.string(),
    workerId: id,
    workerName: v.string(),
  }),
  v.strictObject({ type: v.literal('a-id'), aId: v.string() }),
  v.strictObject({ type: v.literal('mapped') }),
])

const scopeKey = v.custom<ScopeKey>((value) => typeof value === 'string' && /^[a-z]+:./su.test(value))

export const principalJson = v.strictObject({
  workerId: id,
  name: v.string(),
  username: v.string(),
  live: v.boolean(),
  fullAdministrator: v.boolean(),
  userType: v.nullable(v.picklist(userTypes)),
  /** Each reason once; one without a feature means the feature it is listed under. */
  reasons: v.array(reasonJson),
  /** Feature, outcome, places in `reasons`. */
  rights: v.array(v.strictTuple([id, v.picklist(['allowed', 'denied']), v.array(v.number())])),
  /** Null is everything. */
  scope: v.nullable(v.array(v.strictTuple([scopeKey, causeJson]))),
  restrictions: v.strictObject({
    campaigns: v.nullable(strings),
    geographies: v.nullable(strings),
    partners: v.nullable(strings),
  }),
  /** Absent, with the one after it, in what a device stored before there were any. */
  searchFilter: v.optional(strings, []),
  enforceMatchSecurity: v.optional(v.boolean(), true),
  repCodes: strings,
  readableGroups: strings,
  from: instant,
  until: instant,
  policyVersion: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
export type PrincipalJson = v.InferOutput<typeof principalJson>

export function principalToJson(principal: Principal): PrincipalJson {
  const { rights, scope, ...rest } = principal
  const places = new Map<string, number>()
  const reasons: Reason[] = []
  const placeOf = (feature: string, reason: Reason): number => {
    const { feature: own, ...bare } = reason
    const written = own === feature ? bare : reason
    const text = JSON.stringify(written)
    let place = places.get(text)
    if (place === undefined) {
      place = reasons.push(written) - 1
      places.set(text, place)
    }
    return place
  }
  const rightsJson = [...rights].map(([feature, right]): PrincipalJson['rights'][number] => [
    feature,
    right.outcome,
    right.reasons.map((reason) => placeOf(feature, reason)),
  ])
  return v.parse(principalJson, {
    ...rest,
    reasons,
    rights: rightsJson,
    scope: scope.everything ? null : [...scope.keys],
  })
}

/** Null for anything that is not exactly a principal. */
export function principalFromJson(value: unknown): Principal | null {
  const parsed = v.safeParse(principalJson, value)
  if (!parsed.success) return null
  const { reasons, rights, scope, ...rest } = parsed.output
  const rightByFeature = new Map<string, Right>()
  for (const [feature, outcome, places] of rights) {
    const own = places.map((place) => reasons[place])
    if (own.length === 0 || own.includes(undefined) || rightByFeature.has(feature)) return null
    rightByFeature.set(feature, {
      outcome,
      reasons: own.filter((reason) => reason !== undefined).map((reason) => reasonFrom(reason, feature)),
    })
  }
  return {
    ...rest,
    rights: rightByFeature,
    scope: scope === null ? { everything: true } : { everything: false, keys: new Map(scope) },
  }
}

/** `exactOptionalPropertyTypes`: what was not written stays absent, and reads as it was compiled. */
function reasonFrom(reason: v.InferOutput<typeof reasonJson>, feature: string): Reason {
  const written = Object.entries(reason).filter(([, value]) => value !== undefined)
  return { feature, ...Object.fromEntries(written) } as Reason
}

/** The whole timeline, from JSON; null if any part is no principal, or there is none. */
export function timelineFromJson(values: readonly unknown[]): readonly Principal[] | null {
  const timeline = values.map(principalFromJson)
  return timeline.length > 0 && timeline.every((principal) => principal !== null) ? timeline : null
}
