/**
 * Reads an update (Yjs's wire version 1) before Yjs does: the tiny part of its grammar that records use, each
 * update in the one spelling that Yjs itself writes, whole or not at all (D3).
 *
 * What passes is safe to hand to Yjs as far as bytes go; whether it fits the document is `checkStructure`'s question.
 * Several clients are read, as a stock client's sync step 2 may hold several; that an edit has one is checked there too.
 *
 * Properties tested: test/core/documents/parse-update.property.test.ts
 */
import { UPDATE_BYTES_MAX, UPDATE_STRUCTS_MAX } from '../protocol/limits.ts'
import type { FieldValue } from '../records/kind-spec.ts'
import type { DeleteRange, Fault, ParsedContent, ParsedStruct, ParsedUpdate, StructId } from './types.ts'
import { Broken, WireReader } from './wire-reader.ts'

export type ParseResult =
  | { readonly ok: true; readonly update: ParsedUpdate }
  /** `at` is the byte where it breaks. */
  | { readonly ok: false; readonly fault: Fault; readonly at: number }

export function parseUpdate(bytes: Uint8Array): ParseResult {
  if (bytes.length > UPDATE_BYTES_MAX) return { ok: false, fault: 'too-large', at: UPDATE_BYTES_MAX }
  const reader = new WireReader(bytes)
  try {
    const groups = readGroups(reader)
    const deletes = readDeletes(reader)
    if (reader.at < bytes.length) reader.break('trailing-bytes')
    return { ok: true, update: { groups, deletes } }
  } catch (error) {
    if (error instanceof Broken) return { ok: false, fault: error.fault, at: error.at }
    throw error
  }
}

/** Groups stand in descending order of client, so that none can be there twice (E33). */
function readGroups(reader: WireReader): ParsedUpdate['groups'] {
  const count = reader.varUint()
  const groups: ParsedUpdate['groups'][number][] = []
  let structsLeft = UPDATE_STRUCTS_MAX
  for (let i = 0; i < count; i++) {
    const begin = reader.at
    const length = reader.length()
    if (length > structsLeft) reader.break('too-many-structs', begin)
    structsLeft -= length
    const at = reader.at
    const client = reader.varUint()
    const before = groups.at(-1)
    if (before !== undefined && client >= before.client) {
      const twice = groups.some((group) => group.client === client)
      reader.break(twice ? 'duplicate-client' : 'not-canonical', at)
    }
    const clock = reader.varUint()
    groups.push({ client, clock, structs: readStructs(reader, length, client, clock) })
  }
  return groups
}

function readStructs(reader: WireReader, count: number, client: number, firstClock: number): ParsedStruct[] {
  const structs: ParsedStruct[] = []
  let clock = firstClock
  for (let i = 0; i < count; i++) {
    const begin = reader.at
    const struct = readStruct(reader, { client, clock })
    clock += struct.length
    if (clock > Number.MAX_SAFE_INTEGER) reader.break('not-canonical', begin)
    structs.push(struct)
  }
  return structs
}

/** Bits of a struct's first byte; the lower five say what it holds. */
const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const IS_KEYED = 0x20
const CONTENT_BITS = 0x1f

function readStruct(reader: WireReader, id: StructId): ParsedStruct {
  const begin = reader.at
  const info = reader.byte()
  const contentType = info & CONTENT_BITS
  if (contentType === 0) {
    if (info !== 0) reader.break('not-canonical', begin)
    return { type: 'gc', id, length: reader.length() }
  }
  // Deleted, string, any. No types in types, formats, embeds, sub-documents, bytes, JSON, and no holes (D2, D3).
  if (contentType !== 1 && contentType !== 4 && contentType !== 8) reader.break('content-not-allowed', begin)
  const keyed = (info & IS_KEYED) !== 0
  const origin = (info & HAS_ORIGIN) !== 0 ? readId(reader) : null
  const rightOrigin = (info & HAS_RIGHT_ORIGIN) !== 0 ? readId(reader) : null
  const parent = origin === null && rightOrigin === null ? readParent(reader, keyed) : null
  const content = readContent(reader, contentType)
  return { type: 'item', id, length: lengthOf(content), origin, rightOrigin, parent, keyed, content }
}

function readId(reader: WireReader): StructId {
  const client = reader.varUint()
  return { client, clock: reader.varUint() }
}

function readParent(reader: WireReader, keyed: boolean): { root: string; key: string | null } {
  const begin = reader.at
  const byRoot = reader.varUint()
  // 0 would be an item that holds a type.
  if (byRoot !== 1) reader.break(byRoot === 0 ? 'content-not-allowed' : 'not-canonical', begin)
  const root = reader.name()
  return { root, key: keyed ? reader.name() : null }
}

function readContent(reader: WireReader, contentType: 1 | 4 | 8): ParsedContent {
  if (contentType === 1) return { type: 'deleted', length: reader.length() }
  if (contentType === 4) {
    const begin = reader.at
    const text = reader.string()
    if (text === '') reader.break('not-canonical', begin)
    return { type: 'string', text }
  }
  const count = reader.length()
  const values: FieldValue[] = []
  for (let i = 0; i < count; i++) values.push(reader.value())
  return { type: 'any', values }
}

function lengthOf(content: ParsedContent): number {
  if (content.type === 'any') return content.values.length
  return content.type === 'string' ? content.text.length : content.length
}

/** Clients descending, each once; ranges ascending, with a gap between any two: else Yjs would have written one. */
function readDeletes(reader: WireReader): DeleteRange[] {
  const deletes: DeleteRange[] = []
  const clients = reader.varUint()
  let clientBefore = Number.POSITIVE_INFINITY
  for (let i = 0; i < clients; i++) {
    const begin = reader.at
    const client = reader.varUint()
    if (client >= clientBefore) reader.break('deletes-not-sorted', begin)
    clientBefore = client
    const ranges = reader.length()
    let endBefore = -1
    for (let range = 0; range < ranges; range++) {
      const at = reader.at
      const clock = reader.varUint()
      const length = reader.length()
      if (clock <= endBefore) reader.break('deletes-not-sorted', at)
      endBefore = clock + length
      if (endBefore > Number.MAX_SAFE_INTEGER) reader.break('not-canonical', at)
      deletes.push({ client, clock, length })
    }
  }
  return deletes
}
