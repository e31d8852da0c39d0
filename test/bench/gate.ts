/**
 * The gate in process against bare `Y.applyUpdate` of the same single-field updates on a live record (DESIGN 10).
 *
 * Every rule is on: rights, scope, fields, values, references, journal, verdict. Measured twice: as it decides and
 * applies, with commits that go to memory; and with the disk, many updates a transaction as they come from sockets.
 * Each round has an account of its own, so that no figure depends on how many rounds there are: its updates are written
 * by one client that joined the record before, and given to all sides.
 */
import * as Y from 'yjs'
import { openDocument } from '../../core/documents/open-document.ts'
import { recordKey, type RecordKey } from '../../core/records/kind-spec.ts'
import { createGate } from '../../sync-server/gate/create-gate.ts'
import type { Gate } from '../../sync-server/gate/types.ts'
import { openOrganisation, type Organisation } from '../../sync-server/organisation.ts'
import { createLogger } from '../../sync-server/log.ts'
import { createAll } from '../../sync-server/seed/create-all.ts'
import { seedPreconfigured } from '../../sync-server/seed/preconfigured.ts'
import type { RecordRef, Storage, StoredRecord } from '../../sync-server/storage/storage.ts'
import { accounts, people } from '../support/people.ts'
import type { Bench } from './bench.ts'
import { atMostTimes, takeTurns, timeOf, timeOfAsync } from './measure.ts'
import { withFolder } from './with-folder.ts'

const UPDATES = 4_000
/** Fields that nothing else hangs on: territory, state and zip would move the account's dependants with it. */
const fields = ['phone', 'businessType', 'specialty']

export const bench: Bench = {
  title: 'the gate in process against bare Y.applyUpdate, single-field updates on a live record',
  run: ({ rounds }) =>
    withFolder(async (folder) => {
      const organisation = await openOrganisation({ dataDir: folder, log: createLogger('error'), rate: 0 })
      try {
        await seedPreconfigured(organisation.gate, 'Bench')
        await createAll(organisation.gate, [...people, ...accounts])
        const prepared = await prepare(organisation, rounds + 1)
        const roundOf = (n: number) => prepared[n] as Round
        const inMemory = await gateInMemory(organisation)
        const turns = await takeTurns(rounds, {
          bare: (n) => bare(roundOf(n)),
          gate: (n) => gated(inMemory, roundOf(n)),
          disk: (n) => gated(organisation.gate, roundOf(n)),
        })
        const peer = { name: 'Y.applyUpdate', figures: turns.bare }
        return [
          {
            what: 'decide, apply, prove, publish',
            unit: 'µs',
            ours: turns.gate,
            peer,
            budgets: [atMostTimes(2)],
          },
          { what: 'the same and durable in SQLite', unit: 'µs', ours: turns.disk, peer, budgets: [] },
        ]
      } finally {
        await organisation.close()
      }
    }),
}

interface Round {
  readonly record: RecordRef
  /** Of the record before its updates. */
  readonly state: Uint8Array
  readonly updates: readonly Uint8Array[]
}

/** One of rhea's accounts a round, and what is written to it. */
async function prepare({ gate, storage }: Organisation, rounds: number): Promise<readonly Round[]> {
  const ids = Array.from({ length: rounds }, (_, n) => `round-${n}`)
  await createAll(
    gate,
    ids.map((id) => ({
      kind: 'account',
      id,
      fields: { name: `Account ${id}`, repCodes: ['275'], phone: '555 0100', country: 'US' },
    })),
  )
  const refs = ids.map((id) => ({ kind: 'account' as const, id }))
  const stored = await storage.load(refs)
  return refs.map((record, n) => {
    const state = stored.get(recordKey(record.kind, record.id))?.state
    if (!state) throw new Error(`account ${record.id} has no state`)
    return { record, state, updates: write(state, 1_000_000 + n) }
  })
}

function write(state: Uint8Array, clientId: number): Uint8Array[] {
  const doc = openDocument([state])
  doc.clientID = clientId
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  for (let n = 0; n < UPDATES; n++)
    doc.getMap('fields').set(fields[n % fields.length] ?? 'phone', `value ${n}`)
  doc.destroy()
  return updates
}

/** Microseconds an update. */
function bare({ state, updates }: Round): number {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const ms = timeOf(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  doc.destroy()
  return (ms * 1_000) / updates.length
}

/** Microseconds an update. */
async function gated(gate: Gate, { record, updates }: Round): Promise<number> {
  const ms = await timeOfAsync(async () => {
    const verdicts = await Promise.all(
      updates.map((update) =>
        gate.submit({
          type: 'update',
          author: { type: 'worker', workerId: 'rhea' },
          via: 'room',
          record,
          creates: false,
          update,
          sessionId: record.id,
          edit: null,
        }),
      ),
    )
    const lost = verdicts.find(({ type }) => type !== 'merged')
    if (lost !== undefined) throw new Error(`not merged: ${JSON.stringify(lost)}`)
  })
  return (ms * 1_000) / updates.length
}

/** A gate of its own on the same organisation, whose commits stay in memory. */
async function gateInMemory({ storage, policy, now, newId }: Organisation): Promise<Gate> {
  const records = new Map<RecordKey, StoredRecord>()
  const overlay: Storage = Object.assign(Object.create(storage) as Storage, {
    async load(refs) {
      const found = new Map(await storage.load(refs))
      for (const { kind, id } of refs) {
        const key = recordKey(kind, id)
        const written = records.get(key)
        if (written !== undefined) found.set(key, written)
      }
      return found
    },
    async commit(commit) {
      for (const record of commit.records) records.set(recordKey(record.kind, record.id), record)
    },
  } satisfies Pick<Storage, 'load' | 'commit'>)
  let client = 1_000
  return createGate({
    storage: overlay,
    policy,
    now,
    random: { id: newId, clientId: () => client++ },
    limits: { rate: 0 },
    log: createLogger('error'),
  })
}
