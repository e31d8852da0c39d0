/**
 * Honest updates, bent: in their bytes (flips, insertions, splices, lengths), and in what they say (clients, clocks,
 * origins, deletions, kinds of content, names).
 */
import * as encoding from 'lib0/encoding'
import type { Random } from './random.ts'
import { type Content, type Id, lengthOf, putTogether, type Struct, takeApart, type Wire } from './wire.ts'

export interface Surroundings {
  /** Honest updates of others, for splices. */
  readonly others: readonly Uint8Array[]
  /** By client, how many clocks the record holds. */
  readonly clocks: ReadonlyMap<number, number>
  /** Clients that are somebody's, and are perhaps not in the record yet. */
  readonly clients: readonly number[]
}

export function mutate(random: Random, honest: Uint8Array, around: Surroundings): Uint8Array {
  let bytes = honest
  // Most lies are one; two and three find what one alone is caught for.
  do bytes = random.chance(0.4) ? bendBytes(random, bytes, around) : bendSense(random, bytes, honest, around)
  while (random.chance(0.3))
  return bytes
}

const interesting = [
  0,
  1,
  2,
  3,
  7,
  127,
  128,
  255,
  2_001,
  16_383,
  65_536,
  65_537,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
]

function bendBytes(random: Random, bytes: Uint8Array, { others }: Surroundings): Uint8Array {
  const at = random.int(bytes.length + 1)
  switch (random.int(8)) {
    case 0:
      return replace(bytes, at, 1, [(bytes[at] ?? 0) ^ (1 << random.int(8))])
    case 1:
      return replace(bytes, at, 1, [random.int(256)])
    case 2:
      return replace(bytes, at, 0, [random.int(256)])
    case 3:
      return replace(bytes, at, 1 + random.int(4), [])
    case 4:
      return bytes.subarray(0, at)
    case 5: {
      const other = random.pick(others)
      return replace(bytes, at, bytes.length - at, other.subarray(random.int(other.length)))
    }
    case 6: {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, random.pick(interesting))
      return replace(bytes, at, 1, encoding.toUint8Array(encoder))
    }
    default:
      // The neighbour of a number, or the same number in a longer spelling.
      return random.chance(0.7)
        ? replace(bytes, at, 1, [((bytes[at] ?? 0) + (random.chance(0.5) ? 1 : 255)) & 255])
        : replace(bytes, at, 1, [(bytes[at] ?? 0) | 0x80, 0])
  }
}

function replace(bytes: Uint8Array, at: number, count: number, by: ArrayLike<number>): Uint8Array {
  const end = Math.min(at + count, bytes.length)
  const made = new Uint8Array(at + by.length + bytes.length - end)
  made.set(bytes.subarray(0, at))
  made.set(by, at)
  made.set(bytes.subarray(end), at + by.length)
  return made
}

function bendSense(random: Random, bytes: Uint8Array, honest: Uint8Array, around: Surroundings): Uint8Array {
  const wire = wireOf(bytes) ?? takeApart(honest)
  try {
    bend(random, wire, around)
    return putTogether(wire)
  } catch {
    // A value that cannot be written, bent into being by bytes before.
    return bytes
  }
}

/** Null where bytes have been bent beyond reading. */
function wireOf(bytes: Uint8Array): Wire | null {
  try {
    const wire = takeApart(bytes)
    const structs = wire.groups.reduce((sum, { structs }) => sum + structs.length, 0)
    return structs + wire.deletes.length > 200 ? null : wire
  } catch {
    return null
  }
}

const roots = ['fields', 'text:notes', 'text:name', 'other', '__proto__']
const keys = [
  'phone',
  'aId',
  'repCodes/275',
  'repCodes/276',
  'name',
  'zip',
  'text:notes',
  'constructor',
  'views/a',
  'active',
]
const values = [
  null,
  true,
  '',
  'x',
  5,
  -1,
  0.5,
  'long'.repeat(30),
  [1, [2, [3, [4]]]],
  { a: { b: 1 } },
  2n,
  undefined,
]

function bend(random: Random, wire: Wire, around: Surroundings): void {
  const { clocks, clients } = around
  const own = wire.groups[0]
  const client = () => random.pick([...clients, ...clocks.keys(), own?.client ?? 1])
  const id = (): Id => {
    const one = client()
    const held = (clocks.get(one) ?? 0) + (one === own?.client ? 4 : 1)
    return { client: one, clock: random.int(held) }
  }
  if (own === undefined || random.chance(0.25)) return bendDeletes(random, wire, id)
  const struct = own.structs.length === 0 ? null : random.pick(own.structs)
  switch (random.int(12)) {
    case 0:
      own.client = client()
      return
    case 1:
      own.clock = Math.max(0, own.clock + random.int(7) - 3)
      return
    case 2:
      wire.groups.push({ ...structuredClone(own), client: random.chance(0.5) ? own.client : client() })
      return
    case 3: {
      // Structs of somebody else's update, as one's own.
      const other = takeApart(random.pick(around.others)).groups[0]
      if (other !== undefined) own.structs.splice(random.int(own.structs.length + 1), 0, ...other.structs)
      return
    }
    case 4:
      if (own.structs.length > 1) own.structs.splice(random.int(own.structs.length), 1)
      return
    case 5:
      if (struct !== null) own.structs.splice(random.int(own.structs.length + 1), 0, structuredClone(struct))
      return
    default:
      if (struct !== null) bendStruct(random, struct, id)
  }
}

function bendDeletes(random: Random, wire: Wire, id: () => Id): void {
  const range = { ...id(), length: 1 + random.int(4) }
  const at = random.int(wire.deletes.length + 1)
  if (random.chance(0.6) || wire.deletes.length === 0) wire.deletes.splice(at, 0, range)
  else if (random.chance(0.5)) wire.deletes.splice(at, 1)
  else wire.deletes.splice(at, 1, range)
  if (random.chance(0.7)) wire.deletes.sort((a, b) => b.client - a.client || a.clock - b.clock)
}

function bendStruct(random: Random, struct: Struct, id: () => Id): void {
  switch (random.int(9)) {
    case 0:
      struct.origin = random.chance(0.7) ? id() : null
      break
    case 1:
      struct.right = random.chance(0.7) ? id() : null
      break
    case 2:
      struct.origin = id()
      struct.right = id()
      break
    case 3: {
      const { origin } = struct
      struct.origin = struct.right
      struct.right = origin
      break
    }
    case 4:
      struct.origin = null
      struct.right = null
      struct.parent = random.chance(0.9) ? random.pick(roots) : id()
      break
    case 5:
      struct.origin = null
      struct.right = null
      struct.parent = 'fields'
      struct.keyed = true
      struct.key = random.pick(keys)
      break
    case 6:
      struct.keyed = !struct.keyed
      break
    default:
      struct.content = bentContent(random, struct.content)
  }
  if (struct.parent === '') struct.parent = random.pick(['fields', 'text:notes'])
  struct.key ??= random.pick(keys)
}

function bentContent(random: Random, content: Content): Content {
  const length = Math.max(1, Math.min(lengthOf(content), 20))
  switch (random.int(6)) {
    case 0:
      return {
        ref: random.pick([0, 1, 10] as const),
        length: random.chance(0.8) ? length : random.pick(interesting),
      }
    case 1:
      return {
        ref: 4,
        text: random.pick(['', 'z', 'z'.repeat(length), '\ud83d', '\ufeff', 'a\0b', '😀'.repeat(2)]),
      }
    case 2:
      return { ref: random.pick([2, 3, 5, 6, 7, 9] as const) }
    case 3:
      return { ref: 8, values: [random.pick(values), random.pick(values)].slice(random.int(2)) }
    default:
      return {
        ref: 8,
        values: Array.from({ length: content.ref === 8 ? length : 1 }, () => random.pick(values)),
      }
  }
}
