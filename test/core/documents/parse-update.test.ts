/** Decoder inputs 1 to 14 of the list of hostile inputs, each refused before Yjs sees a byte of it. */
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeUpdate } from '../../../core/documents/encode-update.ts'
import { parseUpdate } from '../../../core/documents/parse-update.ts'
import { UPDATE_BYTES_MAX, UPDATE_STRUCTS_MAX } from '../../../core/protocol/limits.ts'
import { docOf, parsed, updateOf } from './devices.ts'

/** 2^64 and more, as lib0 would read it: Infinity. */
const infinity = [...Array(147).fill(0x80), 0x01]
const notANumber = [...Array(150).fill(0x80), 0x00]
const beyondSafe = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]
const largestSafe = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]

const bytesOf = (...parts: (number | readonly number[])[]) => new Uint8Array(parts.flat())
const text = (value: string) => [...new TextEncoder().encode(value)]
const named = (value: string) => [text(value).length, ...text(value)]

/** One client, one struct: `name` in `fields`, whose value are these bytes. */
const withValue = (...value: number[]) =>
  bytesOf(1, 1, 7, 0, 0x28, 1, named('fields'), named('name'), 1, value, 0)
const withText = (...utf8: number[]) =>
  bytesOf(1, 1, 7, 0, 0x04, 1, named('text:notes'), utf8.length, utf8, 0)

function faultOf(bytes: Uint8Array): string | null {
  const result = parseUpdate(bytes)
  return result.ok ? null : result.fault
}

/** A transaction on an empty document, by Yjs. */
const written = (write: (doc: Y.Doc) => void) => {
  const doc = docOf(7)
  return updateOf(doc, () => write(doc))
}
const setName = (value: unknown) => written((doc) => doc.getMap('fields').set('name', value))

describe('[D3] integers', () => {
  test('the largest safe integer is a clock; one beyond is not', () => {
    const deleting = (clock: readonly number[]) => bytesOf(0, 1, 7, 1, clock, 1)
    expect(faultOf(deleting([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]))).toBe(null)
    expect(faultOf(deleting(beyondSafe))).toBe('not-canonical')
  })
  test.each([
    ['1 a clock of Infinity', bytesOf(1, 1, 7, infinity, 0, 1, 0)],
    ['2 a deleted clock of Infinity', bytesOf(0, 1, 7, 1, infinity, 1)],
    ['2 a deleted length of Infinity', bytesOf(0, 1, 7, 1, 0, infinity)],
    ['3 a filler as long as Infinity', bytesOf(1, 1, 7, 0, 0, infinity, 0)],
    ['3 a client of Infinity', bytesOf(1, 1, infinity, 0, 0, 1, 0)],
    ['4 NaN', bytesOf(1, 1, 7, notANumber, 0, 1, 0)],
    ['5 between 2^53 and 2^63', bytesOf(1, 1, 7, beyondSafe, 0, 1, 0)],
    ['5 a clock and a length beyond 2^53 together', bytesOf(1, 1, 7, largestSafe, 0, 1, 0)],
    ['5 deletions that end beyond 2^53', bytesOf(0, 1, 7, 1, largestSafe, 1)],
    ['11 an overlong zero', bytesOf(0x80, 0x00, 0)],
    ['11 an overlong client', bytesOf(1, 1, 0x87, 0x00, 0, 0, 1, 0)],
  ])('%s is refused', (_, bytes) => {
    expect(faultOf(bytes)).toBe('not-canonical')
  })
})

describe('[D3] counts', () => {
  const structs = (count: number) => {
    const encoder = encoding.createEncoder()
    for (const number of [1, count, 7, 0]) encoding.writeVarUint(encoder, number)
    for (let i = 0; i < Math.min(count, 5_000); i++) encoding.writeUint8Array(encoder, new Uint8Array([0, 1]))
    encoding.writeVarUint(encoder, 0)
    return encoding.toUint8Array(encoder)
  }
  test(`${UPDATE_STRUCTS_MAX} structs pass, one more does not`, () => {
    expect(faultOf(structs(UPDATE_STRUCTS_MAX))).toBe(null)
    expect(faultOf(structs(UPDATE_STRUCTS_MAX + 1))).toBe('too-many-structs')
  })
  test('6 a count of 32 million, or of 2^32, in a few bytes is refused before anything is made', () => {
    expect(faultOf(structs(32_000_000).subarray(0, 7))).toBe('too-many-structs')
    expect(faultOf(structs(2 ** 32).subarray(0, 9))).toBe('too-many-structs')
  })
  test('6 a count of clients without clients is truncated', () => {
    expect(faultOf(bytesOf([0x80, 0x80, 0x80, 0x10]))).toBe('truncated')
  })
  test('no structs for a client, and no ranges for one, are not what Yjs writes', () => {
    expect(faultOf(bytesOf(1, 0, 7, 0, 0))).toBe('not-canonical')
    expect(faultOf(bytesOf(0, 1, 7, 0))).toBe('not-canonical')
  })
  test(`[D1] ${UPDATE_BYTES_MAX} bytes are read, one more is not`, () => {
    const long = (length: number) => written((doc) => doc.getText('text:notes').insert(0, 'a'.repeat(length)))
    const around = long(60_000).length - 60_000
    expect(faultOf(long(UPDATE_BYTES_MAX - around))).toBe(null)
    expect(faultOf(long(UPDATE_BYTES_MAX - around + 1))).toBe('too-large')
  })
})

describe('[D3] clients', () => {
  const group = (client: number) => [1, client, 0, 0, 1]
  test('23 each client is there once, in descending order', () => {
    expect(faultOf(bytesOf(2, group(9), group(7), 0))).toBe(null)
    expect(faultOf(bytesOf(2, group(7), group(7), 0))).toBe('duplicate-client')
    expect(faultOf(bytesOf(3, group(9), group(7), group(9), 0))).toBe('duplicate-client')
    expect(faultOf(bytesOf(2, group(7), group(9), 0))).toBe('not-canonical')
  })
  test('deleted ranges are sorted, apart, and each client once', () => {
    expect(faultOf(bytesOf(0, 2, 9, 2, 0, 1, 2, 1, 7, 1, 0, 1))).toBe(null)
    expect(faultOf(bytesOf(0, 1, 9, 2, 2, 1, 0, 1))).toBe('deletes-not-sorted')
    expect(faultOf(bytesOf(0, 1, 9, 2, 0, 2, 1, 1))).toBe('deletes-not-sorted')
    expect(faultOf(bytesOf(0, 1, 9, 2, 0, 1, 1, 1))).toBe('deletes-not-sorted')
    expect(faultOf(bytesOf(0, 2, 7, 1, 0, 1, 9, 1, 0, 1))).toBe('deletes-not-sorted')
    expect(faultOf(bytesOf(0, 2, 7, 1, 0, 1, 7, 1, 5, 1))).toBe('deletes-not-sorted')
    expect(faultOf(bytesOf(0, 1, 7, 1, 0, 0))).toBe('not-canonical')
  })
})

describe('[D3] values', () => {
  test.each([
    ['null', null],
    ['true', true],
    ['false', false],
    ['zero', 0],
    ['a negative integer', -64],
    ['2^31-1', 2 ** 31 - 1],
    ['-2^31', -(2 ** 31)],
    ['2^60, which lib0 writes as a float', 2 ** 60],
    ['a short float', 0.5],
    ['a long float', 0.1],
    ['a string', 'Bikes'],
    ['a string with a byte order mark', '\ufeffBikes'],
    ['a string beyond the basic plane', '😀'],
    ['a flat object', { from: '2026-01-01T00:00:00.000Z', until: null }],
    ['an object whose names look like numbers', { 2: 'b', 10: 'c', a: 1 }],
  ])('14 %s passes and comes back', (_, value) => {
    const bytes = setName(value)
    const update = parsed(bytes)
    expect(update.groups[0]?.structs[0]).toMatchObject({ content: { type: 'any', values: [value] } })
    expect(encodeUpdate(update)).toEqual(bytes)
  })
  test.each([
    ['undefined', undefined],
    ['a BigInt', 10n],
    ['NaN', Number.NaN],
    ['Infinity, which 1e309 is', Number('1e309')],
    ['minus zero', -0],
    ['an array', ['275']],
    ['an object in an object', { a: { b: 1 } }],
    ['an array in an object', { a: [1] }],
  ])('14 %s is refused', (_, value) => {
    expect(faultOf(setName(value))).toBe('value-not-allowed')
  })
  test.each([
    ['minus zero as a float', [124, 0x80, 0, 0, 0], 'value-not-allowed'],
    ['bytes', [116, 1, 0], 'value-not-allowed'],
    ['a tag that lib0 does not know', [90], 'value-not-allowed'],
    ['an integer of 2^60', [125, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10], 'not-canonical'],
    ['an overlong integer', [125, 0x81, 0x00], 'not-canonical'],
    ['an integer written as a float', [124, 0x3f, 0x80, 0, 0], 'not-canonical'],
    ['a short float written long', [123, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0], 'not-canonical'],
    ['an object with a name twice', [118, 2, 1, 97, 126, 1, 97, 126], 'value-not-allowed'],
    ['names in an order that no object has', [118, 2, 1, 97, 126, 1, 49, 126], 'not-canonical'],
  ])('14 %s is refused', (_, value, fault) => {
    expect(faultOf(withValue(...value))).toBe(fault)
  })
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'valueOf'])(
    '13 an object with the name %s is refused, its neighbour passes',
    (name) => {
      expect(faultOf(withValue(118, 1, ...named(name), 120))).toBe('value-not-allowed')
      expect(faultOf(withValue(118, 1, ...named(`${name}s`), 120))).toBe(null)
    },
  )
  test('8 arrays and objects 5,000 deep are refused at the second level', () => {
    const arrays = withValue(...Array(5_000).fill([117, 1]).flat(), 126)
    expect(parseUpdate(arrays)).toMatchObject({ ok: false, fault: 'value-not-allowed' })
    const objects = withValue(...Array(5_000).fill([118, 1, 1, 97]).flat(), 126)
    expect(parseUpdate(objects)).toMatchObject({ ok: false, fault: 'value-not-allowed' })
  })
})

describe('[D3] strings', () => {
  test('9 a length beyond the frame is truncated, also in a buffer that goes on', () => {
    const pooled = new Uint8Array(1_000).fill(0x41)
    const frame = withValue(119, 200, 4, 0x42)
    pooled.set(frame)
    expect(faultOf(pooled.subarray(0, frame.length))).toBe('truncated')
  })
  test.each([
    ['a lone continuation', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a lone surrogate', [0xed, 0xa0, 0x80]],
    ['a cut character', [0xf0, 0x9f, 0x98]],
    ['NUL', [0x61, 0x00]],
    ['NUL in a long string', [...Array(40).fill(0x61), 0x00]],
    ['invalid bytes in a long string', [...Array(40).fill(0x61), 0xff]],
  ])('10 %s is refused in a text', (_, utf8) => {
    expect(faultOf(withText(...utf8))).toBe('string-not-allowed')
  })
  test('10 a byte order mark is a character like any other (GATE 3)', () => {
    const update = parsed(withText(0xef, 0xbb, 0xbf, 0x61))
    expect(update.groups[0]?.structs[0]).toMatchObject({ length: 2, content: { text: '\ufeffa' } })
  })
  test('10 lengths are UTF-16 code units, as Yjs counts: a character beyond the basic plane is two (GATE 3)', () => {
    const update = parsed(withText(...new TextEncoder().encode('a😀')))
    expect(update.groups[0]?.structs[0]).toMatchObject({ length: 3, content: { text: 'a😀' } })
  })
  test('10 a key of 700 passes, one of 701 does not', () => {
    const key = (length: number) => written((doc) => doc.getMap('fields').set('k'.repeat(length), 1))
    expect(faultOf(key(700))).toBe(null)
    expect(faultOf(key(701))).toBe('string-not-allowed')
  })
  test('an empty text is nothing that Yjs writes', () => {
    expect(faultOf(withText())).toBe('not-canonical')
  })
})

describe('[D3] contents', () => {
  test.each<[string, (doc: Y.Doc) => void]>([
    ['27 a sub-document', (doc) => doc.getMap('fields').set('name', new Y.Doc({ autoLoad: true }))],
    ['27 a nested map', (doc) => doc.getMap('fields').set('name', new Y.Map())],
    ['27 a nested text', (doc) => doc.getMap('fields').set('name', new Y.Text('a'))],
    ['27 XML', (doc) => doc.getXmlFragment('fields').insert(0, [new Y.XmlElement('img')])],
    ['27 an embed', (doc) => doc.getText('text:notes').insertEmbed(0, { image: 'x' })],
    ['27 a format', (doc) => doc.getText('text:notes').insert(0, 'a', { bold: true })],
    ['14 bytes', (doc) => doc.getMap('fields').set('name', new Uint8Array([1]))],
  ])('%s is refused', (_, write) => {
    expect(faultOf(written(write))).toBe('content-not-allowed')
  })
  test('27 an item in a nested type is refused', () => {
    expect(faultOf(bytesOf(1, 1, 7, 0, 0x28, 0, 9, 0, named('k'), 1, 126, 0))).toBe('content-not-allowed')
  })
  test('27 a hole is refused; a filler, which the server makes, is read', () => {
    expect(faultOf(bytesOf(1, 1, 7, 0, 10, 1, 0))).toBe('content-not-allowed')
    expect(faultOf(bytesOf(1, 1, 7, 0, 0, 1, 0))).toBe(null)
    expect(faultOf(bytesOf(1, 1, 7, 0, 0x20, 1, 0))).toBe('not-canonical')
  })
  test('a parent that is neither root nor item is refused', () => {
    expect(faultOf(bytesOf(1, 1, 7, 0, 0x28, 2, named('fields'), named('k'), 1, 126, 0))).toBe(
      'not-canonical',
    )
  })
})

describe('[D3] frames', () => {
  test('7 an update of version 2 is not one of version 1', () => {
    const doc = docOf(7)
    doc.getMap('fields').set('name', 'Bikes')
    expect(faultOf(Y.encodeStateAsUpdateV2(doc))).not.toBe(null)
    expect(
      faultOf(bytesOf(0, 0, 1, 7, 0, 0, 1, 8, 0, 0, 0, 0, 3, 0xc0, 0x8d, 0xb7, 1, 3, 0, 0, 1, 0)),
    ).not.toBe(null)
  })
  test('11 bytes after the end are refused', () => {
    const bytes = setName('Bikes')
    expect(faultOf(bytes)).toBe(null)
    expect(faultOf(bytesOf([...bytes], 0))).toBe('trailing-bytes')
  })
  test('12 nothing, one byte, and every beginning of an update is truncated', () => {
    const doc = docOf(7)
    const bytes = updateOf(doc, () => {
      doc.getMap('fields').set('name', { a: 0.1, b: 'Bikes', c: -500 })
      doc.getText('text:notes').insert(0, 'Ünï')
      doc.getMap('fields').set('name', null)
    })
    for (let length = 0; length < bytes.length; length++)
      expect(faultOf(bytes.subarray(0, length))).toBe('truncated')
  })
  test('where it breaks is told', () => {
    expect(parseUpdate(withValue(127))).toEqual({ ok: false, fault: 'value-not-allowed', at: 19 })
  })
})

test('[D3] an update is read as what it says', () => {
  const doc = docOf(7)
  doc.getMap('fields').set('name', 'Bikes')
  doc.getText('text:notes').insert(0, 'ac')
  const bytes = updateOf(doc, () => {
    doc.getMap('fields').set('name', 'Cars')
    doc.getText('text:notes').insert(1, 'b')
  })
  const at = (clock: number) => ({ client: 7, clock })
  expect(parsed(bytes)).toEqual({
    groups: [
      {
        client: 7,
        clock: 3,
        structs: [
          {
            type: 'item',
            id: at(3),
            length: 1,
            origin: at(0),
            rightOrigin: null,
            parent: null,
            keyed: true,
            content: { type: 'any', values: ['Cars'] },
          },
          {
            type: 'item',
            id: at(4),
            length: 1,
            origin: at(1),
            rightOrigin: at(2),
            parent: null,
            keyed: false,
            content: { type: 'string', text: 'b' },
          },
        ],
      },
    ],
    deletes: [{ client: 7, clock: 0, length: 1 }],
  })
})
