/** The first law of the gate: what honest devices write passes, always, and nothing else than what was foreseen happens. */
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { changesOf, valuesAt } from '../../../core/documents/changes-of.ts'
import { checkStructure } from '../../../core/documents/check-structure.ts'
import { dropKnown } from '../../../core/documents/drop-known.ts'
import { encodeUpdate } from '../../../core/documents/encode-update.ts'
import { encodeState, openDocument } from '../../../core/documents/open-document.ts'
import { applyProven } from '../../../core/documents/prove-apply.ts'
import { rowAfter, rowFromDoc } from '../../../core/documents/read-record.ts'
import { Device, history, leases, parsed, runs, type Step, scalarKeys, spec } from './devices.ts'

vi.setConfig({ testTimeout: runs(60_000) })

const everyKey = [...scalarKeys, 'text:notes']

/** What the gate does with one update, less who may do it. */
function merge(server: Y.Doc, bytes: Uint8Array, lease: number | null): void {
  const update = parsed(bytes)
  expect(encodeUpdate(update)).toEqual(bytes)
  const structure = checkStructure(server, spec, update, lease)
  if (!structure.ok) throw new Error(`refused: ${JSON.stringify(structure)} of ${JSON.stringify(update)}`)
  const before = valuesAt(server, everyKey)
  const row = rowFromDoc(spec, server, { id: 'x', seq: 1 })
  expect(applyProven(server, bytes, update, structure.touches)).toEqual({ ok: true })
  const changed = changesOf(before, valuesAt(server, everyKey)).map((change) => change.field)
  expect(structure.touches).toEqual(expect.arrayContaining(changed))
  expect(rowAfter(spec, server, row, structure.touches, 2)).toEqual(
    rowFromDoc(spec, server, { id: 'x', seq: 2 }),
  )
}

function run(
  steps: readonly Step[],
  ids: readonly number[],
  send: (server: Y.Doc, device: Device) => Uint8Array[],
): void {
  const server = openDocument()
  const log: Uint8Array[] = []
  server.on('update', (update: Uint8Array) => log.push(update))
  const devices = ids.map((id, i) => new Device(id, i !== 1))
  const receive = (device: Device) => {
    for (const update of log.slice(device.received)) Y.applyUpdate(device.doc, update, 'server')
    device.received = log.length
  }
  const sendAll = (device: Device) => {
    send(server, device)
    device.outbox = []
  }
  for (const step of steps) {
    const device = devices[step.by] as Device
    if (step.do === 'send') sendAll(device)
    else if (step.do === 'receive') receive(device)
    else device.act(step)
  }
  devices.forEach(sendAll)
  devices.forEach(receive)
  const row = rowFromDoc(spec, server, { id: 'x', seq: 1 })
  for (const { doc } of devices) expect(rowFromDoc(spec, doc, { id: 'x', seq: 1 })).toEqual(row)
  expect(rowFromDoc(spec, openDocument([encodeState(server)]), { id: 'x', seq: 1 })).toEqual(row)
}

test('[D4] each transaction of an honest device, sent in order, is sound and does what was foreseen', () => {
  fc.assert(
    fc.property(history, leases, (steps, ids) => {
      run(steps, ids, (server, device) => {
        for (const update of device.outbox) merge(server, update, device.lease)
        return device.outbox
      })
    }),
    { numRuns: runs(60) },
  )
})

test('[L11] a sync step 2 of an honest device, with all it knows, leaves sound updates once the known is dropped', () => {
  fc.assert(
    fc.property(history, leases, (steps, ids) => {
      run(steps, ids, (server, device) => {
        const known = parsed(Y.encodeStateAsUpdate(device.doc))
        const left = dropKnown(server, known)
        if (!left.ok) throw new Error(`refused: ${left.fault}`)
        for (const update of left.updates)
          merge(server, encodeUpdate(update), update.groups[0]?.client ?? null)
        return []
      })
    }),
    { numRuns: runs(60) },
  )
})

test('[L11] tabs that met each other before the server send sound updates, each of one client', () => {
  fc.assert(
    fc.property(history, leases, (steps, ids) => {
      const server = openDocument()
      const tabs = ids.map((id, i) => new Device(id, i !== 1))
      for (const step of steps) {
        const tab = tabs[step.by] as Device
        const next = tabs[(step.by + 1) % 3] as Device
        if (step.do === 'send') Y.applyUpdate(next.doc, Y.encodeStateAsUpdate(tab.doc), 'server')
        else if (step.do === 'receive') Y.applyUpdate(tab.doc, Y.encodeStateAsUpdate(next.doc), 'server')
        else tab.act(step)
      }
      for (const tab of tabs) {
        const left = dropKnown(server, parsed(Y.encodeStateAsUpdate(tab.doc)))
        if (!left.ok) throw new Error(`refused: ${left.fault}`)
        for (const update of left.updates)
          merge(server, encodeUpdate(update), update.groups[0]?.client ?? null)
      }
      const together = new Y.Doc()
      for (const tab of tabs) Y.applyUpdate(together, Y.encodeStateAsUpdate(tab.doc))
      expect(rowFromDoc(spec, server, { id: 'x', seq: 1 })).toEqual(
        rowFromDoc(spec, together, { id: 'x', seq: 1 }),
      )
    }),
    { numRuns: runs(60) },
  )
})

test('[L11] a merged outbox is as sound as its parts', () => {
  fc.assert(
    fc.property(history, leases, (steps, ids) => {
      run(steps, ids, (server, device) => {
        if (device.outbox.length > 0) merge(server, Y.mergeUpdates(device.outbox), device.lease)
        return []
      })
    }),
    { numRuns: runs(60) },
  )
})
