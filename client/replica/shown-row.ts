/** A row with changes laid over it, key by key, as the gate will leave it when it merges them (L9). */
import { splitFieldKey } from '../../core/documents/field-key.ts'
import type { Change } from '../../core/documents/types.ts'
import type { FieldValue, KindSpec, Row } from '../../core/records/kind-spec.ts'

/** A record of the kind in which nothing is set. */
export function emptyRow(spec: KindSpec, id: string): Row {
  const row: Record<string, unknown> = { id, kind: spec.kind, seq: 0 }
  for (const [name, { type }] of Object.entries(spec.fields)) {
    const isList = type.type === 'set' || (type.type === 'map' && type.value.type === 'validity')
    row[name] = isList ? [] : type.type === 'map' ? {} : null
  }
  return row as Row
}

/** Texts take the change's own words; who knows better writes them afterwards (`rebuildRecord`). */
export function withChanges(spec: KindSpec, row: Row, changes: Iterable<Change>): Row {
  const next: Record<string, unknown> = { ...row }
  for (const { field: key, new: value } of changes) {
    const { field, entry } = splitFieldKey(key)
    const type = Object.hasOwn(spec.fields, field) ? spec.fields[field]?.type : undefined
    if (type === undefined) continue
    if (entry === null) next[field] = value
    else if (type.type === 'set') next[field] = withSetEntry(next[field], entry, value)
    else if (type.type === 'map') {
      next[field] =
        type.value.type === 'validity'
          ? withMembership(next[field], entry, value)
          : withMapEntry(next[field], entry, value)
    }
  }
  return next as Row
}

function withSetEntry(entries: unknown, entry: string, value: FieldValue): readonly unknown[] {
  const others = listOf(entries).filter((other) => other !== entry)
  return value === true ? [...others, entry].sort() : others
}

function withMembership(entries: unknown, id: string, value: FieldValue): readonly unknown[] {
  const others = listOf(entries).filter((other) => idOf(other) !== id)
  if (value === null) return others
  const { from = null, until = null } = typeof value === 'object' ? value : {}
  return [...others, { id, from, until }].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

function withMapEntry(map: unknown, entry: string, value: FieldValue): Readonly<Record<string, unknown>> {
  const entries = Object.entries(typeof map === 'object' && map !== null ? map : {}).filter(
    ([key]) => key !== entry,
  )
  if (value !== null) entries.push([entry, value])
  // Not by assignment: keys come from other people's devices.
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : ''
}
