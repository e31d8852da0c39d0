/**
 * The row that writes would leave: known before anything is applied, so that rules can be asked first. The gate judges
 * by it, and a device shows by it what is typed there and not answered yet (L9).
 */
import { splitFieldKey } from './field-key.ts'
import type { FieldKey } from './types.ts'
import type { FieldValue, KindSpec, Row } from '../records/kind-spec.ts'

export interface FieldWrite {
  readonly field: FieldKey
  readonly value: FieldValue
}

/** Rows are never changed in place, so that all new records of a kind can begin as one. */
const templates = new Map<KindSpec, Readonly<Record<string, unknown>>>()

/** A record of the kind in which nothing is set. */
export function emptyRow(spec: KindSpec, id: string): Row {
  let template = templates.get(spec)
  if (template === undefined) {
    const row: Record<string, unknown> = { id: '', kind: spec.kind, seq: 0 }
    for (const [name, { type }] of Object.entries(spec.fields)) {
      row[name] = type.type === 'set' || isMembershipList(type) ? [] : type.type === 'map' ? {} : null
    }
    templates.set(spec, (template = row))
  }
  return { ...template, id } as Row
}

/** Keys that no field of the kind could have change nothing: `decide` refuses them. */
export function rowAfterWrites(spec: KindSpec, row: Row, writes: Iterable<FieldWrite>): Row {
  const next: Record<string, unknown> = { ...row }
  for (const { field: key, value } of writes) {
    const { field, entry } = splitFieldKey(key)
    const type = Object.hasOwn(spec.fields, field) ? spec.fields[field]?.type : undefined
    if (type === undefined) continue
    if (type.type === 'set') {
      if (entry !== null) next[field] = setAfter(next[field] as readonly string[], entry, value)
    } else if (type.type === 'map') {
      if (entry === null) continue
      next[field] = isMembershipList(type)
        ? listAfter(next[field] as readonly Membership[], entry, value)
        : mapAfter(next[field] as Readonly<Record<string, FieldValue>>, entry, value)
    } else if (entry === null) next[field] = value
  }
  return next as Row
}

/** What one key holds in a row: for an entry of a set, `true` or null. Texts are strings. */
export function valueInRow(row: Row, key: FieldKey): FieldValue {
  const { field, entry } = splitFieldKey(key)
  const value = Object.hasOwn(row, field) ? row[field] : null
  if (entry === null) return (value ?? null) as FieldValue
  if (Array.isArray(value)) {
    const found = value.find((one: unknown) => one === entry || (isMembership(one) && one.id === entry))
    if (found === undefined) return null
    return isMembership(found) ? { from: found.from, until: found.until } : true
  }
  const map = (value ?? {}) as Record<string, FieldValue>
  return Object.hasOwn(map, entry) ? (map[entry] ?? null) : null
}

interface Membership {
  readonly id: string
  readonly from: string | null
  readonly until: string | null
}

function isMembership(value: unknown): value is Membership {
  return typeof value === 'object' && value !== null && 'id' in value
}

function isMembershipList(type: KindSpec['fields'][string]['type']): boolean {
  return type.type === 'map' && type.value.type === 'validity'
}

function setAfter(entries: readonly string[], entry: string, value: FieldValue): readonly string[] {
  const others = entries.filter((other) => other !== entry)
  return value === null ? others : [...others, entry].sort()
}

function listAfter(entries: readonly Membership[], id: string, value: FieldValue): readonly Membership[] {
  const others = entries.filter((other) => other.id !== id)
  if (value === null) return others
  const ends = (typeof value === 'object' ? value : {}) as Partial<Membership>
  const membership = { ...ends, id, from: ends.from ?? null, until: ends.until ?? null }
  return [...others, membership].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function mapAfter(
  map: Readonly<Record<string, FieldValue>>,
  entry: string,
  value: FieldValue,
): Readonly<Record<string, FieldValue>> {
  const entries = Object.entries(map).filter(([other]) => other !== entry)
  if (value !== null) entries.push([entry, value])
  // Not by assignment: a key of a remote may be any name.
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}
