/** Where a worker has a right from, or what keeps it from them: direct, through a group, denied by one (R-i). */
import { isAllowed, type Reason, type Right } from '../../../../core/access/types.ts'

export type RightSource =
  | { readonly type: 'direct' }
  | { readonly type: 'through'; readonly group: string }
  | { readonly type: 'with'; readonly feature: string }
  | { readonly type: 'base' }
  | { readonly type: 'administrator' }
  | { readonly type: 'denied-by'; readonly group: string }
  | { readonly type: 'reduced' }
  | { readonly type: 'capped'; readonly by: string }
  | { readonly type: 'not-live' }
  | { readonly type: 'not-given' }

export function sourceOf(right: Right | undefined): RightSource {
  const [reason] = right?.reasons ?? []
  if (right === undefined || reason === undefined) return { type: 'not-given' }
  return isAllowed(right) ? givenBy(right.reasons, reason) : takenBy(reason)
}

/** Direct before a group, a group before what everyone has: the nearest hand that gave it. */
function givenBy(reasons: readonly Reason[], first: Reason): RightSource {
  if (first.code === 'implied-by') return { type: 'with', feature: first.detail ?? '' }
  const codes = new Set(reasons.map(({ code }) => code))
  if (codes.has('administrator')) return { type: 'administrator' }
  if (codes.has('direct-right')) return { type: 'direct' }
  // The group that says so, which may stand above the one that the worker is in.
  const group = reasons.find(({ code }) => code === 'allowed-by-group')?.groups?.at(-1)
  return group === undefined ? { type: 'base' } : { type: 'through', group: group.name }
}

function takenBy({ code, groups, detail }: Reason): RightSource {
  switch (code) {
    case 'denied-by-group':
    case 'denied-by-ancestor':
      return { type: 'denied-by', group: groups?.at(-1)?.name ?? '' }
    case 'reduced':
      return { type: 'reduced' }
    case 'type-cap':
      return { type: 'capped', by: detail ?? '' }
    case 'worker-inactive':
    case 'worker-not-valid':
      return { type: 'not-live' }
    default:
      return { type: 'not-given' }
  }
}
