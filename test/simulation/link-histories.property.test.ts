/**
 * Histories of real devices on the real link and gate: edits and creations on and off line, refusals, rights that come
 * and go, cuts, lost verdicts, kills, burnt leases, devices set back to an old backup, a stock client beside them.
 *
 * Nothing is lost, nothing forbidden is merged, and all who may see the same hold the same, structs and all.
 */
import type * as nodeCrypto from 'node:crypto'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { readState } from '../../client/replica/states.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import { chainHash } from '../../sync-server/gate/chain.ts'
import type { JournalEntry, RecordRef } from '../../sync-server/storage/storage.ts'
import { ref } from '../sync-server/gate/harness.ts'
import { differing, readDocument } from './fuzz/reading.ts'
import { opened } from './fuzz/world.ts'
import { Life } from './link/life.ts'
import { step } from './link/steps.ts'
import { histories } from './seeds.ts'

/** Leases are random; here they come again with the history. */
const leases = vi.hoisted(() => ({ state: 1 }))
vi.mock('node:crypto', async (original) => ({
  ...(await original<typeof nodeCrypto>()),
  randomInt: (from: number, to: number) => {
    leases.state = (Math.imul(leases.state, 1_103_515_245) + 12_345) >>> 0
    return from + Math.floor((leases.state / 2 ** 32) * (to - from))
  },
}))

const run = histories(10)
const figures = { histories: 0, submitted: 0, merged: 0, refused: 0, rewritten: 0 }

async function expectNothingLost(life: Life, journal: readonly JournalEntry[]): Promise<void> {
  const { storage } = life.harness
  const { pushed, answered } = life.post
  const quarantine = await storage.quarantine({ workerId: null, limit: 100_000 })
  for (const phone of life.phones) {
    // A tab that was killed in the middle of its work finds its database closed.
    const isKilled = (error: unknown) => error instanceof Error && error.name === 'DatabaseClosedError'
    expect(phone.device.broken.filter((error) => !isKilled(error))).toEqual([])
    expect(await phone.device.db.outbox.toArray()).toEqual([])
  }
  let refused = 0
  for (const [edit, device] of pushed) {
    const outcomes = new Set(answered.get(edit))
    const kept = quarantine.filter(({ editId }) => editId === edit)
    // One verdict an edit, and it never changes.
    expect([edit, outcomes.has('merged') && outcomes.has('refused')]).toEqual([edit, false])
    const verdict = await storage.verdict(device, edit)
    // What touches no field is merged and stored nowhere (D15): another device had deleted the same.
    if (verdict === null)
      expect([edit, outcomes.has('rewrite') || outcomes.has('merged')]).toEqual([edit, true])
    expect(kept.length).toBe(outcomes.has('refused') ? 1 : 0)
    // Once at most; not at all where it said what stood already.
    const written = journal.filter(
      ({ editId, filler, changes }) => editId === edit && !filler && changes.length > 0,
    )
    expect(written.length).toBeLessThanOrEqual(outcomes.has('merged') ? 1 : 0)
    refused += kept.length
    figures.merged += outcomes.has('merged') ? 1 : 0
    figures.rewritten += outcomes.has('rewrite') ? 1 : 0
  }
  expect(quarantine.length).toBe(refused + life.refusedInRoom.size)
  figures.submitted += pushed.size
  figures.refused += refused
  const here = await Promise.all(life.phones.map(({ device }) => device.db.quarantine.toArray()))
  const told = JSON.stringify([journal.map(({ changes }) => changes), quarantine, here])
  expect(life.words.filter((word) => !told.includes(word))).toEqual([])
}

function expectAllowed(life: Life, journal: readonly JournalEntry[]): void {
  for (const entry of journal) {
    if (entry.author !== 'rhea' || entry.filler || entry.changes.length === 0) continue
    const rights = life.rights.get(entry.policyVersion)
    const isFirst = !journal.some(({ seq, record }) => record.id === entry.record.id && seq < entry.seq)
    expect([entry.seq, isFirst ? rights?.adds : rights?.edits]).toEqual([entry.seq, true])
  }
}

async function expectOneTruth(life: Life, records: readonly RecordRef[]): Promise<void> {
  for (const record of records) {
    const stored = await life.harness.stored(record)
    const state = stored?.state ?? null
    if (stored === null || state === null) continue
    const truth = opened(state)
    const reading = readDocument(truth)
    expect(differing(reading, readDocument(opened(Y.encodeStateAsUpdate(truth))))).toEqual([])
    const key = recordKey(record.kind, record.id)
    for (const { device } of life.phones) {
      const held = await device.db.records.get(key)
      expect(held?.row).toEqual(stored.row)
      const copy = opened((await readState(device.db, key, held)) ?? new Uint8Array([0, 0]))
      expect(copy.store.pendingStructs ?? copy.store.pendingDs).toBeNull()
      expect(differing(reading, readDocument(copy))).toEqual([])
      expect(Y.equalSnapshots(Y.snapshot(truth), Y.snapshot(copy))).toBe(true)
    }
    if (record.id === 'oak') expect(differing(reading, readDocument(life.room.doc))).toEqual([])
  }
}

/** From the first commit of the history to the head, each number there and each hash made of the one before. */
async function expectChain(life: Life, journal: readonly JournalEntry[], begun: number): Promise<void> {
  const { storage } = life.harness
  const { number } = await storage.head()
  const bySeq = new Map(journal.map((entry) => [entry.seq, entry]))
  for (let seq = begun + 1; seq <= number; seq++) {
    const entry = bySeq.get(seq)
    expect([seq, entry !== undefined]).toEqual([seq, true])
    const before = await storage.chainAt(seq - 1)
    if (entry !== undefined) expect(await storage.chainAt(seq)).toBe(chainHash(before ?? '', entry))
  }
}

test('[I1] [I2] [I3] [I6] [I7] [L2] [L7] [D13] [D14] devices on the link lose nothing and end alike', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 70, size: 'max' }),
      fc.nat(),
      async (steps, salt) => {
        leases.state = salt
        const life = await Life.begin()
        try {
          const begun = (await life.harness.storage.head()).number
          const touched = new Map<string, RecordRef>()
          life.harness.gate.onCommitted(({ changes }) => {
            for (const { record } of changes) touched.set(recordKey(record.kind, record.id), record)
          })
          for (const one of steps) await life.act(one)
          for (let time = 0; time < 2; time++) {
            for (const phone of life.phones) phone.open()
            await life.talk()
          }
          expect(life.harness.errors).toEqual([])
          const accounts = ['oak', 'ash', ...life.made].map((id) => ref('account', id))
          for (const account of accounts) touched.set(recordKey('account', account.id), account)
          const journals = [...touched.values()].map((one) => life.harness.storage.journalOf(one, 100_000))
          const journal = (await Promise.all(journals)).flat()
          await expectNothingLost(life, journal)
          expectAllowed(life, journal)
          await expectOneTruth(life, accounts)
          await expectChain(life, journal, begun)
          figures.histories++
        } finally {
          await life.end()
        }
      },
    ),
    run,
  )
  console.log(
    `AMBIT_SEED=${run.seed}, histories on the link: ${JSON.stringify(figures)}; nothing lost, nothing diverged`,
  )
}, 3_600_000)
