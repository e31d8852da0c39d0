import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { authorUpdate } from '../../../core/documents/author-change.ts'
import { checkStructure } from '../../../core/documents/check-structure.ts'
import { clocksOf, fillerUpdate } from '../../../core/documents/encode-update.ts'
import { encodeState, isPending, openDocument, rebuild } from '../../../core/documents/open-document.ts'
import { applyProven, standsAt, writerOf } from '../../../core/documents/prove-apply.ts'
import { valueAt } from '../../../core/documents/read-record.ts'
import { docOf, parsed, spec, updateOf } from './devices.ts'

const rhea = 7
const max = 9

describe('[L7] rebuild', () => {
  test('is base, fillers, outbox, and then the lease: the next edit goes on where the refused one was', () => {
    const device = docOf(rhea)
    const edits = ['name', 'phone', 'state'].map((key) =>
      updateOf(device, () => device.getMap('fields').set(key, key)),
    )
    // The first was merged, the second refused, the third waits for its verdict.
    const base = encodeState(openDocument([edits[0] as Uint8Array]))
    const refused = clocksOf(parsed(edits[1] as Uint8Array))
    if (refused === null) throw new Error('no clocks')
    const silent = vi.spyOn(console, 'log')
    const doc = rebuild(base, [refused], edits.slice(2), rhea)
    expect(silent).not.toHaveBeenCalled()
    expect(doc.clientID).toBe(rhea)
    expect(doc.getMap('fields').toJSON()).toEqual({ name: 'name', state: 'state' })
    const next = parsed(authorUpdate(doc, rhea, [{ field: 'zip', value: '1' }]).update)
    expect(next.groups[0]?.clock).toBe(3)
  })
  test('a filler that the base has already changes nothing; a new record has no base', () => {
    const base = encodeState(openDocument([fillerUpdate(rhea, 0, 2)]))
    const doc = rebuild(base, [{ client: rhea, clock: 0, length: 2 }], [], rhea)
    expect(encodeState(doc)).toEqual(base)
    expect(encodeState(rebuild(null, [], [], rhea))).toEqual(new Uint8Array([0, 0]))
  })
  test('throws when an update needs one that is not there', () => {
    const device = docOf(rhea)
    updateOf(device, () => device.getMap('fields').set('name', 'a'))
    const second = updateOf(device, () => device.getMap('fields').set('name', 'b'))
    expect(() => rebuild(null, [], [second], rhea)).toThrow('not there')
  })
})

test('a document opened from several states holds them all, with nothing pending, under the id of nobody', () => {
  const a = docOf(rhea)
  a.getMap('fields').set('name', 'Bikes')
  const b = docOf(max, a)
  b.getMap('fields').set('name', 'Cars')
  const doc = openDocument([Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)])
  expect([doc.clientID, isPending(doc), valueAt(doc, 'name')]).toEqual([0, false, 'Cars'])
  expect(encodeState(doc)).toEqual(Y.encodeStateAsUpdate(b))
})

describe('[D9] applyProven', () => {
  const account = () => {
    const doc = docOf(max)
    doc.getMap('fields').set('name', 'Bikes')
    doc.getText('text:notes').insert(0, 'hello')
    return openDocument([Y.encodeStateAsUpdate(doc)])
  }
  const edit = () => {
    const doc = docOf(rhea, account())
    return updateOf(doc, () => {
      doc.getMap('fields').set('name', 'Cars')
      doc.getText('text:notes').delete(0, 1)
    })
  }
  const deviates = { ok: false, fault: 'apply-deviates' }

  test('passes what does what was foreseen, no more and no less', () => {
    const touches = ['name', 'text:notes']
    expect(applyProven(account(), edit(), parsed(edit()), touches)).toEqual({ ok: true })
    expect(applyProven(account(), edit(), parsed(edit()), ['name'])).toEqual(deviates)
    expect(applyProven(account(), edit(), parsed(edit()), ['text:notes'])).toEqual(deviates)
  })
  test('notices clocks that did not move as the update says', () => {
    const doc = account()
    const touches = ['name', 'text:notes']
    expect(applyProven(doc, edit(), parsed(edit()), touches)).toEqual({ ok: true })
    expect(applyProven(doc, edit(), parsed(edit()), touches)).toEqual(deviates)
    const two = Y.mergeUpdates([edit(), fillerUpdate(3, 0, 1)])
    expect(applyProven(account(), two, parsed(edit()), touches)).toEqual(deviates)
  })
  test('notices what stays pending, structs and deletions', () => {
    const ahead = fillerUpdate(rhea, 5, 1)
    expect(applyProven(account(), ahead, parsed(ahead), [])).toEqual(deviates)
    const future = new Uint8Array([0, 1, rhea, 1, 0, 1])
    expect(applyProven(account(), future, parsed(future), [])).toEqual(deviates)
  })
  test('notices bytes that Yjs cannot read', () => {
    expect(applyProven(account(), edit().subarray(0, 12), parsed(edit()), ['name', 'text:notes'])).toEqual(
      deviates,
    )
  })
  test('passes deletions alone, with no client', () => {
    const bytes = new Uint8Array([0, 1, max, 1, 0, 1])
    expect(applyProven(account(), bytes, parsed(bytes), ['name'])).toEqual({ ok: true })
  })
})

test('[D10] the later arrival does not stand where the older has the higher clientID, and that is seen', () => {
  const base = openDocument()
  const [low, high] = [docOf(rhea), docOf(max)]
  const early = updateOf(high, () => high.getMap('fields').set('name', 'early'))
  const late = updateOf(low, () => low.getMap('fields').set('name', 'late'))
  Y.applyUpdate(base, early)
  const structure = checkStructure(base, spec, parsed(late), rhea)
  if (!structure.ok) throw new Error('refused')
  const meant = structure.writes.get('name')
  expect(meant).toEqual({ id: { client: rhea, clock: 0 }, value: 'late' })
  expect(applyProven(base, late, parsed(late), structure.touches)).toEqual({ ok: true })
  expect(standsAt(base, 'name', rhea, 0)).toBe(false)
  expect(writerOf(base, 'name')).toBe(max)
  expect(valueAt(base, 'name')).toBe('early')

  authorUpdate(base, 5, [{ field: 'name', value: 'late' }])
  expect(standsAt(base, 'name', 5, 0)).toBe(true)
  expect(valueAt(base, 'name')).toBe('late')
  expect(writerOf(base, 'phone')).toBe(null)
})
