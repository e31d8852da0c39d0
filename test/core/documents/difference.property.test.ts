/** What a reader is sent, against what Yjs itself would send from an open document. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { differenceSince, readStateVector, stateVectorOf } from '../../../core/documents/difference.ts'

const edit = fc.record({
  writer: fc.integer({ min: 0, max: 2 }),
  key: fc.constantFrom('phone', 'name', 'text'),
  value: fc.string({ minLength: 1, maxLength: 8 }),
  at: fc.nat(20),
})

/** Writers who see each other's edits now and then; the states after each edit. */
function historyOf(
  edits: readonly { writer: number; key: string; value: string; at: number }[],
): Uint8Array[] {
  const docs = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc(), { clientID }))
  const server = new Y.Doc()
  return edits.map(({ writer, key, value, at }, n) => {
    const doc = docs[writer] as Y.Doc
    if (n % 3 === 0) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
    const text = doc.getText('text:notes')
    if (key !== 'text') doc.getMap('fields').set(key, value)
    else if (at % 4 === 3 && text.length > 0) text.delete(0, 1)
    else text.insert(Math.min(at, text.length), value)
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)))
    return Y.encodeStateAsUpdate(server)
  })
}

const contentOf = (doc: Y.Doc) => [doc.getMap('fields').toJSON(), doc.getText('text:notes').toString()]

describe('the difference since a state vector', () => {
  it('brings any earlier reader to the state, from the first or from the middle', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 40 }), fc.nat(39), (edits, from) => {
        const states = historyOf(edits)
        const state = states.at(-1) as Uint8Array
        const whole = new Y.Doc()
        Y.applyUpdate(whole, state)
        const reader = new Y.Doc()
        const earlier = states[from]
        if (earlier !== undefined) Y.applyUpdate(reader, earlier)
        Y.applyUpdate(reader, differenceSince(state, Y.encodeStateVector(reader)) as Uint8Array)
        expect(contentOf(reader)).toEqual(contentOf(whole))
        expect(reader.store.pendingStructs).toBeNull()
        expect(readStateVector(stateVectorOf(state))).toEqual(Y.decodeStateVector(Y.encodeStateVector(whole)))
      }),
    )
  })

  it('is null for what is no state vector: truncated, overlong, twice the same client, bytes to spare', () => {
    const state = historyOf([{ writer: 0, key: 'phone', value: 'x', at: 0 }])[0] as Uint8Array
    const bad = [[], [1], [1, 5], [1, 5, 0x80], [1, 5, 0x80, 0], [2, 5, 1, 5, 2], [0, 0], [1, 5, 1, 0]]
    for (const bytes of bad) expect(differenceSince(state, new Uint8Array(bytes))).toBeNull()
    expect(differenceSince(state, new Uint8Array([0]))).toEqual(state)
    expect(differenceSince(state, new Uint8Array([1, 1, 1]))).not.toBeNull()
  })
})
