/**
 * An update taken apart and put together again so that it can be made to lie. Written for the fuzzer alone, with
 * nothing of core/documents: what core does not know how to say must be sayable here.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

export interface Id {
  client: number
  clock: number
}

export type Content =
  | { ref: 0 | 1 | 10; length: number }
  | { ref: 4; text: string }
  | { ref: 8; values: unknown[] }
  /** Kinds that no record uses: JSON, binary, embed, format, type, document. */
  | { ref: 2 | 3 | 5 | 6 | 7 | 9 }

export interface Struct {
  origin: Id | null
  right: Id | null
  /** A root's name, or an item that would hold a type. On the wire only where there is no origin. */
  parent: string | Id
  /** Null: no key on the wire, though the bit may be set. */
  key: string | null
  keyed: boolean
  content: Content
}

export interface Group extends Id {
  structs: Struct[]
}

export interface Range extends Id {
  length: number
}

export interface Wire {
  groups: Group[]
  deletes: Range[]
}

/** Reads what Yjs wrote; honest updates only. */
export function takeApart(bytes: Uint8Array): Wire {
  const from = decoding.createDecoder(bytes)
  const uint = () => decoding.readVarUint(from)
  const id = (): Id => ({ client: uint(), clock: uint() })
  const groups = times(uint(), (): Group => {
    const count = uint()
    return { client: uint(), clock: uint(), structs: times(count, struct) }
  })
  const deletes = times(uint(), () => {
    const client = uint()
    return times(uint(), (): Range => ({ client, clock: uint(), length: uint() }))
  })
  return { groups, deletes: deletes.flat() }

  function struct(): Struct {
    const info = decoding.readUint8(from)
    const keyed = (info & 0x20) !== 0
    const origin = (info & 0x80) !== 0 ? id() : null
    const right = (info & 0x40) !== 0 ? id() : null
    const named = origin === null && right === null && (info & 0x1f) !== 0
    if (named) uint()
    const parent = named ? decoding.readVarString(from) : ''
    const key = named && keyed ? decoding.readVarString(from) : null
    return { origin, right, parent, key, keyed, content: content(info & 0x1f) }
  }

  function content(ref: number): Content {
    if (ref === 0 || ref === 1) return { ref, length: uint() }
    if (ref === 4) return { ref, text: decoding.readVarString(from) }
    if (ref === 8) return { ref, values: times(uint(), () => decoding.readAny(from)) }
    throw new Error(`an honest update with content ${ref}`)
  }
}

export function putTogether({ groups, deletes }: Wire): Uint8Array {
  const to = encoding.createEncoder()
  const uint = (number: number) => encoding.writeVarUint(to, number)
  uint(groups.length)
  for (const { client, clock, structs } of groups) {
    for (const number of [structs.length, client, clock]) uint(number)
    for (const struct of structs) writeStruct(to, struct)
  }
  const clients = [...new Set(deletes.map(({ client }) => client))]
  uint(clients.length)
  for (const client of clients) {
    const own = deletes.filter((range) => range.client === client)
    uint(client)
    uint(own.length)
    for (const { clock, length } of own) {
      uint(clock)
      uint(length)
    }
  }
  return encoding.toUint8Array(to)
}

function writeStruct(to: encoding.Encoder, { origin, right, parent, key, keyed, content }: Struct): void {
  const isItem = content.ref !== 0 && content.ref !== 10
  const bits = isItem ? (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (keyed ? 0x20 : 0) : 0
  encoding.writeUint8(to, content.ref | bits)
  if (isItem) {
    if (origin !== null) writeId(to, origin)
    if (right !== null) writeId(to, right)
    if (origin === null && right === null) {
      encoding.writeVarUint(to, typeof parent === 'string' ? 1 : 0)
      if (typeof parent === 'string') encoding.writeVarString(to, parent)
      else writeId(to, parent)
      if (keyed) encoding.writeVarString(to, key ?? '')
    }
  }
  writeContent(to, content)
}

function writeId(to: encoding.Encoder, { client, clock }: Id): void {
  encoding.writeVarUint(to, client)
  encoding.writeVarUint(to, clock)
}

function writeContent(to: encoding.Encoder, content: Content): void {
  switch (content.ref) {
    case 0:
    case 1:
    case 10:
      return encoding.writeVarUint(to, content.length)
    case 2:
      encoding.writeVarUint(to, 1)
      return encoding.writeVarString(to, '"json"')
    case 3:
      return encoding.writeVarUint8Array(to, new Uint8Array([1, 2, 3]))
    case 4:
      return encoding.writeVarString(to, content.text)
    case 5:
      return encoding.writeVarString(to, '{"image":1}')
    case 6:
      encoding.writeVarString(to, 'bold')
      return encoding.writeVarString(to, 'true')
    case 7:
      return encoding.writeVarUint(to, 1)
    case 8:
      encoding.writeVarUint(to, content.values.length)
      for (const value of content.values) encoding.writeAny(to, value as never)
      return
    case 9:
      encoding.writeVarString(to, 'account/elm')
      return encoding.writeAny(to, { autoLoad: true } as never)
  }
}

/** Clocks that a content takes. */
export function lengthOf(content: Content): number {
  if ('length' in content) return content.length
  if (content.ref === 4) return content.text.length
  return content.ref === 8 ? content.values.length : 1
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}
