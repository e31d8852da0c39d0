/**
 * What a screen has changed and not saved: a new value for each field key, laid over the row as it is stored.
 *
 * Field keys and not whole fields, so that a colleague's edit of another entry, arriving meanwhile, is kept
 * (`features/crm.export` beside `features/help.read`). Null takes an entry away.
 */
import { splitFieldKey } from '../../../../core/documents/field-key.ts'
import { sameValue } from '../../../../core/documents/same-value.ts'
import type { Change } from '../../../../core/documents/types.ts'
import type { RowValues } from '../../../../core/documents/writes-for.ts'
import type { FieldValue, KindSpec, Row } from '../../../../core/records/kind-spec.ts'
import { withChanges } from '../../../replica/shown-row.ts'

export type Overlay = Readonly<Record<string, FieldValue>>

export const emptyOverlay: Overlay = {}

/** What a row says under a field key; null where unset. */
export function valueUnder(row: Row, key: string): FieldValue {
  const { field, entry } = splitFieldKey(key)
  const value = row[field]
  if (entry === null) return (value ?? null) as FieldValue
  if (Array.isArray(value)) {
    const held: unknown = value.find((one) => one === entry || (isObject(one) && one['id'] === entry))
    if (held === undefined) return null
    if (!isObject(held)) return true
    const { id: _, ...rest } = held
    return rest as FieldValue
  }
  return isObject(value) && Object.hasOwn(value, entry) ? (value[entry] as FieldValue) : null
}

/** The overlay's real changes, sorted by key: what is stored so already is none. */
export function changesOf(row: Row, overlay: Overlay): readonly Change[] {
  return Object.keys(overlay)
    .sort()
    .map((field) => ({ field, old: valueUnder(row, field), new: overlay[field] ?? null }))
    .filter(({ old, new: next }) => !sameValue(old, next))
}

export function withOverlay(spec: KindSpec, row: Row, overlay: Overlay): Row {
  return withChanges(spec, row, changesOf(row, overlay))
}

/** The changed fields as a whole, the way `editRecord` takes them. */
export function fieldsOf(spec: KindSpec, row: Row, overlay: Overlay): RowValues {
  const after = withOverlay(spec, row, overlay)
  const names = new Set(changesOf(row, overlay).map(({ field }) => splitFieldKey(field).field))
  return Object.fromEntries([...names].map((name) => [name, after[name]]))
}

/** The overlay that takes the changes back, for Undo. */
export function reverseOf(row: Row, overlay: Overlay): Overlay {
  return Object.fromEntries(changesOf(row, overlay).map(({ field, old }) => [field, old]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
