/**
 * What an entry of a record is called inside its document, and what no entry may ever be called.
 *
 * `phone` and `repCodes/275` are keys of the map `fields`; `text:notes` is a root of its own. A set's or a map's entry
 * is percent-encoded in one spelling only, or one entry could be there twice.
 */
import { KEY_LENGTH_MAX } from '../protocol/limits.ts'
import type { FieldSpec, KindSpec } from '../records/kind-spec.ts'
import type { FieldKey } from './types.ts'

/** The root of everything that is not long text. */
export const FIELDS_ROOT = 'fields'

const TEXT_PREFIX = 'text:'

/** Names that mean something to JavaScript's own objects. As a key they would change what an object is (E14). */
const forbiddenNames: ReadonlySet<string> = new Set([
  '__proto__',
  'prototype',
  'constructor',
  'toString',
  'toLocaleString',
  'toJSON',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
])

export function isForbiddenName(name: string): boolean {
  return forbiddenNames.has(name)
}

/** The key of a field, or of one entry of a set or map. */
export function fieldKey(field: string, entry?: string): FieldKey {
  return entry === undefined ? field : `${field}/${encodeURIComponent(entry.toWellFormed())}`
}

/** The key of a long text. */
export function textKey(field: string): FieldKey {
  return TEXT_PREFIX + field
}

export function isTextKey(key: FieldKey): boolean {
  return key.startsWith(TEXT_PREFIX)
}

/**
 * A key taken apart: `repCodes/275` is entry `275` of `repCodes`, `text:notes` is the field `notes`.
 * What cannot be taken apart is a field of its own name, which no kind declares.
 */
export function splitFieldKey(key: FieldKey): { readonly field: string; readonly entry: string | null } {
  if (isTextKey(key)) return { field: key.slice(TEXT_PREFIX.length), entry: null }
  const slash = key.indexOf('/')
  if (slash === -1) return { field: key, entry: null }
  const entry = decodeEntry(key.slice(slash + 1))
  return entry === null ? { field: key, entry: null } : { field: key.slice(0, slash), entry }
}

/** The declaration that a key falls under; null where the kind has no such entry. */
export function fieldSpecOf(spec: KindSpec, key: FieldKey): FieldSpec | null {
  const { field, entry } = splitFieldKey(key)
  const found = Object.hasOwn(spec.fields, field) ? spec.fields[field] : undefined
  if (found === undefined) return null
  const keyed = found.type.type === 'set' || found.type.type === 'map'
  const fits = keyed === (entry !== null) && (found.type.type === 'text') === isTextKey(key)
  return fits ? found : null
}

/**
 * Whether a map key could be some field's, of this kind or of a later one. Keys that pass and are not declared are
 * refused by `decide` as unknown fields; keys that fail break the structure (DESIGN 8, Rooms).
 */
export function isPossibleKey(spec: KindSpec, key: string): boolean {
  if (key === '' || key.length > KEY_LENGTH_MAX) return false
  // A map key named like a text root would be told apart from it nowhere.
  if (isTextKey(key)) return false
  if (!key.includes('/')) return !isForbiddenName(key)
  for (const part of key.split('/')) {
    const entry = decodeEntry(part)
    if (isForbiddenName(part) || (entry !== null && isForbiddenName(entry))) return false
  }
  const field = key.slice(0, key.indexOf('/'))
  const declared = Object.hasOwn(spec.fields, field) ? spec.fields[field] : undefined
  if (declared?.type.type !== 'set' && declared?.type.type !== 'map') return true
  return decodeEntry(key.slice(field.length + 1)) !== null
}

/** Whether a root is a declared long text of this kind. */
export function isTextRoot(spec: KindSpec, root: string): boolean {
  if (!isTextKey(root)) return false
  const field = root.slice(TEXT_PREFIX.length)
  return Object.hasOwn(spec.fields, field) && spec.fields[field]?.type.type === 'text'
}

/** The entry, or null where it is empty or not in its one spelling. */
function decodeEntry(encoded: string): string | null {
  if (encoded === '') return null
  try {
    const entry = decodeURIComponent(encoded)
    return encodeURIComponent(entry) === encoded ? entry : null
  } catch {
    return null
  }
}
