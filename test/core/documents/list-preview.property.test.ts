/** The preview is Yjs's own order, foreseen: placed one after the other, before any of them is applied. */
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { ListPreview, type ParsedItem } from '../../../core/documents/list-preview.ts'
import { encodeState, openDocument } from '../../../core/documents/open-document.ts'
import { structAt } from '../../../core/documents/store-view.ts'
import { Device, history, leases, parsed, runs, type Step } from './devices.ts'

vi.setConfig({ testTimeout: runs(60_000) })

/** All ids of a list, one for each code unit. */
function unitsOf(spans: Iterable<{ client: number; clock: number; length: number }>): string[] {
  const units: string[] = []
  for (const { client, clock, length } of spans) {
    for (let i = 0; i < length; i++) units.push(`${client}:${clock + i}`)
  }
  return units
}

function* itemsOf(doc: Y.Doc) {
  for (let item = doc.getText('text:notes')._start; item !== null; item = item.right) {
    yield { client: item.id.client, clock: item.id.clock, length: item.length }
  }
}

const editing = history.map((steps) => steps.filter((step) => step.do !== 'clear' && step.do !== 'set'))

test('[D4] the order of a text is foreseen as Yjs makes it, whatever was written beside it', () => {
  let placed = 0
  fc.assert(
    fc.property(editing, editing, leases, (shared, apart, ids) => {
      const devices = ids.map((id) => new Device(id))
      const author = devices[0] as Device
      const act = (steps: readonly Step[]) => {
        for (const step of steps) (devices[step.by] as Device).act(step)
      }
      act(shared)
      for (const device of devices) {
        for (const other of devices) Y.applyUpdate(device.doc, Y.encodeStateAsUpdate(other.doc), 'server')
      }
      author.outbox = []
      act(apart)
      // The server has everything but what the author wrote apart.
      const server = openDocument()
      for (const device of devices.slice(1)) Y.applyUpdate(server, Y.encodeStateAsUpdate(device.doc))
      if (author.outbox.length === 0) return
      const bytes = Y.mergeUpdates(author.outbox)
      const start = Y.getState(server.store, author.lease)
      const before = encodeState(server)

      const preview = new ListPreview(server, 'text:notes', author.lease, start, { left: 20_000 })
      const isText = ({ origin, rightOrigin, parent }: ParsedItem): boolean => {
        if (parent !== null) return parent.root === 'text:notes'
        const named = origin ?? rightOrigin
        if (named === null) return false
        if (named.client === author.lease && named.clock >= start) return inText.has(named.clock)
        return (structAt(server, named) as Y.Item).parentSub === null
      }
      const inText = new Set<number>()
      for (const struct of parsed(bytes).groups[0]?.structs ?? []) {
        if (struct.type !== 'item' || !isText(struct)) continue
        for (let i = 0; i < struct.length; i++) inText.add(struct.id.clock + i)
        expect(preview.place(struct)).toBe(null)
        placed++
      }
      expect(encodeState(server)).toEqual(before)
      // The preview looks things up when it needs them: it is read before the document changes.
      const foreseen = unitsOf(preview.order())
      Y.applyUpdate(server, bytes)
      expect(foreseen).toEqual(unitsOf(itemsOf(server)))
    }),
    { numRuns: runs(60) },
  )
  // Far below what random histories bring: says only that the property was not empty.
  expect(placed).toBeGreaterThan(50)
})
