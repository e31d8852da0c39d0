/**
 * Whether values fit their fields (D8): type, limits, required. Asked by gate, forms and imports alike.
 *
 * Format is advised by forms, never refused here: a phone is free text, an e-mail needs one @ and no blanks
 * (DESIGN 8). Uniqueness and whether a referenced record exists are asked of the store, not here.
 */
import type { Reason } from '../access/types.ts'
import {
  type Catalogue,
  isFeatureEntryId,
  shippedCatalogue,
  workspaceFeatureIds,
  workspaces,
} from '../catalogue/features.ts'
import { criterionFields, parseCriterion } from './criterion.ts'
import { withoutForgotten } from './forgotten-features.ts'
import {
  type FieldSpec,
  type FieldType,
  type KindSpec,
  type MapValue,
  recordIdPattern,
  type Row,
  type SetEntry,
} from './kind-spec.ts'

export type ValueFault = {
  readonly ok: false
  readonly code: 'value-invalid' | 'value-required'
  /** A sentence with the field's label, fit to be shown. */
  readonly message: string
}
export type ValueCheck = { readonly ok: true } | ValueFault

/**
 * One field of a row, as rows hold it: sets are arrays, `groups` an array of `{id, from, until}`, other maps objects.
 * Null and undefined are unset.
 */
export function validateValue(field: FieldSpec, value: unknown, catalogue: Catalogue): ValueCheck {
  if (value === null || value === undefined) return field.required ? missing(field) : fine
  if (field.required && typeof value === 'string' && value.trim() === '') return missing(field)
  const fault = faultOf(field.type, value, catalogue)
  return fault === null ? fine : { ok: false, code: 'value-invalid', message: `${field.label} ${fault}.` }
}

/**
 * Every field of a row, or only those in `touched` (names of fields, not keys of their entries). Fields that the kind
 * does not declare are not looked at. With the row `before`, entries that it had and nobody knows any more may stay.
 */
export function validateRow(
  spec: KindSpec,
  row: Row,
  catalogue: Catalogue,
  touched?: ReadonlySet<string>,
  before: Row | null = null,
): readonly Reason[] {
  const reasons: Reason[] = []
  for (const name of touched ?? Object.keys(spec.fields)) {
    const field = Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined
    if (field === undefined) continue
    const check = validateValue(
      field,
      withoutForgotten(field, row[name], before?.[name], catalogue),
      catalogue,
    )
    if (!check.ok) reasons.push({ code: check.code, rule: 'D8', field: name, detail: check.message })
  }
  return reasons
}

const fine: ValueCheck = { ok: true }

function missing(field: FieldSpec): ValueFault {
  return { ok: false, code: 'value-required', message: `${field.label} is required.` }
}

/** What is wrong, as the rest of a sentence that begins with the field's label; null when nothing is. */
function faultOf(type: FieldType, value: unknown, catalogue: Catalogue): string | null {
  switch (type.type) {
    case 'string':
    case 'text':
      return stringFault(value, type.max)
    case 'email':
      return stringFault(value, type.max) ?? (emailPattern.test(String(value)) ? null : emailAdvice)
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be on or off'
    case 'number':
      return numberFault(type, value)
    case 'enum':
      return typeof value === 'string' && type.values.includes(value)
        ? null
        : `must be one of ${type.values.join(', ')}`
    case 'instant':
      return isInstant(value) ? null : 'must be a date and time in UTC, like 2026-01-31T00:00:00.000Z'
    case 'reference':
      return isRecordId(value) ? null : `must name a ${type.kind} by its id`
    case 'set':
      if (!Array.isArray(value)) return 'must be a list'
      return (
        sizeFault(value.length, type.max) ??
        firstFault(value, (entry) => entryFault(type.entry, entry, (id) => catalogue.featureById.has(id)))
      )
    case 'map':
      return mapFault(type, value, catalogue)
  }
}

/** One @ with something on both sides, and no blanks. */
const emailPattern = /^[^\s@]+@[^\s@]+$/u
const emailAdvice = 'needs one @ with something on both sides, and no blanks'

function stringFault(value: unknown, max: number): string | null {
  if (typeof value !== 'string') return 'must be text'
  return value.length > max ? `may have at most ${max} characters` : null
}

function numberFault(type: FieldType & { type: 'number' }, value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number'
  if (type.integer && !Number.isInteger(value)) return 'must be a whole number'
  return value < type.min || value > type.max ? `must be between ${type.min} and ${type.max}` : null
}

function isInstant(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const ms = Date.parse(value)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value
}

function isRecordId(value: unknown): boolean {
  return typeof value === 'string' && recordIdPattern.test(value)
}

function sizeFault(size: number, max: number): string | null {
  return size > max ? `may have at most ${max} entries` : null
}

function firstFault<T>(values: readonly T[], fault: (value: T) => string | null): string | null {
  for (const value of values) {
    const found = fault(value)
    if (found !== null) return found
  }
  return null
}

function entryFault(entry: SetEntry, value: unknown, isKnown: (id: string) => boolean): string | null {
  if (typeof value !== 'string' || value === '') return 'must not have an empty entry'
  switch (entry.type) {
    case 'string':
      return lengthFault(value, entry.max)
    case 'criterion':
      return lengthFault(value, entry.max) ?? (parseCriterion(value) === null ? criterionAdvice(value) : null)
    case 'feature':
      return isKnown(value) ? null : `names ${shown(value)}, which is no right or feature`
    case 'reference':
      return isRecordId(value) ? null : `must name each ${entry.kind} by its id`
  }
}

function lengthFault(value: string, max: number): string | null {
  return value.length > max ? `may have at most ${max} characters in an entry` : null
}

function criterionAdvice(value: string): string {
  return `cannot read ${shown(value)}; write <field>=<value>, with one of ${criterionFields.join(', ')}`
}

function mapFault(type: FieldType & { type: 'map' }, value: unknown, catalogue: Catalogue): string | null {
  const entries = mapEntries(type.value, value)
  if (entries === null) return 'must be a list of entries'
  // A group may speak of a whole workspace, which a set of rights may not.
  const isKnown = (id: string): boolean => isFeatureEntryId(catalogue, id)
  return (
    sizeFault(entries.length, type.max) ??
    firstFault(
      entries,
      ([key, held]) => entryFault(type.entry, key, isKnown) ?? mapValueFault(type.value, key, held),
    )
  )
}

/** Memberships come as an array whose elements carry their key as `id`; every other map as an object. */
function mapEntries(held: MapValue, value: unknown): readonly (readonly [unknown, unknown])[] | null {
  if (held.type !== 'validity') return isObject(value) ? Object.entries(value) : null
  if (!Array.isArray(value)) return null
  return value.map((entry: unknown) => [isObject(entry) ? entry.id : null, entry] as const)
}

function mapValueFault(held: MapValue, key: unknown, value: unknown): string | null {
  switch (held.type) {
    case 'validity':
      return validityFault(String(key), value)
    case 'enum':
      return typeof value === 'string' && held.values.includes(value)
        ? null
        : `must say ${held.values.join(' or ')} for ${shown(String(key))}`
    case 'custom-right':
      return customRightFault(String(key), value)
    case 'line':
      return lineFault(String(key), value, held.max)
    case 'notice':
      return noticeFault(value, held)
    case 'json':
      return isFlatJson(value) ? null : `must hold a flat object under ${shown(String(key))}`
  }
}

/** What `catalogueFromSettings` would not read is not accepted. */
function customRightFault(id: string, value: unknown): string | null {
  if (!isRecordId(id))
    return `must have an id of letters, digits, dots, dashes and underscores, not ${shown(id)}`
  if (isShippedId(id)) return `must not take ${shown(id)}, which is a right or a workspace already`
  const { label, workspace, ...rest } = isObject(value) ? value : {}
  const whole = typeof label === 'string' && label.trim() !== '' && Object.keys(rest).length === 0
  if (!whole) return `must hold a label and a workspace for ${shown(id)}, and nothing else`
  if (label.length > 120) return `may have at most 120 characters in the label of ${shown(id)}`
  return workspaces.some((known) => known === workspace)
    ? null
    : `must name the workspace of ${shown(id)}: one of ${workspaces.join(', ')}`
}

function lineFault(key: string, value: unknown, max: number): string | null {
  if (typeof value !== 'string' || value.trim() === '') return `must say something for ${shown(key)}`
  return value.length > max ? `may have at most ${max} characters for ${shown(key)}` : null
}

function noticeFault(value: unknown, { titleMax, bodyMax }: MapValue & { type: 'notice' }): string | null {
  if (!isObject(value)) return 'must give each notice a title and a text'
  const { title, body, at, ...more } = value
  if (typeof title !== 'string' || title.trim() === '' || title.length > titleMax)
    return `must give each notice a title of at most ${titleMax} characters`
  if (typeof body !== 'string' || body.length > bodyMax)
    return `may have at most ${bodyMax} characters in a notice`
  return isInstant(at) && Object.keys(more).length === 0
    ? null
    : 'must hold nothing but title, text and time in a notice'
}

function isShippedId(id: string): boolean {
  const ids: readonly string[] = Object.values(workspaceFeatureIds)
  return shippedCatalogue.featureById.has(id) || ids.includes(id)
}

function validityFault(key: string, value: unknown): string | null {
  if (!isObject(value)) return `must say from when until when ${shown(key)} holds`
  const { from = null, until = null } = value
  if (![from, until].every((end) => end === null || isInstant(end))) {
    return `must give both ends of ${shown(key)} as dates in UTC, or none`
  }
  const known = Object.keys(value).every((name) => name === 'id' || name === 'from' || name === 'until')
  return known ? null : `must hold nothing but from and until for ${shown(key)}`
}

/** A scalar, or an object of scalars replaced whole (DESIGN 3). */
function isFlatJson(value: unknown): boolean {
  return isScalar(value) || (isObject(value) && Object.values(value).every(isScalar))
}

function isScalar(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of a value that came from outside, no more than fits a sentence. */
function shown(value: string): string {
  return value.length > 80 ? `${value.slice(0, 80)}…` : value
}
