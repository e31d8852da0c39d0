import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { dropKnown } from '../../../core/documents/drop-known.ts'
import { encodeUpdate, fillerUpdate } from '../../../core/documents/encode-update.ts'
import { splitByClient } from '../../../core/documents/split-update.ts'
import { copyOf, docOf, parsed, updateOf } from './devices.ts'

const rhea = 7
const max = 9

function account(): Y.Doc {
  const doc = docOf(max)
  doc.getMap('fields').set('name', 'Bikes')
  doc.getText('text:notes').insert(0, 'x😀y')
  return doc
}

const all = (doc: Y.Doc) => parsed(Y.encodeStateAsUpdate(doc))
const regression = { ok: false, fault: 'clock-regression' }

describe('[L11] what the server has', () => {
  test('is dropped, deletions too: nothing left is no edit', () => {
    const doc = account()
    doc.getText('text:notes').delete(0, 1)
    doc.getMap('fields').set('name', 'Cars')
    expect(dropKnown(copyOf(doc), all(doc))).toEqual({ ok: true, updates: [] })
    expect(dropKnown(doc, { groups: [], deletes: [] })).toEqual({ ok: true, updates: [] })
  })
  test('is dropped when only one side has deleted it', () => {
    const server = account()
    const client = copyOf(server)
    server.getText('text:notes').delete(0, 4)
    expect(dropKnown(server, all(client))).toEqual({ ok: true, updates: [] })
    const other = account()
    client.getText('text:notes').delete(0, 2)
    expect(dropKnown(other, all(client))).toEqual({
      ok: true,
      updates: [{ groups: [], deletes: [{ client: max, clock: 1, length: 2 }] }],
    })
  })
  test('is dropped where a filler stands in its place', () => {
    const server = docOf(1)
    Y.applyUpdate(server, fillerUpdate(max, 0, 5))
    expect(dropKnown(server, all(account()))).toEqual({ ok: true, updates: [] })
    const back = parsed(fillerUpdate(max, 0, 5))
    expect(dropKnown(account(), back)).toEqual({ ok: true, updates: [] })
  })
  test('is dropped when a character that one side cut in two says so by replacement characters', () => {
    const server = account()
    const client = docOf(rhea, server)
    client.getText('text:notes').insert(2, '|')
    expect(client.getText('text:notes').toString()).toBe('x\ufffd|\ufffdy')
    expect(dropKnown(server, all(client))).toMatchObject({
      ok: true,
      updates: [{ groups: [{ client: rhea }] }],
    })
    expect(dropKnown(client, all(server))).toEqual({ ok: true, updates: [] })
  })
})

describe('[L11] what is new', () => {
  test('remains, cut out of what is known', () => {
    const client = docOf(rhea)
    client.getText('text:notes').insert(0, 'hel')
    const server = copyOf(client)
    client.getText('text:notes').insert(3, 'lo')
    const known = all(client)
    expect(known.groups[0]?.structs.length).toBe(1)
    const left = dropKnown(server, known)
    if (!left.ok || left.updates[0] === undefined) throw new Error('nothing left')
    expect(left.updates).toMatchObject([
      {
        groups: [
          {
            client: rhea,
            clock: 3,
            structs: [{ origin: { client: rhea, clock: 2 }, content: { text: 'lo' } }],
          },
        ],
      },
    ])
    Y.applyUpdate(server, encodeUpdate(left.updates[0]))
    expect(Y.encodeStateAsUpdate(server)).toEqual(Y.encodeStateAsUpdate(client))
  })
  test('that runs ahead is left as it is, for the structure to say that there is a gap', () => {
    const server = account()
    const client = docOf(max, server)
    updateOf(client, () => client.getMap('fields').set('phone', '1'))
    const ahead = parsed(updateOf(client, () => client.getMap('fields').set('state', 'CA')))
    expect(dropKnown(server, ahead)).toEqual({ ok: true, updates: [ahead] })
    const deletion = { groups: [], deletes: [{ client: max, clock: 5, length: 1 }] }
    expect(dropKnown(server, deletion)).toEqual({ ok: true, updates: [deletion] })
  })
  test('of several clients is an update for each, each after what it builds on', () => {
    const server = account()
    const first = docOf(3, server)
    first.getText('text:notes').insert(0, 'a')
    const second = docOf(5, first)
    second.getText('text:notes').insert(1, 'b')
    const left = dropKnown(server, all(second))
    expect(left.ok && left.updates.map((update) => update.groups[0]?.client)).toEqual([3, 5])
  })
  test('of two clients that build on each other is cut into runs', () => {
    let doc = account()
    for (const [i, client] of [3, 5, 3, 5].entries()) {
      doc = docOf(client, doc)
      doc.getText('text:notes').insert(i, 'x')
      doc.getMap('fields').set('name', i)
    }
    doc.getText('text:notes').delete(0, 2)
    const left = dropKnown(account(), all(doc))
    if (!left.ok) throw new Error(left.fault)
    expect(left.updates.map((update) => update.groups[0]?.client)).toEqual([3, 5, 3, 5, undefined])
    const server = account()
    for (const update of left.updates) {
      Y.applyUpdate(server, encodeUpdate(update))
      expect(server.store.pendingStructs).toBe(null)
      expect(server.store.pendingDs).toBe(null)
    }
    expect(server.getText('text:notes').toString()).toBe(doc.getText('text:notes').toString())
    expect(server.getMap('fields').toJSON()).toEqual(doc.getMap('fields').toJSON())
  })
  test('keeps its deletions beside it when it is of one client: one save is one edit', () => {
    const server = account()
    const client = docOf(rhea, server)
    client.transact(() => {
      client.getText('text:notes').delete(0, 1)
      client.getText('text:notes').insert(0, 'z')
    })
    expect(dropKnown(server, all(client))).toMatchObject({
      ok: true,
      updates: [{ groups: [{ client: rhea }], deletes: [{ client: max, clock: 1, length: 1 }] }],
    })
  })
  test('that names itself in a circle ends, and is left to the structure', () => {
    const item = (client: number, other: number) =>
      parsed(new Uint8Array([1, 1, client, 0, 0x84, other, 0, 1, 97, 0])).groups[0] as never
    const circle = { groups: [item(9, 7), item(7, 9)], deletes: [] }
    expect(splitByClient(circle).map((update) => update.groups.length)).toEqual([1, 1])
  })
})

describe('[L11] a known clock with something else is a second document under one clientID (E10)', () => {
  const server = account()
  const other = (write: (doc: Y.Doc) => void) => {
    const doc = docOf(max)
    write(doc)
    return all(doc)
  }
  const name = (doc: Y.Doc, value: unknown) => doc.getMap('fields').set('name', value)
  const notes = (doc: Y.Doc, text: string) => doc.getText('text:notes').insert(0, text)

  test('17 the same passes', () => {
    expect(
      dropKnown(
        server,
        other((doc) => [name(doc, 'Bikes'), notes(doc, 'x😀y')]),
      ),
    ).toEqual({ ok: true, updates: [] })
  })
  test.each<[string, (doc: Y.Doc) => void]>([
    ['another value', (doc) => name(doc, 'Cars')],
    ['another key', (doc) => doc.getMap('fields').set('phone', 'Bikes')],
    ['text for a value', (doc) => notes(doc, 'B')],
    ['another text', (doc) => [name(doc, 'Bikes'), notes(doc, 'x😁y')]],
    ['another part of it, and more', (doc) => [name(doc, 'Bikes'), notes(doc, 'x😀zzz')]],
    [
      'another place',
      (doc) => {
        name(doc, 'Bikes')
        notes(doc, 'xy')
        doc.getText('text:notes').insert(1, '😀')
      },
    ],
  ])('17 %s is refused', (_, write) => {
    expect(dropKnown(server, other(write))).toEqual(regression)
  })
})
