/**
 * Why one feature is held or not: the decision with its reasons, made when it is asked for. It reads the same rules that
 * `heldPlaces` went by, so that the two cannot disagree on the outcome; a feature held without a giver throws.
 */
import type { FeatureId, FeatureSpec } from '../catalogue/features.ts'
import { allowed, denied } from './decisions.ts'
import type { FeatureTables, Implying } from './feature-tables.ts'
import type { GroupWord } from './group-entries.ts'
import { heldPlaces, type Rules } from './held-places.ts'
import { hasPlace, type PlaceSet } from './place-set.ts'
import type { TypeCap } from './type-caps.ts'
import type { Reason, Right } from './types.ts'

/** `held` is what is held but for caps. */
export function rightAt(rules: Rules, held: PlaceSet, place: number): Right {
  if (!hasPlace(held, place)) return denialAt(rules, place)
  return capAt(rules.tables, rules.caps, place) ?? allowanceAt(rules, place)
}

function allowanceAt(rules: Rules, place: number): Right {
  const { tables, words, direct } = rules
  const feature = featureAt(tables, place)
  const given = saidBy(words, 'allows', place)
  if (direct.includes(feature.id)) given.unshift(tables.direct[place] as Right)
  if (feature.base) given.unshift(tables.baseFeature[place] as Right)
  const [first] = given
  if (first === undefined) return impliedAt(rules, place)
  return given.length === 1 ? first : allowed(given.flatMap(({ reasons }) => reasons))
}

function denialAt({ tables, words, nearMisses }: Rules, place: number): Right {
  const taken = saidBy(words, 'denies', place)
  const [first] = taken
  if (first === undefined) return notHeldAt(tables.notHeld[place] as Right, nearMisses().get(place))
  return taken.length === 1 ? first : denied(...taken.flatMap(({ reasons }) => reasons).sort(byPath))
}

/** What nobody gives says first what nearly gave it. */
function notHeldAt(notHeld: Right, near: readonly Reason[] | undefined): Right {
  return near === undefined ? notHeld : denied(...near, ...notHeld.reasons)
}

/** What each of the groups says of the feature. */
function saidBy(words: readonly GroupWord[], sort: keyof GroupWord, place: number): Right[] {
  const rights: Right[] = []
  for (const word of words) {
    const right = word[sort].rights.get(place)
    if (right !== undefined) rights.push(right)
  }
  return rights
}

/** Most specific first: the shorter path, then by id, so that the order of memberships does not show (P4). */
function byPath(a: Reason, b: Reason): number {
  const paths = (a.groups?.length ?? 0) - (b.groups?.length ?? 0)
  return paths || ((a.groups?.[0]?.id ?? '') < (b.groups?.[0]?.id ?? '') ? -1 : 1)
}

/** Asked of a feature that is held and that nothing gave: what is held is gone through again for what implied it. */
function impliedAt(rules: Rules, place: number): Right {
  const holders = new Map<number, Implying>()
  heldPlaces(rules, (found, holder) => holders.set(found, holder))
  const holder = holders.get(place)
  const { id: feature } = featureAt(rules.tables, place)
  if (holder === undefined) throw new Error(`${feature} is held, and nothing gave it`)
  const reasons = allowanceAt(rules, holder.place).reasons
  return allowed([{ code: 'implied-by', rule: 'P10', feature, detail: holder.feature.label }, ...reasons])
}

/** Null where no type takes it away. */
export function capAt(tables: FeatureTables, caps: readonly TypeCap[], place: number): Right | null {
  if (caps.length === 0) return null
  const feature = featureAt(tables, place)
  const reasons = caps
    .filter((cap) => cap.takesAway(feature))
    .map(({ label }) => capReason(feature.id, label))
  return reasons.length === 0 ? null : denied(...reasons)
}

function capReason(feature: FeatureId, label: string): Reason {
  return { code: 'type-cap', rule: 'P12', feature, detail: label, changedBy: 'settings.workers' }
}

const featureAt = ({ catalogue }: FeatureTables, place: number): FeatureSpec =>
  catalogue.features[place] as FeatureSpec
