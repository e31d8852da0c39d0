/**
 * What is new in a stock client's message (L11, GATE 17): y-websocket repeats what the server has, every deletion
 * it ever saw included, and repeating is not editing.
 *
 * What is repeated must be the same: a struct that comes back with other content or in another place was written by
 * two documents under one clientID, and only the first exists (E10).
 */
import * as Y from 'yjs'
import { FIELDS_ROOT } from './field-key.ts'
import type { ParsedItem } from './list-preview.ts'
import { sameValue } from './same-value.ts'
import { splitByClient } from './split-update.ts'
import { clockOf, eachStruct, fieldOf } from './store-view.ts'
import type { DeleteRange, ParsedContent, ParsedStruct, ParsedUpdate, StructId } from './types.ts'

export type DropResult =
  /** What is left, an update for each client, in an order in which they can be judged; empty: nothing new. */
  | { readonly ok: true; readonly updates: readonly ParsedUpdate[] }
  | { readonly ok: false; readonly fault: 'clock-regression' }

export function dropKnown(doc: Y.Doc, update: ParsedUpdate): DropResult {
  if (isNewThroughout(doc, update)) return { ok: true, updates: [update] }
  const groups: ParsedUpdate['groups'][number][] = []
  for (const group of update.groups) {
    const known = clockOf(doc, group.client)
    const structs: ParsedStruct[] = []
    for (const struct of group.structs) {
      if (struct.id.clock < known && !isRepeated(doc, struct, known))
        return { ok: false, fault: 'clock-regression' }
      if (struct.id.clock + struct.length > known) structs.push(dropFirst(struct, known - struct.id.clock))
    }
    const first = structs[0]
    if (first !== undefined) groups.push({ client: group.client, clock: first.id.clock, structs })
  }
  const deletes = update.deletes.flatMap((range) => dropDeleted(doc, range))
  return { ok: true, updates: splitByClient({ groups, deletes: mergeRanges(deletes) }) }
}

/** One client's next clocks, and deletions of what is alive: nearly every message. */
function isNewThroughout(doc: Y.Doc, { groups, deletes }: ParsedUpdate): boolean {
  const [group] = groups
  if (group === undefined || groups.length > 1 || group.clock < clockOf(doc, group.client)) return false
  return deletes.every(({ client, clock, length }) => {
    let isAlive = true
    eachStruct(doc, client, clock, Math.min(clock + length, clockOf(doc, client)), (held) => {
      isAlive = !held.deleted
      return isAlive
    })
    return isAlive
  })
}

/** The struct without its first code units or values, as Yjs would cut it. */
function dropFirst(struct: ParsedStruct, count: number): ParsedStruct {
  if (count <= 0) return struct
  const id = { client: struct.id.client, clock: struct.id.clock + count }
  const length = struct.length - count
  if (struct.type === 'gc') return { type: 'gc', id, length }
  const origin = { client: id.client, clock: id.clock - 1 }
  return { ...struct, id, length, origin, parent: null, content: cut(struct.content, count) }
}

function cut(content: ParsedContent, count: number): ParsedContent {
  if (content.type === 'deleted') return { type: 'deleted', length: content.length - count }
  if (content.type === 'any') return { type: 'any', values: content.values.slice(count) }
  // Half a character becomes a replacement character of the same length, as on every replica.
  return { type: 'string', text: content.text.slice(count).toWellFormed() }
}

/** Whether the known part of a struct says what the document holds there. */
function isRepeated(doc: Y.Doc, struct: ParsedStruct, known: number): boolean {
  // A filler comes back as it is; an item that one side holds no more cannot be compared.
  if (struct.type === 'gc') return true
  const { client, clock } = struct.id
  let same = true
  eachStruct(doc, client, clock, Math.min(clock + struct.length, known), (held) => {
    same = held instanceof Y.GC || (samePlace(doc, struct, held) && sameContent(struct, held))
    return same
  })
  return same
}

/** Whether an item of the document stands where the part of the struct that it overlaps says it does. */
function samePlace(doc: Y.Doc, struct: ParsedItem, held: Y.Item): boolean {
  if (!sameId(struct.rightOrigin, held.rightOrigin)) return false
  const { client, clock } = struct.id
  if (held.id.clock > clock) return sameId({ client, clock: held.id.clock - 1 }, held.origin)
  if (held.id.clock < clock) return sameId(struct.origin, { client, clock: clock - 1 })
  if (!sameId(struct.origin, held.origin)) return false
  if (struct.parent === null) return true
  const field = struct.parent.root === FIELDS_ROOT ? struct.parent.key : struct.parent.root
  return field === fieldOf(doc, held)
}

function sameContent(struct: ParsedItem, held: Y.Item): boolean {
  const { content, id } = struct
  if (held.deleted || content.type === 'deleted') return true
  const from = Math.max(id.clock, held.id.clock)
  const to = Math.min(id.clock + struct.length, held.id.clock + held.length)
  for (let clock = from; clock < to; clock++) {
    const at = clock - id.clock
    const heldAt = clock - held.id.clock
    if (content.type === 'any') {
      const values = held.content instanceof Y.ContentAny ? held.content.arr : []
      const value = content.values[at]
      if (heldAt >= values.length || value === undefined || !sameValue(value, values[heldAt])) return false
    } else {
      const text = held.content instanceof Y.ContentString ? held.content.str : ''
      if (!sameUnit(content.text.charCodeAt(at), text.charCodeAt(heldAt))) return false
    }
  }
  return true
}

/** Yjs replaces both halves of a character that somebody typed into the middle of, on each replica when it learns of it. */
function sameUnit(a: number, b: number): boolean {
  return a === b || (a === 0xfffd && isSurrogate(b)) || (b === 0xfffd && isSurrogate(a))
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** The parts of a range that delete something: what is there and alive, and what is not there yet. */
function dropDeleted(doc: Y.Doc, { client, clock, length }: DeleteRange): DeleteRange[] {
  const end = clock + length
  const known = clockOf(doc, client)
  const alive: DeleteRange[] = []
  eachStruct(doc, client, clock, Math.min(end, known), (held) => {
    if (!held.deleted) {
      const from = Math.max(clock, held.id.clock)
      alive.push({ client, clock: from, length: Math.min(end, held.id.clock + held.length) - from })
    }
    return true
  })
  const beyond = Math.max(clock, known)
  if (end > beyond) alive.push({ client, clock: beyond, length: end - beyond })
  return alive
}

/** Adjacent ranges as one: the spelling that the parser knows. */
function mergeRanges(ranges: readonly DeleteRange[]): DeleteRange[] {
  const merged: DeleteRange[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last !== undefined && last.client === range.client && last.clock + last.length === range.clock) {
      merged[merged.length - 1] = { ...last, length: last.length + range.length }
    } else {
      merged.push(range)
    }
  }
  return merged
}

function sameId(a: StructId | null, b: StructId | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
}
