/**
 * Histories: several devices and stock clients write one record, offline and in parallel, while rights come and go.
 *
 * Whatever happens: each submission is merged or kept (I1), what was merged was allowed at the policy version that the
 * journal names (I2), every replica that follows the published updates is the server's, structs and all (I3), nothing
 * is pending (I4), numbers are dense (I7), and the last merged write of a field is its value (D10).
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histories } from './seeds.ts'
import * as Y from 'yjs'
import { authorUpdate } from '../../core/documents/author-change.ts'
import { openDocument } from '../../core/documents/open-document.ts'
import { rowFromDoc, valueAt } from '../../core/documents/read-record.ts'
import { account } from '../../core/records/account.ts'
import type { Verdict } from '../../sync-server/gate/types.ts'
import {
  type Device,
  type Entry,
  oak,
  openOrganisation,
  operator,
  ref,
  type Room,
} from '../sync-server/gate/harness.ts'

type Content =
  | { readonly type: 'field'; readonly field: 'phone' | 'state' | 'aId'; readonly value: string }
  | { readonly type: 'insert'; readonly at: number; readonly text: string }
  | { readonly type: 'erase'; readonly at: number; readonly length: number }

type Step =
  | { readonly type: 'write'; readonly who: number; readonly content: Content }
  | { readonly type: 'send'; readonly who: number; readonly count: number }
  | { readonly type: 'pull'; readonly who: number }
  | { readonly type: 'flip'; readonly allow: boolean }
  | { readonly type: 'room'; readonly who: number; readonly content: Content; readonly everything: boolean }
  | { readonly type: 'settle' }

const content: fc.Arbitrary<Content> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('field' as const),
      field: fc.constantFrom('phone' as const, 'phone' as const, 'state' as const, 'aId' as const),
      value: fc.string({ minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('insert' as const),
      at: fc.nat(40),
      text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('erase' as const),
      at: fc.nat(40),
      length: fc.integer({ min: 1, max: 4 }),
    }),
  },
)

const who = fc.nat(2)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('write' as const), who, content }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('send' as const), who, count: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('pull' as const), who }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('flip' as const), allow: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('room' as const),
      who: fc.nat(1),
      content,
      everything: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'settle' as const }) },
)

const notes = 'text:notes'

/** The same act on a device's document and on a stock client's. */
function act(doc: Y.Doc, content: Content): void {
  const text = doc.getText(notes)
  if (content.type === 'field') doc.getMap('fields').set(content.field, content.value)
  else if (content.type === 'insert') text.insert(Math.min(content.at, text.length), content.text)
  else {
    const at = Math.min(content.at, text.length)
    text.delete(at, Math.min(content.length, text.length - at))
  }
}

function writeOn(device: Device, content: Content): Entry | null {
  const doc = device.document(oak)
  if (content.type === 'field') {
    const { update, changes } = authorUpdate(doc, device.lease, [
      { field: content.field, value: content.value },
    ])
    return changes.length === 0 ? null : device.author(oak, () => ({ update, changes }))
  }
  const old = valueAt(doc, notes)
  let update: Uint8Array | null = null
  doc.on('update', (bytes: Uint8Array) => {
    update = bytes
  })
  doc.transact(() => act(doc, content))
  if (update === null) return null
  const entry = { update, changes: [{ field: notes, old, new: valueAt(doc, notes) }] }
  return device.author(oak, () => entry)
}

test('[I1] [I2] [I3] [I4] [I7] [D10] [D12] [D14] histories with refusals', {
  timeout: 1_200_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const harness = await openOrganisation()
      try {
        const devices = [
          await harness.device('rhea', 7),
          await harness.device('rhea', 4_000_000_000),
          await harness.device('max', 2_000_000),
        ]
        const rooms: Room[] = [await harness.room('rhea', oak), await harness.room('max', oak)]
        const replica = new Y.Doc()
        Y.applyUpdate(replica, (await harness.stored(oak))!.state!)
        harness.gate.onCommitted(({ changes }) => {
          for (const { record, update, sessionId } of changes) {
            if (update === null || record.id !== 'oak' || record.kind !== 'account') continue
            Y.applyUpdate(replica, update)
            for (const room of rooms) if (room.sessionId !== sessionId) Y.applyUpdate(room.doc, update)
          }
        })
        for (const device of devices) await device.pull(oak)

        /** By policy version, whether reps and managers may edit accounts. */
        const allowedAt = new Map([[harness.policy.directory.policyVersion, true]])
        const answers: { workerId: string; verdict: Verdict }[] = []
        let flying: Promise<unknown>[] = []
        const sent = new Set<Entry>()

        const send = (device: Device, count: number) => {
          for (const entry of device
            .outbox(oak)
            .filter((entry) => !sent.has(entry))
            .slice(0, count)) {
            sent.add(entry)
            const submission = device.submission(oak, entry)
            flying.push(
              harness.gate.submit(submission).then((verdict) => {
                answers.push({ workerId: device.workerId, verdict })
                device.receive(oak, entry, submission, verdict)
              }),
            )
          }
        }
        const settle = async () => {
          await Promise.all(flying)
          flying = []
        }

        for (const step of steps) {
          switch (step.type) {
            case 'write':
              writeOn(devices[step.who]!, step.content)
              break
            case 'send':
              send(devices[step.who]!, step.count)
              break
            case 'pull':
              await settle()
              await devices[step.who]!.pull(oak)
              break
            case 'flip':
              for (const group of ['sales-rep', 'sales-manager']) {
                const write = {
                  field: 'features/SU-ALLOW-ACCOUNT-EDITS',
                  value: step.allow ? 'allow' : 'deny',
                }
                flying.push(
                  harness.write(operator, ref('group', group), [write]).then((verdict) => {
                    if (verdict.type === 'merged' && verdict.seq > 0) allowedAt.set(verdict.seq, step.allow)
                  }),
                )
              }
              break
            case 'room': {
              const room = rooms[step.who]!
              const update = room.change((doc) => act(doc, step.content))
              const server = (await harness.stored(oak))!.state!
              const verdict = await room.submit(step.everything ? room.step2(server) : update)
              if (verdict.type === 'merged') break
              expect(verdict.type).toBe('refused')
              if (!(verdict.type === 'refused')) break
              answers.push({ workerId: room.workerId, verdict })
              // 4403: the page is loaded anew.
              await settle()
              rooms[step.who] = await harness.room(room.workerId, oak)
              break
            }
            case 'settle':
              await settle()
              break
          }
        }
        for (const device of devices) send(device, 1_000)
        await settle()

        const stored = (await harness.stored(oak))!
        const journal = await harness.storage.journalOf(oak, 10_000)
        const quarantine = await harness.storage.quarantine({ workerId: null, limit: 10_000 })

        // I1
        expect(devices.flatMap((device) => device.outbox(oak))).toEqual([])
        expect(
          answers.filter(({ verdict }) => verdict.type !== 'merged' && verdict.type !== 'refused'),
        ).toEqual([])
        expect(quarantine).toHaveLength(answers.filter(({ verdict }) => verdict.type === 'refused').length)

        // I2. Two groups flip one after the other: between them only one of the two has changed.
        const states = [...allowedAt].sort(([one], [other]) => one - other)
        for (const entry of journal) {
          if (entry.filler || (entry.author !== 'rhea' && entry.author !== 'max')) continue
          expect(entry.changes.map(({ field }) => field)).not.toContain('aId')
          const at = states.findIndex(([version]) => version === entry.policyVersion)
          expect(at).toBeGreaterThanOrEqual(0)
          const around = [states[at]?.[1], states[at - 1]?.[1]]
          expect(around).toContain(true)
        }
        expect(stored.row.aId).toBeNull()

        // I3, I4
        const server = openDocument([stored.state!])
        expect(server.store.pendingStructs).toBeNull()
        expect(server.store.pendingDs).toBeNull()
        expect(rowFromDoc(account, server, { id: 'oak', seq: stored.seq })).toEqual(stored.row)
        const truth = Y.snapshot(server)
        expect(Y.equalSnapshots(Y.snapshot(replica), truth)).toBe(true)
        expect(replica.getText(notes).toString()).toBe(valueAt(server, notes) ?? '')
        for (const room of rooms) {
          expect(Y.equalSnapshots(Y.snapshot(room.doc), truth)).toBe(true)
          expect(room.doc.getMap('fields').toJSON()).toEqual(replica.getMap('fields').toJSON())
          expect(room.doc.getText(notes).toString()).toBe(replica.getText(notes).toString())
        }

        // D10
        for (const field of ['phone', 'state']) {
          const last = journal.find((entry) => entry.changes.some((change) => change.field === field))
          expect(stored.row[field]).toEqual(
            last?.changes.find((change) => change.field === field)?.new ?? null,
          )
        }

        // I7
        const { number } = await harness.storage.head()
        for (let seq = 1; seq <= number; seq++) expect(await harness.storage.chainAt(seq)).not.toBeNull()
        expect(harness.errors).toEqual([])
      } finally {
        await harness.close()
      }
    }),
    histories(60),
  )
})
