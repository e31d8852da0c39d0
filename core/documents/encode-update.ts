/** Writes a parsed update as Yjs writes it: `encodeUpdate(parseUpdate(bytes))` gives back the bytes. */
import type { DeleteRange, ParsedStruct, ParsedUpdate } from './types.ts'
import { WireWriter } from './wire-writer.ts'

/** A stretch of one client's clocks. */
export type ClockSpan = DeleteRange

export function encodeUpdate(update: ParsedUpdate): Uint8Array {
  const writer = new WireWriter()
  writer.varUint(update.groups.length)
  for (const group of update.groups) {
    writer.varUint(group.structs.length)
    writer.varUint(group.client)
    writer.varUint(group.clock)
    for (const struct of group.structs) writeStruct(writer, struct)
  }
  writeDeletes(writer, update.deletes)
  return writer.done()
}

/**
 * What stands in a refused update's place: one struct without content, as long as the update was (D12).
 * It belongs to no field; whatever names it as an origin is recognised by that (D14).
 */
export function fillerUpdate(client: number, clock: number, length: number): Uint8Array {
  return encodeUpdate({
    groups: [{ client, clock, structs: [{ type: 'gc', id: { client, clock }, length }] }],
    deletes: [],
  })
}

/** The clocks that an edit's update takes; null when it only deletes. */
export function clocksOf(update: ParsedUpdate): ClockSpan | null {
  const group = update.groups[0]
  if (group === undefined) return null
  let length = 0
  for (const struct of group.structs) length += struct.length
  return { client: group.client, clock: group.clock, length }
}

function writeStruct(writer: WireWriter, struct: ParsedStruct): void {
  if (struct.type === 'gc') {
    writer.byte(0)
    return writer.varUint(struct.length)
  }
  const { origin, rightOrigin, parent, keyed, content } = struct
  const contentType = content.type === 'deleted' ? 1 : content.type === 'string' ? 4 : 8
  writer.byte(contentType | (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (keyed ? 0x20 : 0))
  for (const id of [origin, rightOrigin]) {
    if (id === null) continue
    writer.varUint(id.client)
    writer.varUint(id.clock)
  }
  if (parent !== null) {
    writer.varUint(1)
    writer.string(parent.root)
    if (parent.key !== null) writer.string(parent.key)
  }
  if (content.type === 'string') return writer.string(content.text)
  if (content.type === 'deleted') return writer.varUint(content.length)
  writer.varUint(content.values.length)
  for (const value of content.values) writer.value(value)
}

function writeDeletes(writer: WireWriter, deletes: readonly DeleteRange[]): void {
  const byClient = Map.groupBy(deletes, (range) => range.client)
  writer.varUint(byClient.size)
  for (const [client, ranges] of byClient) {
    writer.varUint(client)
    writer.varUint(ranges.length)
    for (const range of ranges) {
      writer.varUint(range.clock)
      writer.varUint(range.length)
    }
  }
}
