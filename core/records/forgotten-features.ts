/**
 * Entries that name a custom right which the organisation has taken out of its settings again.
 *
 * They stay stored and hold nothing: who registers the right again finds it where it was given, and the growth rule
 * judges that. A later write of the same field leaves them alone and may take them away; nobody may add one, or turn an
 * allow that is one into a deny.
 */
import { type Catalogue, isFeatureEntryId } from '../catalogue/features.ts'
import type { FieldSpec } from './kind-spec.ts'

/** A field's value as it is to be validated: without forgotten entries that `before` had just so. */
export function withoutForgotten(
  { type }: FieldSpec,
  value: unknown,
  before: unknown,
  catalogue: Catalogue,
): unknown {
  if ((type.type !== 'set' && type.type !== 'map') || type.entry.type !== 'feature') return value
  const isForgotten = (id: unknown): boolean => typeof id === 'string' && !isFeatureEntryId(catalogue, id)
  if (Array.isArray(value)) {
    const had = new Set<unknown>(Array.isArray(before) ? before : [])
    return value.filter((id) => !(isForgotten(id) && had.has(id)))
  }
  if (typeof value !== 'object' || value === null) return value
  const had = new Map(typeof before === 'object' && before !== null ? Object.entries(before) : [])
  return Object.fromEntries(
    Object.entries(value).filter(([id, state]) => !(isForgotten(id) && had.get(id) === state)),
  )
}
