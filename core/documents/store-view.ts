/**
 * Questions to a document's struct store, each answered by search, none by reading the whole record.
 *
 * Roots are looked up in `doc.share`, never asked for with `doc.get`, which would make them (M2).
 */
import * as Y from 'yjs'
import { FIELDS_ROOT, isTextKey } from './field-key.ts'
import type { FieldKey, StructId } from './types.ts'

export type Root = Y.AbstractType<unknown>

/** Steps that may still be walked; shared by all lists of one update (D5). Spent when below zero. */
export interface Budget {
  left: number
}

/** The next clock of a client: how much of it is there. */
export function clockOf(doc: Y.Doc, client: number): number {
  return Y.getState(doc.store, client)
}

export function isKnown(doc: Y.Doc, id: StructId): boolean {
  return id.clock < clockOf(doc, id.client)
}

/** The struct that holds a known id. A `GC` is a filler: records hold no nested types, which are Yjs's only other cause. */
export function structAt(doc: Y.Doc, id: StructId): Y.Item | Y.GC {
  return Y.getItem(doc.store, Y.createID(id.client, id.clock))
}

/** Calls `visit` for each struct that holds some of the known clocks from `clock` up to `end`; stops when it answers false. */
export function eachStruct(
  doc: Y.Doc,
  client: number,
  clock: number,
  end: number,
  visit: (struct: Y.Item | Y.GC) => boolean,
): void {
  const structs = doc.store.clients.get(client)
  if (structs === undefined || clock >= end) return
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i] as Y.Item | Y.GC
    if (struct.id.clock >= end || !visit(struct)) return
  }
}

/** The field that an item of the store belongs to. */
export function fieldOf(doc: Y.Doc, item: Y.Item): FieldKey {
  return fieldOfRoot(doc, item.parent as Root, item.parentSub)
}

/** The field that an entry of a root is: a key of the map, or a root of text. */
export function fieldOfRoot(doc: Y.Doc, root: Root, key: string | null): FieldKey {
  if (key !== null && doc.share.get(FIELDS_ROOT) === root) return key
  for (const [name, type] of doc.share) if (type === root) return name
  throw new Error('an item without a root')
}

/** The first item of a field's list: the first of a text's pieces, or the oldest value of a key, which takes steps. */
export function firstItem(doc: Y.Doc, field: FieldKey, budget: Budget): Y.Item | null {
  if (isTextKey(field)) return doc.share.get(field)?._start ?? null
  let item = currentItem(doc, field)
  while (item !== null && item.left !== null && --budget.left >= 0) item = item.left
  return item
}

/** The item of a key that counts: the last of its list, deleted or not. */
export function currentItem(doc: Y.Doc, field: FieldKey): Y.Item | null {
  return doc.share.get(FIELDS_ROOT)?._map.get(field) ?? null
}

/**
 * Whether a known origin and right origin are neighbours in their field, so that what comes between them has nothing
 * to be ordered with. This is nearly every honest edit.
 */
export function areNeighbours(
  doc: Y.Doc,
  field: FieldKey,
  origin: StructId | null,
  rightOrigin: StructId | null,
): boolean {
  const right = rightOrigin === null ? null : (structAt(doc, rightOrigin) as Y.Item)
  if (origin === null) {
    const first = isTextKey(field) ? (doc.share.get(field)?._start ?? null) : currentItem(doc, field)
    return first === right && (right === null || right.id.clock === rightOrigin?.clock)
  }
  const left = structAt(doc, origin) as Y.Item
  if (left === right) return rightOrigin?.clock === origin.clock + 1
  const ends = left.id.clock + left.length - 1 === origin.clock
  return ends && left.right === right && (right === null || right.id.clock === rightOrigin?.clock)
}
