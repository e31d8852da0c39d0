/**
 * From values as a form, a CSV or the API has them to the writes of field keys that make them so.
 *
 * Arrays for sets, objects or `[{id, from, until}]` for maps, strings for texts. Entries that are gone are written
 * null, blank lines too: unset is null everywhere (DESIGN 8).
 */
import type { FieldSpec, FieldValue, KindSpec, Row, Scalar } from '../records/kind-spec.ts'
import type { Write } from './author-change.ts'
import { fieldKey, textKey } from './field-key.ts'
import { sameValue } from './same-value.ts'

/** A part of a row; absent fields stay as they are. */
export type RowValues = { readonly [field: string]: unknown }

/** Every row has them, and nobody writes them. */
const rowOwnNames: ReadonlySet<string> = new Set(['id', 'kind', 'seq'])

/**
 * The writes that turn the old row into one with the new values; without an old row, those that make the record,
 * declared defaults included. Throws on a field that the kind does not declare: names are checked where they come from.
 */
export function writesFor(spec: KindSpec, oldRow: Row | null, newFields: RowValues): Write[] {
  const writes: Write[] = []
  for (const name of Object.keys(newFields)) {
    if (rowOwnNames.has(name) || newFields[name] === undefined) continue
    const field = Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined
    if (field === undefined) throw new Error(`${spec.kind} has no field ${name}`)
    writes.push(...writesOfField(field, name, oldRow?.[name], newFields[name]))
  }
  if (oldRow === null) writes.push(...defaultsOf(spec, newFields))
  return writes
}

function writesOfField(field: FieldSpec, name: string, old: unknown, next: unknown): Write[] {
  const { type } = field
  if (type.type === 'set' || type.type === 'map') {
    return entryWrites(name, entriesOf(old, type.type), entriesOf(next, type.type))
  }
  // In a long text blanks are content: somebody may be in the middle of typing.
  const unset = type.type === 'text' ? emptyToNull : blankToNull
  const value = unset(next)
  if (sameValue(unset(old), value)) return []
  return [{ field: type.type === 'text' ? textKey(name) : name, value }]
}

function entryWrites(
  name: string,
  old: ReadonlyMap<string, FieldValue>,
  next: ReadonlyMap<string, FieldValue>,
): Write[] {
  const writes: Write[] = []
  for (const entry of old.keys()) {
    if (!next.has(entry)) writes.push({ field: fieldKey(name, entry), value: null })
  }
  for (const [entry, value] of next) {
    if (!sameValue(old.get(entry) ?? null, value)) writes.push({ field: fieldKey(name, entry), value })
  }
  return writes
}

/** A set's entries are true; a map's are their values, or where they come as an array all but the id. */
function entriesOf(value: unknown, type: 'set' | 'map'): Map<string, FieldValue> {
  const entries = new Map<string, FieldValue>()
  if (Array.isArray(value)) {
    for (const element of value) {
      if (type === 'set') entries.set(String(element), true)
      else {
        const { id, ...rest } = element as { id: string; [name: string]: Scalar }
        entries.set(id, rest)
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [entry, held] of Object.entries(value)) {
      if (held !== null && held !== undefined) entries.set(entry, held as FieldValue)
    }
  }
  return entries
}

function defaultsOf(spec: KindSpec, newFields: RowValues): Write[] {
  const writes: Write[] = []
  for (const [name, field] of Object.entries(spec.fields)) {
    const said = Object.hasOwn(newFields, name) && newFields[name] !== undefined
    if (field.default !== undefined && !said) writes.push({ field: name, value: field.default })
  }
  return writes
}

function blankToNull(value: unknown): FieldValue {
  return typeof value === 'string' && value.trim() === '' ? null : emptyToNull(value)
}

function emptyToNull(value: unknown): FieldValue {
  return value === undefined || value === '' ? null : (value as FieldValue)
}
