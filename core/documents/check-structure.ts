/**
 * Whether a parsed update fits a document, and which fields it touches: the gate's steps 4 and 5, before Yjs is
 * called and without changing anything (D4, D5, D6).
 *
 * Fields come from where the update will really act: from the items its origins name, from the items it deletes; a
 * name in the message counts only where the wire has no origin to go by, as for Yjs. An update is judged whole.
 */
import * as Y from 'yjs'
import { UPDATE_CLOCK_ADVANCE_MAX, UPDATE_SCAN_ITEMS_MAX } from '../protocol/limits.ts'
import type { FieldValue, KindSpec } from '../records/kind-spec.ts'
import { FIELDS_ROOT, isPossibleKey, isTextKey, isTextRoot } from './field-key.ts'
import { ListPreview, type ParsedItem } from './list-preview.ts'
import { type Budget, areNeighbours, clockOf, eachStruct, fieldOf, isKnown, structAt } from './store-view.ts'
import type { DeleteRange, Fault, FieldKey, ParsedStruct, ParsedUpdate, StructId } from './types.ts'

/** What the author means one key to hold after the update: its last struct there. */
export interface IntendedWrite {
  readonly id: StructId
  /** null where the update itself deletes it. */
  readonly value: FieldValue
}

export type StructureResult =
  | {
      readonly ok: true
      /** In the order they were met, each once. Empty: the update is no edit (D15). */
      readonly touches: readonly FieldKey[]
      /** The keys of the map that it writes; texts are not among them. */
      readonly writes: ReadonlyMap<FieldKey, IntendedWrite>
    }
  | { readonly ok: false; readonly fault: Fault }
  /** Sound, but it leans on a filler: on content that was refused (D14). */
  | { readonly ok: false; readonly dependsOnRefused: true }

/** A client that nobody holds: documents that are views only carry it. */
export const NO_CLIENT = 0

/** What is known while one update is read. */
interface Reading {
  readonly doc: Y.Doc
  readonly spec: KindSpec
  readonly client: number
  /** The first clock that the update brings, and the one after its last. */
  readonly start: number
  readonly end: number
  readonly structs: readonly ParsedStruct[]
  readonly deletes: readonly DeleteRange[]
  /** The field of each struct read so far; null for one that leans on a filler. */
  readonly fields: (FieldKey | null)[]
  readonly lists: Map<FieldKey, { waiting: ParsedItem | null; preview: ListPreview | null }>
  readonly budget: Budget
  readonly touches: Set<FieldKey>
  readonly writes: Map<FieldKey, IntendedWrite>
  leans: boolean
}

/**
 * `lease` is the only client that the update may be of; null where there is none, then it may only delete (D16).
 */
export function checkStructure(
  doc: Y.Doc,
  spec: KindSpec,
  update: ParsedUpdate,
  lease: number | null,
): StructureResult {
  const group = update.groups[0]
  const client = group?.client ?? NO_CLIENT
  if (group !== undefined && (update.groups.length > 1 || client !== lease || client === NO_CLIENT)) {
    return { ok: false, fault: 'foreign-client' }
  }
  const start = group === undefined ? 0 : clockOf(doc, client)
  const structs = group?.structs ?? []
  const last = structs.at(-1)
  const end = last === undefined ? start : last.id.clock + last.length
  if (group !== undefined && group.clock !== start) {
    return { ok: false, fault: group.clock < start ? 'clock-regression' : 'clock-gap' }
  }
  if (end - start > UPDATE_CLOCK_ADVANCE_MAX) return { ok: false, fault: 'clock-advance-too-large' }

  const reading: Reading = {
    doc,
    spec,
    client,
    start,
    end,
    structs,
    deletes: update.deletes,
    fields: [],
    lists: new Map(),
    budget: { left: UPDATE_SCAN_ITEMS_MAX },
    touches: new Set(),
    writes: new Map(),
    leans: false,
  }
  for (const struct of structs) {
    const fault = readStruct(reading, struct)
    if (fault !== null) return { ok: false, fault }
  }
  for (const range of update.deletes) {
    const fault = readDeleteRange(reading, range)
    if (fault !== null) return { ok: false, fault }
  }
  if (reading.leans) return { ok: false, dependsOnRefused: true }
  return { ok: true, touches: [...reading.touches], writes: reading.writes }
}

function readStruct(reading: Reading, struct: ParsedStruct): Fault | null {
  // A client never makes fillers, and records have nothing else that Yjs turns into one (E5).
  if (struct.type === 'gc') return 'content-not-allowed'
  const place = fieldOfStruct(reading, struct)
  if (typeof place === 'object' && place !== null) return place.fault
  reading.fields.push(place)
  if (place === null) {
    reading.leans = true
    return null
  }
  const fault = checkContent(reading, struct, place) ?? checkPosition(reading, struct, place)
  if (fault !== null) return fault
  reading.touches.add(place)
  if (!isTextKey(place)) reading.writes.set(place, intendedWrite(reading, struct))
  return null
}

/** The field a struct will be in; null where an origin is a filler, a fault where there is no one field. */
function fieldOfStruct(reading: Reading, struct: ParsedItem): FieldKey | null | { fault: Fault } {
  const { parent, origin, rightOrigin } = struct
  if (parent !== null) {
    const fault = checkParent(reading.spec, parent.root, parent.key)
    return fault === null ? (parent.key ?? parent.root) : { fault }
  }
  const left = origin === null ? undefined : fieldAt(reading, origin, struct.id.clock)
  const right = rightOrigin === null ? undefined : fieldAt(reading, rightOrigin, struct.id.clock)
  if ((origin !== null && left === undefined) || (rightOrigin !== null && right === undefined)) {
    return { fault: 'origin-missing' }
  }
  if (left === null || right === null) return null
  if (left !== undefined && right !== undefined && left !== right) return { fault: 'origin-of-other-field' }
  return (left ?? right) as FieldKey
}

function checkParent(spec: KindSpec, root: string, key: string | null): Fault | null {
  if (root === FIELDS_ROOT) return key !== null && isPossibleKey(spec, key) ? null : 'unknown-key'
  if (!isTextRoot(spec, root)) return 'unknown-root'
  return key === null ? null : 'unknown-key'
}

/** The field of an id that exists before the clock of its own client; null in a filler, undefined where there is none. */
function fieldAt(reading: Reading, id: StructId, before: number): FieldKey | null | undefined {
  const { doc, client, start, structs, fields } = reading
  if (id.client === client && id.clock >= start) {
    return id.clock < before ? fields[indexAt(structs, id.clock)] : undefined
  }
  if (!isKnown(doc, id)) return undefined
  const struct = structAt(doc, id)
  return struct instanceof Y.GC ? null : fieldOf(doc, struct)
}

function checkContent(reading: Reading, { id, content }: ParsedItem, field: FieldKey): Fault | null {
  if (content.type === 'deleted') return null
  if ((content.type === 'string') !== isTextKey(field)) return 'content-not-allowed'
  // Several values are what an undo manager keeps of overwritten ones. Left alive, the earlier would be hidden from every reader.
  const several = content.type === 'any' && content.values.length > 1
  return several && !deletesAll(reading.deletes, id, content.values.length) ? 'content-not-allowed' : null
}

/** Origin left of right origin, nothing of this lease between, and not too much to walk over (D4, D5). */
function checkPosition(reading: Reading, struct: ParsedItem, field: FieldKey): Fault | null {
  const { doc, client, start, budget, lists } = reading
  if (!isTextKey(field) && struct.rightOrigin !== null) return 'origin-crossed'
  let list = lists.get(field)
  if (list === undefined) {
    // The first of its field in this update names what the document holds already.
    const neighbours = areNeighbours(doc, field, struct.origin, struct.rightOrigin)
    list = { waiting: neighbours ? struct : null, preview: null }
    lists.set(field, list)
    if (neighbours) return null
  }
  list.preview ??= new ListPreview(doc, field, client, start, budget)
  if (list.waiting !== null) {
    const fault = list.preview.place(list.waiting)
    list.waiting = null
    if (fault !== null) return fault
  }
  return list.preview.place(struct)
}

function intendedWrite(reading: Reading, { id, length, content }: ParsedItem): IntendedWrite {
  const last = { client: id.client, clock: id.clock + length - 1 }
  const gone = content.type !== 'any' || deletesAll(reading.deletes, last, 1)
  return { id: last, value: gone ? null : (content.values.at(-1) ?? null) }
}

/** Every deleted id exists now and is no filler; what is deleted already is not touched again (D4, D17). */
function readDeleteRange(reading: Reading, { client, clock, length }: DeleteRange): Fault | null {
  const { doc, touches } = reading
  const end = clock + length
  const known = clockOf(doc, client)
  if (end > (client === reading.client ? reading.end : known)) return 'delete-missing'
  eachStruct(doc, client, clock, Math.min(end, known), (struct) => {
    if (struct instanceof Y.GC) reading.leans = true
    else if (!struct.deleted) touches.add(fieldOf(doc, struct))
    return true
  })
  // What the update brings and deletes at once is touched by being brought.
  return null
}

/** Whether the ranges, which are disjoint and never adjacent, cover the whole stretch. */
function deletesAll(deletes: readonly DeleteRange[], id: StructId, length: number): boolean {
  return deletes.some(
    (range) =>
      range.client === id.client &&
      range.clock <= id.clock &&
      range.clock + range.length >= id.clock + length,
  )
}

/** The struct that holds a clock of the update. */
function indexAt(structs: readonly ParsedStruct[], clock: number): number {
  let low = 0
  let high = structs.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((structs[middle] as ParsedStruct).id.clock <= clock) low = middle
    else high = middle - 1
  }
  return low
}
