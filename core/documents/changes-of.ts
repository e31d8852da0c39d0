/** What an update changed, as values: read the touched fields before, and again after. */
import type * as Y from 'yjs'
import type { FieldValue } from '../records/kind-spec.ts'
import { valueAt } from './read-record.ts'
import { sameValue } from './same-value.ts'
import type { Change, FieldKey } from './types.ts'

export type ValuesByField = ReadonlyMap<FieldKey, FieldValue>

export function valuesAt(doc: Y.Doc, fields: Iterable<FieldKey>): ValuesByField {
  const values = new Map<FieldKey, FieldValue>()
  for (const field of fields) values.set(field, valueAt(doc, field))
  return values
}

/** One change for each field of `before` whose value is another one in `after`, in the order of `before`. */
export function changesOf(before: ValuesByField, after: ValuesByField): Change[] {
  const changes: Change[] = []
  for (const [field, old] of before) {
    const now = after.get(field) ?? null
    if (!sameValue(old, now)) changes.push({ field, old, new: now })
  }
  return changes
}
