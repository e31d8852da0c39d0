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
  const scalars = new Map<string, FieldValue>()
  const entriesByField = new Map<string, [entry: string, value: FieldValue][]>()
  for (const [key, item] of doc.share.get(FIELDS_ROOT)?._map ?? []) {
    const value = valueOf(item)
    if (value === null) continue
    const { field, entry } = splitFieldKey(key)
    if (entry === null) scalars.set(field, value)
    else {
      const entries = entriesByField.get(field)
      if (entries === undefined) entriesByField.set(field, [[entry, value]])
      else entries.push([entry, value])
    }
  }
  const row: Record<string, unknown> = { id, kind: spec.kind, seq }
  for (const [name, field] of Object.entries(spec.fields)) {
    row[name] = readField(field, doc, name, scalars.get(name), entriesByField.get(name) ?? [])
  }
  return row as Row
}

/** What a key or a text holds now; null where unset, cleared or empty. */
export function valueAt(doc: Y.Doc, key: FieldKey): FieldValue {
  return isTextKey(key) ? textAt(doc, key) : valueOf(currentItem(doc, key))
}

function readField(
  field: FieldSpec,
  doc: Y.Doc,
  name: string,
  scalar: FieldValue | undefined,
  entries: [entry: string, value: FieldValue][],
): unknown {
  const { type } = field
  if (type.type === 'text') return textAt(doc, textKey(name))
  if (type.type === 'set') {
    return entries
      .filter(([, value]) => value === true)
      .map(([entry]) => entry)
      .sort()
  }
  if (type.type !== 'map') return scalar ?? null
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  if (type.value.type === 'validity') return entries.map(([id, value]) => ({ id, ...validityOf(value) }))
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
