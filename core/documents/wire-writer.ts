/** Writes lib0's primitive encodings, each value as lib0 itself would: what `WireReader` reads comes back byte for byte. */
import { encodeUtf8 } from 'lib0/string'
import type { FieldValue } from '../records/kind-spec.ts'

const floats = new DataView(new ArrayBuffer(8))

export class WireWriter {
  #bytes = new Uint8Array(64)
  #length = 0

  /** What was written, in an array of its own. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  byte(byte: number): void {
    this.#room(1)
    this.#bytes[this.#length++] = byte
  }

  varUint(value: number): void {
    let rest = value
    while (rest > 0x7f) {
      this.byte(0x80 | (rest & 0x7f))
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  string(text: string): void {
    const bytes = encodeUtf8(text)
    this.varUint(bytes.length)
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  value(value: FieldValue): void {
    if (value === null) return this.byte(126)
    if (typeof value === 'boolean') return this.byte(value ? 120 : 121)
    if (typeof value === 'number') return this.#number(value)
    if (typeof value === 'string') {
      this.byte(119)
      return this.string(value)
    }
    this.byte(118)
    const entries = Object.entries(value)
    this.varUint(entries.length)
    for (const [name, entry] of entries) {
      this.string(name)
      this.value(entry)
    }
  }

  #number(value: number): void {
    if (Number.isInteger(value) && Math.abs(value) <= 0x7fffffff) {
      this.byte(125)
      return this.#integer(value)
    }
    const size = Math.fround(value) === value ? 4 : 8
    this.byte(size === 4 ? 124 : 123)
    if (size === 4) floats.setFloat32(0, value)
    else floats.setFloat64(0, value)
    for (let i = 0; i < size; i++) this.byte(floats.getUint8(i))
  }

  #integer(value: number): void {
    const size = Math.abs(value)
    const rest = Math.floor(size / 64)
    this.byte((rest > 0 ? 0x80 : 0) | (value < 0 ? 0x40 : 0) | (size & 0x3f))
    if (rest > 0) this.varUint(rest)
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + bytes))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
