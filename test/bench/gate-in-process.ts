/**
 * Budget: the gate, in process, against bare `Y.applyUpdate` of the same single-field updates on a live record: at
 * most 2 x (DESIGN 10).
 *
 * Every rule is on; only the disk is left out, which the end-to-end budget measures. Bare and gated runs alternate, so
 * that a busy machine slows both; the ratio of the medians counts.
 */
import { randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import * as Y from 'yjs'
import { makeDirectory } from '../../core/access/directory.ts'
import { shippedCatalogue } from '../../core/catalogue/features.ts'
import { preconfiguredGroups } from '../../core/catalogue/preconfigured-groups.ts'
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import { createGate } from '../../sync-server/gate/create-gate.ts'
import { createPolicy } from '../../sync-server/gate/policy.ts'
import type { Gate, WritesSubmission } from '../../sync-server/gate/types.ts'
import type { Lease, RecordRef, Storage, StoredRecord } from '../../sync-server/storage/storage.ts'

export interface GateBench {
  /** Microseconds an update. */
  readonly bareUs: number
  readonly gateUs: number
  readonly ratio: number
}

const oak: RecordRef = { kind: 'account', id: 'oak' }

export async function benchGate(updates = 2_000, rounds = 15): Promise<GateBench> {
  const bare: number[] = []
  const gated: number[] = []
  for (let round = 0; round < rounds; round++) {
    // A record of its own for each round: thousands of overwritten values would be no usual record.
    const gate = await organisation()
    const { state, bytes } = await singleFieldUpdates(gate, updates)
    bare.push(timeOf(() => applyAll(state, bytes)) / updates)
    gated.push((await timeOfAsync(() => submitAll(gate.gate, bytes, round))) / updates)
  }
  const [bareMs, gateMs] = [median(bare), median(gated)]
  return { bareUs: bareMs * 1_000, gateUs: gateMs * 1_000, ratio: gateMs / bareMs }
}

function applyAll(state: Uint8Array, bytes: readonly Uint8Array[]): void {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  for (const update of bytes) Y.applyUpdate(doc, update)
}

async function submitAll(gate: Gate, bytes: readonly Uint8Array[], round: number): Promise<void> {
  const verdicts = await Promise.all(
    bytes.map((update) =>
      gate.submit({
        type: 'update',
        author: { type: 'worker', workerId: 'rhea' },
        via: 'room',
        record: oak,
        creates: false,
        update,
        sessionId: `round-${round}`,
        edit: null,
      }),
    ),
  )
  const lost = verdicts.find((verdict) => verdict.type !== 'merged')
  if (lost !== undefined) throw new Error(`not merged: ${JSON.stringify(lost)}`)
}

/** A client that joined the record and changes one field after another. */
async function singleFieldUpdates({ load }: Organisation, count: number) {
  const state = (await load())?.state
  if (!state) throw new Error('the record has no state')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const bytes: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void bytes.push(update))
  const fields = ['phone', 'state', 'zip', 'businessType', 'specialty']
  for (let i = 0; i < count; i++) doc.getMap('fields').set(fields[i % fields.length] ?? 'phone', `value ${i}`)
  return { state, bytes }
}

interface Organisation {
  readonly gate: Gate
  readonly load: () => Promise<StoredRecord | null>
}

async function organisation(): Promise<Organisation> {
  const storage = memoryStorage()
  const policy = createPolicy(makeDirectory(shippedCatalogue, [], [], 0), Date.now)
  let client = 1_000_000
  const gate = await createGate({
    storage,
    policy,
    now: Date.now,
    random: { id: randomUUID, clientId: () => client++ },
    limits: { rate: 0 },
    log: { error: (told: unknown) => console.error(told) },
  })
  const verdicts = await gate.submitAll(
    [
      ...preconfiguredGroups.map((group) =>
        creation('group', group.code, {
          code: group.code,
          name: group.name,
          type: group.type,
          parentId: group.parentId,
          ...Object.fromEntries(group.allow.map((feature) => [`features/${feature}`, 'allow'])),
        }),
      ),
      creation('worker', 'rhea', {
        username: 'rhea',
        accountsQueryType: 'rep',
        'repCodes/275': true,
        'groups/sales-rep': { from: null, until: null },
      }),
      creation('account', 'oak', { name: 'Oak', 'repCodes/275': true, phone: '100', country: 'US' }),
    ],
    { atomic: true },
  )
  const refused = verdicts.find((verdict) => verdict.type !== 'merged')
  if (refused !== undefined) throw new Error(JSON.stringify(refused))
  return { gate, load: async () => (await storage.load([oak])).get('account/oak') ?? null }
}

type Written = WritesSubmission['writes'][number]['value']

function creation(
  kind: RecordRef['kind'],
  id: string,
  fields: Readonly<Record<string, Written>>,
): WritesSubmission {
  const writes = Object.entries(fields).flatMap(([field, value]) =>
    value === null ? [] : [{ field, value }],
  )
  return {
    type: 'writes',
    author: { type: 'operator' },
    via: 'operator',
    record: { kind, id },
    creates: true,
    writes,
  }
}

/** As much of the port as the gate asks of it, without a disk. */
function memoryStorage(): Storage {
  const records = new Map<RecordKey, StoredRecord>()
  const leases = new Map<number, Lease>()
  const part: Partial<Storage> = {
    load: async (refs) =>
      new Map(
        refs.flatMap(({ kind, id }) => {
          const found = records.get(recordKey(kind, id))
          return found === undefined ? [] : [[recordKey(kind, id), found] as const]
        }),
      ),
    idsByValue: async () => new Map(),
    recordsUnder: async () => [],
    leases: async (ids) =>
      new Map(ids.flatMap((id) => (leases.has(id) ? [[id, leases.get(id) as Lease]] : []))),
    saveLease: async (lease) => void leases.set(lease.clientId, lease),
    quarantine: async () => [],
    countQuarantine: async () => 0,
    journalOf: async () => [],
    head: async () => ({ number: 0, chain: '' }),
    commit: async (commit) => {
      for (const record of commit.records) records.set(recordKey(record.kind, record.id), record)
      for (const lease of commit.leases) leases.set(lease.clientId, lease)
    },
  }
  return part as Storage
}

function timeOf(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

async function timeOfAsync(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { bareUs, gateUs, ratio } = await benchGate()
  console.log(
    `gate ${gateUs.toFixed(1)} µs, bare ${bareUs.toFixed(1)} µs, ${ratio.toFixed(2)} x (budget 2 x)`,
  )
}
