/**
 * The local truth: one IndexedDB database per worker (L10).
 *
 * Few indexes, because each costs a first sync: the order of lists, the terms they are filtered by, and what hangs on
 * a record in outbox, kept and quarantine. Dexie's own result cache is off: a screen shows what is committed (L8).
 */
import Dexie, { type DexieOptions, type EntityTable } from 'dexie'
import type {
  Device,
  Heartbeat,
  KeptEntry,
  OutboxEntry,
  QuarantineEntry,
  StoredConflict,
  StoredDraft,
  StoredFind,
  StoredFormer,
  StoredPack,
  StoredRecord,
  StoredState,
} from './stored.ts'
import { emptyDevice } from './stored.ts'

export type Replica = Dexie & {
  readonly workerId: string
  readonly records: EntityTable<StoredRecord, 'key'>
  readonly states: EntityTable<StoredState, 'key'>
  readonly packs: EntityTable<StoredPack, 'n'>
  readonly outbox: EntityTable<OutboxEntry, 'n'>
  readonly kept: EntityTable<KeptEntry, 'edit'>
  readonly quarantine: EntityTable<QuarantineEntry, 'edit'>
  readonly conflicts: EntityTable<StoredConflict, 'id'>
  readonly device: EntityTable<Device, 'key'>
  readonly drafts: EntityTable<StoredDraft, 'key'>
  readonly heartbeat: EntityTable<Heartbeat, 'key'>
  readonly formers: EntityTable<StoredFormer, 'key'>
  readonly finds: EntityTable<StoredFind, 'n'>
}

/** Databases that are gone from the device, here or by another tab: never opened again by who still holds one. */
const deleted = new WeakSet<Dexie>()

export function replicaName(workerId: string): string {
  return `ambit-${workerId}`
}

/** `platform` is for tests: another IndexedDB than the browser's. */
export function openReplica(
  workerId: string,
  platform: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> = {},
): Replica {
  const db = new Dexie(replicaName(workerId), {
    ...platform,
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  }) as Replica
  db.version(1).stores({
    records: '&key, [kind+sort], *terms',
    states: '&key',
    packs: '++n',
    outbox: '++n, &edit, record',
    kept: '&edit, [record+folded], folded',
    quarantine: '&edit, record',
    conflicts: '&id, record',
    device: '&key',
    drafts: '&key',
    heartbeat: '&key',
  })
  db.version(2).stores({ formers: '&key', finds: '++n, &find, record' })
  // A newer version of the client, or a sign-out in another tab, must never wait for this tab.
  db.on('versionchange', ({ newVersion }) => {
    if (newVersion === null) deleted.add(db)
    db.close({ disableAutoOpen: true })
    // Dexie's own answer would open it again with the next query: a database that was deleted would be back, empty.
    return false
  })
  return Object.assign(db, { workerId })
}

/** Everything of this worker on this device. Only after the person has been told what is unsent. */
export async function wipeReplica(db: Replica): Promise<void> {
  deleted.add(db)
  await db.delete({ disableAutoOpen: true })
}

export async function readDevice(db: Replica): Promise<Device> {
  return (await db.device.get('device')) ?? emptyDevice
}

/**
 * Runs `work`, once more after opening the database again when the browser had closed it underneath: phones do so
 * to pages in the background.
 */
export async function reopening<T>(db: Replica, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isClosed(error) || deleted.has(db)) throw error
    await db.open()
    return await work()
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof Dexie.DexieError
    ? error.name === 'DatabaseClosedError' || isClosed(error.inner)
    : error instanceof Error && error.name === 'InvalidStateError'
}

/** The tables that everything about a record lives in: the scope of nearly every transaction. */
export function recordTables(db: Replica) {
  const { records, states, packs, outbox, kept, quarantine, conflicts, device, formers, finds } = db
  return [records, states, packs, outbox, kept, quarantine, conflicts, device, formers, finds]
}
