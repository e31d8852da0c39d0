import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FEED_PAGE_RECORDS, KEY_LENGTH_MAX } from '../../../core/protocol/limits.ts'
import { type MessageName, messageTypes } from '../../../core/protocol/message-types.ts'
import {
  encodeMessage,
  isOurMessageType,
  type Message,
  type MessageBody,
  readMessage,
} from '../../../core/protocol/messages.ts'

const edit = 'edit-0123456789abcdef'
const record = { kind: 'account', id: 'bike-world' } as const

/** One good body of each message, so that a new message without a test does not compile. */
const examples: { [N in MessageName]: { body: MessageBody<N>; blobs: Uint8Array[] } } = {
  hello: {
    body: {
      protocol: 1,
      worker: 'rhea',
      device: { id: 'tablet-1', secret: 'a-secret-of-twenty-letters' },
      number: 17,
      label: 'Chromium on Android',
      chain: 'abc',
      history: 'h1',
      scopeHash: null,
      policyVersion: 3,
      unsent: { total: 120, edits: [{ edit, record, creates: false, fields: ['phone'] }] },
      quarantined: ['q1'],
    },
    blobs: [],
  },
  welcome: {
    body: {
      device: { id: 'tablet-1', secret: null },
      lease: 4_294_967_295,
      history: 'h1',
      scopeHash: 's',
      resume: 'continue',
      arrivals: 2,
      departures: 0,
      principals: [{ any: 'thing' }],
      changers: { 'settings.workers': { first: [{ id: 'ada', name: 'Ada Byrne' }], total: 4 } },
      serverTime: 1_767_225_600_000,
    },
    blobs: [],
  },
  feed: {
    body: {
      records: [
        {
          row: { id: 'bike-world', kind: 'account', seq: 17, name: 'Bike World' },
          keys: ['rep:275'],
          bytes: 'state',
        },
        { row: { id: 'other', kind: 'account', seq: 18, name: 'Ünïcode 自転車' }, keys: [], bytes: 'update' },
      ],
      upTo: { number: 18, chain: 'def' },
      page: 1,
    },
    blobs: [new Uint8Array([1, 2, 3]), new Uint8Array()],
  },
  received: { body: { page: 1 }, blobs: [] },
  push: {
    body: {
      edit,
      record,
      creates: false,
      changes: [{ field: 'phone', old: null, new: '+1 425 555 0139' }],
      writtenAt: 1_767_225_600_000,
      policyVersion: 3,
      lastRefusal: null,
      replaces: null,
    },
    blobs: [new Uint8Array([0, 255])],
  },
  verdict: { body: { outcome: 'merged', edit, record, seq: 19 }, blobs: [] },
  revoke: { body: { records: [record], page: 2 }, blobs: [] },
  policy: { body: { policyVersion: 4, scopeHash: 's2', principals: [], changers: {} }, blobs: [] },
  settled: {
    body: {
      reviewed: [
        { quarantine: 'q1', how: 'accepted', by: 'max', at: 1_767_225_600_000, word: null },
        { quarantine: 'q2', how: 'declined', by: 'max', at: 1_767_225_600_000, word: 'Ask me in May.' },
      ],
    },
    blobs: [],
  },
  drain: { body: { device: { id: 'tablet-1', secret: null }, why: 'device' }, blobs: [] },
  wipe: { body: { device: 'tablet-1' }, blobs: [] },
  wiped: { body: {}, blobs: [] },
  conflicts: {
    body: {
      conflicts: [
        {
          id: 'k1',
          record,
          field: 'phone',
          mine: '1',
          theirs: null,
          mineAt: 1_767_225_500_000,
          by: 'max',
          at: 1_767_225_600_000,
        },
      ],
    },
    blobs: [],
  },
  found: {
    body: { find: edit, history: 'h1', record, values: [{ field: 'phone', value: '555' }] },
    blobs: [new Uint8Array([0, 0])],
  },
  taken: { body: { find: edit, afterMs: null }, blobs: [] },
}

const names = Object.keys(messageTypes) as MessageName[]

/** What a socket does: the type number first, then the rest by its reader. */
function read(bytes: Uint8Array): Message | null {
  const decoder = decoding.createDecoder(bytes)
  return readMessage(decoding.readVarUint(decoder), decoder)
}

const encodeExample = (name: MessageName) => encodeMessage(name, examples[name].body, examples[name].blobs)

/** A message with any body at all, as a hostile device would write it. */
function forge(
  type: number,
  body: string,
  blobs: readonly Uint8Array[] = [],
  claimed = blobs.length,
): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  encoding.writeVarString(encoder, body)
  encoding.writeVarUint(encoder, claimed)
  for (const blob of blobs) encoding.writeVarUint8Array(encoder, blob)
  return encoding.toUint8Array(encoder)
}

describe('a message that is written is read back as it was', () => {
  it.each(names)('%s', (name) => {
    expect(read(encodeExample(name))).toEqual({ name, ...examples[name] })
  })

  it('every outcome of a verdict', () => {
    const verdicts: MessageBody<'verdict'>[] = [
      {
        outcome: 'refused',
        edit,
        record,
        seq: 20,
        reasons: [{ code: 'no-feature', rule: 'P1', feature: 'SU-ALLOW-ACCOUNT-EDITS', changedBy: null }],
        sentence: 'Your groups do not let you edit accounts.',
        at: 1_767_225_600_000,
        filler: { client: 7, clock: 12, length: 3 },
        quarantine: 'q1',
      },
      { outcome: 'later', edit, afterMs: 500 },
      { outcome: 'rewrite', edit, lease: 8 },
    ]
    for (const body of verdicts) expect(read(encodeMessage('verdict', body))).toMatchObject({ body })
  })

  it('whatever its blobs hold', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (blobs) => {
        const page = read(encodeMessage('feed', { records: [], upTo: null, page: 1 }, blobs))
        expect(page?.blobs.map((blob) => [...blob])).toEqual(blobs.map((blob) => [...blob]))
      }),
    )
  })

  it('and its blobs are copies: the frame they came in may be used again', () => {
    const frame = encodeMessage('push', examples.push.body, [new Uint8Array([9, 9])])
    const message = read(frame)
    frame.fill(0)
    expect([...(message?.blobs[0] ?? [])]).toEqual([9, 9])
  })
})

describe('anything else is no message', () => {
  it.each(names)('%s with one byte too many or too few', (name) => {
    const whole = encodeExample(name)
    expect(read(new Uint8Array([...whole, 0]))).toBeNull()
    for (let length = 1; length < whole.length; length += 1) {
      expect(read(whole.slice(0, length)), `${length} of ${whole.length} bytes`).toBeNull()
    }
  })

  it('a number that is nobody’s', () => {
    for (const type of [0, 1, 2, 3, 63, 79, 1_000]) {
      expect(isOurMessageType(type)).toBe(false)
      expect(read(forge(type, '{"page":1}'))).toBeNull()
    }
    for (const name of names) expect(isOurMessageType(messageTypes[name])).toBe(true)
  })

  it('the body of another message', () => {
    for (const name of names) {
      for (const other of names.filter((candidate) => candidate !== name)) {
        const forged = forge(messageTypes[name], JSON.stringify(examples[other].body))
        expect(read(forged), `${other} as ${name}`).toBeNull()
      }
    }
  })

  it('a body that is no JSON, or not an object', () => {
    for (const body of ['', '{', 'null', '[]', '3', '"page"', '{"page":1}}']) {
      expect(read(forge(messageTypes.received, body)), body).toBeNull()
    }
    expect(read(forge(messageTypes.received, '{"page":1}'))).not.toBeNull()
  })

  it('a body with one thing more, wrong or beyond its limit', () => {
    const bad = [
      { ...examples.push.body, extra: true },
      { ...examples.push.body, edit: 'short' },
      { ...examples.push.body, edit: undefined },
      { ...examples.push.body, record: { kind: 'nonsense', id: 'x' } },
      { ...examples.push.body, record: { kind: 'account', id: '../../etc' } },
      { ...examples.push.body, writtenAt: 1.5 },
      { ...examples.push.body, policyVersion: -1 },
      {
        ...examples.push.body,
        changes: Array.from({ length: 2_001 }, () => ({ field: 'a', old: 1, new: 2 })),
      },
      { ...examples.push.body, changes: [{ field: 'a'.repeat(KEY_LENGTH_MAX + 1), old: 1, new: 2 }] },
    ]
    for (const body of bad)
      expect(read(forge(messageTypes.push, JSON.stringify(body))), JSON.stringify(body)).toBeNull()
    expect(read(forge(messageTypes.push, JSON.stringify(examples.push.body)))).not.toBeNull()
  })

  it('more blobs than a page may have, or more than came', () => {
    const body = '{"page":1}'
    const empty = (count: number) => Array.from({ length: count }, () => new Uint8Array())
    expect(read(forge(messageTypes.received, body, empty(FEED_PAGE_RECORDS)))).not.toBeNull()
    expect(read(forge(messageTypes.received, body, empty(FEED_PAGE_RECORDS + 1)))).toBeNull()
    expect(read(forge(messageTypes.received, body, empty(1), 2))).toBeNull()
    expect(read(forge(messageTypes.received, body, [], 4_294_967_295))).toBeNull()
  })

  it('any bytes at all: read, never thrown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(messageTypes)),
        fc.uint8Array({ maxLength: 200 }),
        (type, rest) => {
          expect(readMessage(type, decoding.createDecoder(rest))).toBeNull()
        },
      ),
      { numRuns: 500 },
    )
  })
})
