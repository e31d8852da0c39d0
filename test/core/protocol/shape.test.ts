/**
 * The wire changes only on purpose. Devices that were offline for weeks speak the version they were built with, so
 * a change here is a decision about them, not a detail.
 */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { messageTypes, PROTOCOL_VERSION } from '../../../core/protocol/message-types.ts'
import { messageSchemas } from '../../../core/protocol/messages.ts'
import { shapeOf } from '../../support/schema-shape.ts'

const hashOf = (schema: v.GenericSchema) =>
  createHash('sha256')
    .update(JSON.stringify(shapeOf(schema)))
    .digest('hex')
    .slice(0, 12)

/** Recorded by hand, with the version they belong to. */
const recorded = {
  version: 3,
  numbers: {
    hello: 64,
    welcome: 65,
    feed: 66,
    received: 67,
    push: 68,
    verdict: 69,
    revoke: 70,
    policy: 71,
    settled: 72,
    drain: 73,
    wipe: 74,
    wiped: 75,
    conflicts: 76,
    found: 77,
    taken: 78,
  },
  shapes: {
    hello: 'ac05617dd9a8',
    welcome: '358b67e7173c',
    feed: '126cbd2302e7',
    received: '8b6b9d4f08ca',
    push: '753dd5fc465e',
    verdict: '9e05ce86f56c',
    revoke: '36fb474cc4b0',
    policy: 'acf2da45b5e8',
    settled: '36be30ce7afc',
    drain: 'd0f851707c29',
    wipe: '7d0e8ea252e8',
    wiped: 'a626194de007',
    conflicts: 'ce19443e6b97',
    found: 'afabdc8788d2',
    taken: 'c0a68ff82ce1',
  },
}

const advice =
  'The wire has changed. If you did not mean it, undo it. If you did: may a device of the old version still read and ' +
  'write it? Then record the new hash in this file. If not, raise PROTOCOL_VERSION or give the message a new number ' +
  'too, and say in the commit what old devices will see.'

describe('the shape of the wire', () => {
  it('has the version, and every message the number, that are recorded', () => {
    expect({ version: PROTOCOL_VERSION, numbers: messageTypes }, advice).toEqual({
      version: recorded.version,
      numbers: recorded.numbers,
    })
  })

  it('has messages of the recorded shapes', () => {
    const shapes = Object.fromEntries(
      Object.entries(messageSchemas).map(([name, schema]) => [name, hashOf(schema)]),
    )
    expect(shapes, advice).toEqual(recorded.shapes)
  })
})

describe('the hash of a shape', () => {
  const text = v.pipe(v.string(), v.maxLength(10))
  const base = v.strictObject({ a: text, b: v.optional(v.number()) })
  const expectOther = (schema: v.GenericSchema) => expect(hashOf(schema)).not.toBe(hashOf(base))

  it('is the same for the same shape, in whatever order its entries are written', () => {
    const twin = v.strictObject({ b: v.optional(v.number()), a: v.pipe(v.string(), v.maxLength(10)) })
    expect(hashOf(twin)).toBe(hashOf(base))
  })

  it('is another for a new, a missing, a renamed and a re-typed entry', () => {
    expectOther(v.strictObject({ a: text, b: v.optional(v.number()), c: v.null() }))
    expectOther(v.strictObject({ a: text }))
    expectOther(v.strictObject({ a: text, d: v.optional(v.number()) }))
    expectOther(v.strictObject({ a: text, b: v.optional(v.string()) }))
  })

  it('is another for an entry no longer optional, a limit, a pattern, a literal, a choice and strictness', () => {
    expectOther(v.strictObject({ a: text, b: v.number() }))
    expectOther(v.strictObject({ a: v.pipe(v.string(), v.maxLength(11)), b: v.optional(v.number()) }))
    expectOther(v.object({ a: text, b: v.optional(v.number()) }))
    expect(hashOf(v.pipe(v.string(), v.regex(/a/)))).not.toBe(hashOf(v.pipe(v.string(), v.regex(/a/i))))
    expect(hashOf(v.literal('a'))).not.toBe(hashOf(v.literal('b')))
    expect(hashOf(v.picklist(['a', 'b']))).not.toBe(hashOf(v.picklist(['a', 'c'])))
    expect(hashOf(v.array(v.string()))).not.toBe(hashOf(v.array(v.number())))
    expect(hashOf(v.nullable(v.string()))).not.toBe(hashOf(v.optional(v.string())))
  })
})
