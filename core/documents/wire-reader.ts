/**
 * Reads lib0's primitive encodings strictly: one spelling for each value, nothing beyond the end.
 *
 * lib0's own reader accepts overlong integers, integers up to Infinity and `__proto__` as a key (YJS-FACTS 1),
 * which is why bytes from outside meet this one first (D3). Inside, a break is thrown, so that the parser reads
 * like the grammar; `parseUpdate` catches it and returns it as a value.
 */
import { decodeUtf8 } from 'lib0/string'
import { KEY_LENGTH_MAX } from '../protocol/limits.ts'
import type { FieldValue, Scalar } from '../records/kind-spec.ts'
import { isForbiddenName } from './field-key.ts'
import type { Fault } from './types.ts'

/** Not an Error: a stack would cost more than the parsing, and only hostile input would pay attention to it. */
export class Broken {
  readonly fault: Fault
  readonly at: number
  constructor(fault: Fault, at: number) {
    this.fault = fault
    this.at = at
  }
}

/** Longest string decoded byte by byte: below it the call into the platform costs more than the loop. */
const SHORT_STRING_BYTES = 24

/** lib0 writes integers up to this as integers, larger ones as floats. */
const INTEGER_MAX = 0x7fffffff

const floats = new DataView(new ArrayBuffer(8))

export class WireReader {
  readonly bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  break(fault: Fault, at = this.at): never {
    throw new Broken(fault, at)
  }

  byte(): number {
    const byte = this.bytes[this.at]
    if (byte === undefined) this.break('truncated')
    this.at++
    return byte
  }

  /** An unsigned integer up to 2^53-1 in its shortest form. */
  varUint(): number {
    const begin = this.at
    let byte = this.byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    let factor = 128
    do {
      byte = this.byte()
      value += (byte & 0x7f) * factor
      factor *= 128
      // Eight bytes hold 56 bits: a ninth cannot belong to a safe integer.
      if (value > Number.MAX_SAFE_INTEGER || this.at - begin > 8) this.break('not-canonical', begin)
    } while (byte >= 0x80)
    if (byte === 0) this.break('not-canonical', begin)
    return value
  }

  /** An unsigned integer that must be at least one: a count or a length. */
  length(): number {
    const begin = this.at
    const length = this.varUint()
    if (length === 0) this.break('not-canonical', begin)
    return length
  }

  /**
   * A string of valid UTF-8 without NUL. A leading byte order mark is kept: Yjs counts it, and a length that is one
   * short would make the author's next edit wait for ever (GATE 3).
   */
  string(): string {
    const bytes = this.varUint()
    const begin = this.at
    const end = begin + bytes
    if (end > this.bytes.length) this.break('truncated')
    this.at = end
    if (bytes <= SHORT_STRING_BYTES) {
      let text = ''
      let at = begin
      for (; at < end; at++) {
        const byte = this.bytes[at] as number
        if (byte >= 0x80) break
        if (byte === 0) this.break('string-not-allowed', at)
        text += String.fromCharCode(byte)
      }
      if (at === end) return text
    }
    const slice = this.bytes.subarray(begin, end)
    if (slice.includes(0)) this.break('string-not-allowed', begin)
    try {
      return decodeUtf8(slice)
    } catch {
      return this.break('string-not-allowed', begin)
    }
  }

  /** A root's name or a map key. */
  name(): string {
    const begin = this.at
    const name = this.string()
    if (name.length > KEY_LENGTH_MAX) this.break('string-not-allowed', begin)
    return name
  }

  /** A value of a field: null, boolean, finite number, string, or a flat object of these. */
  value(): FieldValue {
    return this.bytes[this.at] === 118 ? this.#object() : this.#scalar()
  }

  #scalar(): Scalar {
    const begin = this.at
    switch (this.byte()) {
      case 126:
        return null
      case 125:
        return this.#integer()
      case 124:
        return this.#float(4)
      case 123:
        return this.#float(8)
      case 121:
        return false
      case 120:
        return true
      case 119:
        return this.string()
      // undefined, BigInt, array, bytes, an object inside an object, and tags that lib0 does not know.
      default:
        return this.break('value-not-allowed', begin)
    }
  }

  #integer(): number {
    const begin = this.at
    let byte = this.byte()
    const negative = (byte & 0x40) !== 0
    let value = byte & 0x3f
    let factor = 64
    if (byte >= 0x80) {
      do {
        byte = this.byte()
        value += (byte & 0x7f) * factor
        factor *= 128
        if (value > INTEGER_MAX) this.break('not-canonical', begin)
      } while (byte >= 0x80)
      if (byte === 0) this.break('not-canonical', begin)
    }
    // Minus zero is another value than zero live, and the same one once stored as JSON.
    if (negative && value === 0) this.break('value-not-allowed', begin)
    return negative ? -value : value
  }

  #float(size: 4 | 8): number {
    const begin = this.at
    for (let i = 0; i < size; i++) floats.setUint8(i, this.byte())
    const value = size === 4 ? floats.getFloat32(0) : floats.getFloat64(0)
    if (!Number.isFinite(value) || Object.is(value, -0)) this.break('value-not-allowed', begin)
    const shorter = Number.isInteger(value) && Math.abs(value) <= INTEGER_MAX
    if (shorter || (size === 8 && Math.fround(value) === value)) this.break('not-canonical', begin)
    return value
  }

  #object(): FieldValue {
    const begin = this.at++
    const count = this.varUint()
    const object: Record<string, Scalar> = {}
    const names: string[] = []
    for (let i = 0; i < count; i++) {
      const at = this.at
      const name = this.name()
      // SAFETY: checked before it is used as a key of a plain object.
      if (isForbiddenName(name) || Object.hasOwn(object, name)) this.break('value-not-allowed', at)
      object[name] = this.#scalar()
      names.push(name)
    }
    // Names that look like numbers come first in an object, whatever the wire said.
    if (count > 1 && !Object.keys(object).every((name, i) => name === names[i]))
      this.break('not-canonical', begin)
    return object
  }
}
