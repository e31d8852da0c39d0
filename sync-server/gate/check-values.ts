/** D8: whether the row that a change leaves is one of its kind. */
import type { Reason } from '../../core/access/types.ts'
import type { Catalogue } from '../../core/catalogue/features.ts'
import { fieldSpecOf, splitFieldKey } from '../../core/documents/field-key.ts'
import type { FieldKey } from '../../core/documents/types.ts'
import type { KindSpec, Row } from '../../core/records/kind-spec.ts'
import { validateRow } from '../../core/records/validate.ts'
import type { FieldWrite } from '../../core/documents/row-after-writes.ts'

/** Keys that no field of the kind has; `decide` is more generous, because screens ask it about whole sets. */
export function checkKnown(spec: KindSpec, keys: readonly FieldKey[]): readonly Reason[] {
  return keys
    .filter((key) => fieldSpecOf(spec, key) === null)
    .map((key) => ({ code: 'unknown-field', rule: 'D8', field: key, changedBy: null }))
}

/** A new record is looked at whole, an old one where it was touched: what was valid once stays as it is. */
export function checkValues(
  spec: KindSpec,
  before: Row,
  after: Row,
  writes: readonly FieldWrite[],
  catalogue: Catalogue,
  creates: boolean,
): readonly Reason[] {
  const odd = writes.filter(({ field, value }) => isSetEntry(spec, field) && value !== true && value !== null)
  if (odd.length > 0) {
    return odd.map(({ field }) => ({
      code: 'value-invalid',
      rule: 'D8',
      field,
      detail: 'An entry is there or not.',
    }))
  }
  if (creates) return validateRow(spec, after, catalogue)
  const names = new Set(writes.map(({ field }) => splitFieldKey(field).field))
  return validateRow(spec, after, catalogue, names, before)
}

function isSetEntry(spec: KindSpec, key: FieldKey): boolean {
  return fieldSpecOf(spec, key)?.type.type === 'set'
}
