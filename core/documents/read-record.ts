/**
 * A record read back as flat JSON: every declared field present, null where unset, sets as sorted arrays (DESIGN 8).
 *
 * What the kind does not declare is not read. Keys come from other people's devices: they index Maps and objects
 * without a prototype only.
 */
import * as Y from 'yjs'
import type { FieldSpec, FieldValue, KindSpec, Row } from '../records/kind-spec.ts'
import { FIELDS_ROOT, isTextKey, splitFieldKey, textKey } from './field-key.ts'
import { currentItem } from './store-view.ts'
import type { FieldKey } from './types.ts'

export function rowFromDoc(spec: KindSpec, doc: Y.Doc, { id, seq }: { id: string; seq: number }): Row {
  const row: Record<string, unknown> = { id, kind: spec.kind, seq }
  readInto(row, doc, fieldsOf(spec))
  return row as Row
}

/** The row after an update that touched these fields: only they are read again. */
export function rowAfter(
  spec: KindSpec,
  doc: Y.Doc,
  before: Row,
  touches: Iterable<FieldKey>,
  seq: number,
): Row {
  const names = new Set<string>()
  for (const key of touches) names.add(splitFieldKey(key).field)
  const row: Record<string, unknown> = { ...before, seq }
  const touched = fieldsOf(spec).filter(([name]) => names.has(name))
  readInto(row, doc, touched)
  return row as Row
}

/** What a key or a text holds now; null where unset, cleared or empty. */
export function valueAt(doc: Y.Doc, key: FieldKey): FieldValue {
  return isTextKey(key) ? textAt(doc, key) : valueOf(currentItem(doc, key))
}

type NamedField = readonly [name: string, field: FieldSpec]
type Entry = [entry: string, value: FieldValue]

const fieldsBySpec = new WeakMap<KindSpec, readonly NamedField[]>()

function fieldsOf(spec: KindSpec): readonly NamedField[] {
  let fields = fieldsBySpec.get(spec)
  if (fields === undefined) {
    fields = Object.entries(spec.fields)
    fieldsBySpec.set(spec, fields)
  }
  return fields
}

function readInto(row: Record<string, unknown>, doc: Y.Doc, fields: readonly NamedField[]): void {
  const items = doc.share.get(FIELDS_ROOT)?._map
  let entriesByField: Map<string, Entry[]> | null = null
  for (const [name, field] of fields) {
    const { type } = field.type
    if (type === 'text') row[name] = textAt(doc, textKey(name))
    else if (type !== 'set' && type !== 'map') row[name] = valueOf(items?.get(name) ?? null)
    else {
      entriesByField ??= readEntries(items ?? new Map())
      row[name] = entriesOf(field, entriesByField.get(name) ?? [])
    }
  }
}

/** The entries of all sets and maps, in one pass over the keys. */
function readEntries(items: ReadonlyMap<string, Y.Item>): Map<string, Entry[]> {
  const entriesByField = new Map<string, Entry[]>()
  for (const [key, item] of items) {
    if (!key.includes('/')) continue
    const value = valueOf(item)
    const { field, entry } = splitFieldKey(key)
    if (value === null || entry === null) continue
    const entries = entriesByField.get(field)
    if (entries === undefined) entriesByField.set(field, [[entry, value]])
    else entries.push([entry, value])
  }
  return entriesByField
}

function entriesOf({ type }: FieldSpec, entries: Entry[]): unknown {
  if (type.type === 'set') {
    return entries
      .filter(([, value]) => value === true)
      .map(([entry]) => entry)
      .sort()
  }
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  if (type.type === 'map' && type.value.type === 'validity') {
    return entries.map(([id, value]) => ({ id, ...validityOf(value) }))
  }
  const object: Record<string, FieldValue> = Object.create(null)
  for (const [entry, value] of entries) object[entry] = value
  return object
}

function validityOf(value: FieldValue): { from: FieldValue; until: FieldValue } {
  if (typeof value !== 'object' || value === null) return { from: null, until: null }
  return { from: value.from ?? null, until: value.until ?? null }
}

function valueOf(item: Y.Item | null): FieldValue {
  if (item === null || item.deleted || !(item.content instanceof Y.ContentAny)) return null
  return (item.content.arr.at(-1) as FieldValue | undefined) ?? null
}

/** Read item by item: the root may not have been asked for as a text, and asking would change the document. */
function textAt(doc: Y.Doc, root: FieldKey): string | null {
  let text = ''
  for (let item = doc.share.get(root)?._start ?? null; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) text += item.content.str
  }
  return text === '' ? null : text
}
