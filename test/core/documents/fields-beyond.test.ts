/** What one state holds that another does not know, field by field (L20). */
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { fieldsBeyond } from '../../../core/documents/fields-beyond.ts'

function docWith(clientID: number, from: Y.Doc | null = null): Y.Doc {
  const doc = new Y.Doc()
  if (from !== null) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  doc.clientID = clientID
  return doc
}
const state = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc)

function shared(): Y.Doc {
  const doc = docWith(1)
  doc.getMap('fields').set('phone', '1')
  doc.getMap('fields').set('territory', 'North')
  doc.getText('text:notes').insert(0, 'Since 1990.')
  return doc
}

it('[L20] a value that was written and a text that was typed or only shortened are beyond; the rest is not', () => {
  const known = shared()
  const other = docWith(2, known)
  other.getMap('fields').set('phone', '2')
  expect(fieldsBeyond(state(known), state(other))).toEqual(new Set(['phone']))
  other.getText('text:notes').delete(0, 6)
  expect(fieldsBeyond(state(known), state(other))).toEqual(new Set(['phone', 'text:notes']))
  expect(fieldsBeyond(state(other), state(known))).toEqual(new Set())
})

it('[L20] what the first state wrote later is not beyond it, however the values differ', () => {
  const old = shared()
  const known = docWith(3, old)
  known.getMap('fields').set('territory', 'South')
  known.getMap('fields').set('specialty', 'Road')
  expect(fieldsBeyond(state(known), state(old))).toEqual(new Set())
})

it('[L20] what both wrote apart is beyond, whichever stands', () => {
  for (const [mine, theirs] of [
    [5, 6],
    [6, 5],
  ] as const) {
    const known = docWith(mine, shared())
    const other = docWith(theirs, shared())
    known.getMap('fields').set('phone', 'mine')
    other.getMap('fields').set('phone', 'theirs')
    expect(fieldsBeyond(state(known), state(other))).toEqual(new Set(['phone']))
  }
})
