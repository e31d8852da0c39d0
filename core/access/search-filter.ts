/**
 * The search filter: what of a search's results a worker is shown (U-12, U-13, S11).
 *
 * It hides from search only. It takes nothing out of a scope, a list, a sync or an export, and what it hides opens by
 * its address or from a related record: no security boundary (U-a). Who means one uses a restriction (S7).
 */
import { type CriterionField, foldCriterionValue, parseCriterion } from '../records/criterion.ts'
import type { Kind, Row } from '../records/kind-spec.ts'
import { kindSpecs } from '../records/registry.ts'
import { accountOf } from './reach.ts'
import type { Decision, Principal, Reason, Target } from './types.ts'

/** Empty: not filtered. Each a criterion (`core/records/criterion.ts`). */
export type SearchFilter = readonly string[]

/** Whether a search for this kind is filtered at all: accounts, and what hangs on them. */
export function isFiltered(filter: SearchFilter, kind: Kind): boolean {
  return filter.length > 0 && kindSpecs[kind].read.type === 'scoped'
}

/**
 * Which accounts pass, to be asked row by row. What hangs on an account passes with it; without one nothing does.
 * Entries of one field are alternatives, different fields all have to hold; one that cannot be read lets nothing pass.
 */
export function searchFilterOf(filter: SearchFilter): (account: Row | null) => boolean {
  const criteria = filter.map(parseCriterion)
  const read = criteria.filter((criterion) => criterion !== null)
  if (read.length < criteria.length) return () => false
  const valuesByField = [...Map.groupBy(read, ({ field }) => field)].map(
    ([field, ofField]) => [field, ofField.map(({ value }) => value)] as const,
  )
  return (account) =>
    valuesByField.length === 0 ||
    (account !== null && valuesByField.every(([field, values]) => holds(account, field, values)))
}

/** Why a search does not show a record that may be seen; null when it does. Asked for explanations alone. */
export function searchReason(principal: Principal, target: Target): Reason | null {
  if (!isFiltered(principal.searchFilter, target.kind)) return null
  return searchFilterOf(principal.searchFilter)(accountOf(target)) ? null : hiddenFromSearch
}

/** The decision on seeing a record, with what search does about it said last. */
export function withSearchReason(decision: Decision, principal: Principal, target: Target): Decision {
  const reason = decision.outcome === 'allowed' ? searchReason(principal, target) : null
  return reason === null ? decision : { ...decision, reasons: [...decision.reasons, reason] }
}

const hiddenFromSearch: Reason = { code: 'hidden-from-search', rule: 'S11', changedBy: 'settings.workers' }

function holds(account: Row, field: CriterionField, values: readonly string[]): boolean {
  const held = account[field]
  if (Array.isArray(held)) return held.some((entry) => values.includes(foldCriterionValue(entry)))
  const value = foldCriterionValue(held)
  // The beginning of a zip stands for an area, as in a geography (S7).
  return field === 'zip' ? values.some((begin) => value.startsWith(begin)) : values.includes(value)
}
