/**
 * A page of the feed: rows and bytes as the server has them, one transaction a page (L3).
 *
 * Idempotent: a page that comes twice, or again after a page run was cut short, leaves the same. Records that have
 * unanswered entries keep what was typed here on top (L9); their documents are opened only where a text was typed.
 */
import type { Feed } from '../../core/protocol/feed.ts'
import { openDocument, encodeState, isPending } from '../../core/documents/open-document.ts'
import { recordKey, type RecordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { sortTitle } from '../../core/records/search-words.ts'
import { announce } from './changes.ts'
import { readDevice, recordTables, reopening, type Replica } from './database.ts'
import { catchUp } from './catch-up.ts'
import { isOverwritten, keepFormer } from './lost-by-restore.ts'
import { foldKept, type Parts, readParts, storeParts } from './rebuild-record.ts'
import { PACK_RECORDS_MIN, readState } from './states.ts'
import type { Device, StoredRecord } from './stored.ts'
import { termsOf } from './terms.ts'

interface Arrival {
  readonly key: RecordKey
  readonly row: Row
  readonly bytes: 'state' | 'update'
  readonly blob: Uint8Array
}

export interface FeedContext {
  /** This device's clock, in milliseconds. */
  readonly now: () => number
  readonly newId: () => string
  /** With this page, all that the welcome announced has come. */
  readonly isComplete?: boolean
  /** Whether a record is surely not stored here yet. */
  readonly isNew?: (key: RecordKey) => boolean
}

/** `blobs` stand in the order of `page.records`. */
export async function applyFeed(
  db: Replica,
  page: Feed,
  blobs: readonly Uint8Array[],
  context: FeedContext,
): Promise<readonly RecordKey[]> {
  const arrivals = page.records.map(
    ({ row, bytes }, index): Arrival => ({
      key: recordKey(row.kind, row.id),
      row: row as Row,
      bytes,
      blob: blobs[index] ?? new Uint8Array(),
    }),
  )
  const changed = await reopening(db, () =>
    db.transaction('rw', recordTables(db), async () => {
      const device = await readDevice(db)
      await storeArrivals(db, device, arrivals, context)
      const caughtUp =
        page.upTo === null ? [] : await catchUp(db, device, page.upTo, context.isComplete ?? true, context)
      return [...arrivals.map(({ key }) => key), ...caughtUp]
    }),
  )
  announce(db, changed)
  return changed
}

async function storeArrivals(
  db: Replica,
  device: Device,
  arrivals: readonly Arrival[],
  context: FeedContext,
): Promise<void> {
  const unanswered = await recordsWithEntries(db)
  const plain: Arrival[] = []
  for (const arrival of arrivals) {
    if (unanswered.has(arrival.key)) await storeBeneath(db, device, arrival)
    else plain.push(arrival)
  }
  await storePlain(db, device, plain, context)
}

/** Records that have something in the outbox, or an answer that the server's bytes may lack. */
async function recordsWithEntries(db: Replica): Promise<ReadonlySet<string>> {
  const [entries, kept] = await Promise.all([
    db.outbox.orderBy('record').uniqueKeys(),
    db.kept.where('folded').equals(0).toArray(),
  ])
  return new Set([...entries.map(String), ...kept.map(({ record }) => record)])
}

/** The many: nothing typed here, so the row is the server's. */
async function storePlain(
  db: Replica,
  device: Device,
  arrivals: readonly Arrival[],
  { isNew = () => false }: FeedContext,
): Promise<void> {
  if (arrivals.length === 0) return
  const known = await knownRecords(db, arrivals, isNew)
  const records = new Map<RecordKey, StoredRecord>()
  const states = new Map<RecordKey, Uint8Array>()
  for (const arrival of arrivals) {
    const { key, row } = arrival
    const before = records.get(key) ?? known.get(key)
    if (!device.rebuilding && before !== undefined && before.row.seq > row.seq) continue
    const former = known.get(key)
    if (isOverwritten(device, former, row)) await keepFormer(db, former)
    // Not awaited for each of hundreds: Dexie loses its transaction after a hundred awaits without a request.
    const bytes =
      arrival.bytes === 'state' ? stateOf(arrival) : await bytesAfter(db, arrival, states.get(key), before)
    if (bytes !== null) states.set(key, bytes)
    records.set(key, plainRecord(arrival, device.run, before?.pack))
  }
  await storeStates(db, records, states, known)
  await db.records.bulkPut([...records.values()])
}

/** None of a first sync, whose records cannot be here yet: 77,000 reads are spared. */
async function knownRecords(
  db: Replica,
  arrivals: readonly Arrival[],
  isNew: (key: RecordKey) => boolean,
): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
  const keys = arrivals.map(({ key }) => key).filter((key) => !isNew(key))
  if (keys.length === 0) return new Map()
  const found = await db.records.bulkGet(keys)
  return new Map(found.flatMap((record) => (record === undefined ? [] : [[record.key, record] as const])))
}

function plainRecord({ key, row }: Arrival, run: number, pack: number | undefined): StoredRecord {
  const spec = kindSpecs[row.kind]
  return {
    key,
    kind: row.kind,
    id: row.id,
    sort: sortTitle(spec, row),
    terms: termsOf(row.kind, row),
    row,
    pending: 0,
    ...(pack !== undefined && { pack }),
    run,
  }
}

/** Many new ones as a pack, the others each alone. */
async function storeStates(
  db: Replica,
  records: Map<RecordKey, StoredRecord>,
  states: Map<RecordKey, Uint8Array>,
  known: ReadonlyMap<RecordKey, StoredRecord>,
): Promise<void> {
  const packed = new Map([...states].filter(([key]) => !known.has(key)))
  if (packed.size >= PACK_RECORDS_MIN) {
    const n = await db.packs.add({ states: packed })
    for (const key of packed.keys()) {
      states.delete(key)
      const record = records.get(key)
      if (record !== undefined) records.set(key, { ...record, pack: n })
    }
  }
  await db.states.bulkPut([...states].map(([key, bytes]) => ({ key, bytes })))
}

/** The few: the server's row and bytes go beneath what was typed here. */
async function storeBeneath(db: Replica, device: Device, arrival: Arrival): Promise<void> {
  const parts = await readParts(db, arrival.key)
  const lease = device.lease ?? 0
  if (!device.rebuilding && parts.base !== null && parts.base.seq > arrival.row.seq) return
  if (isOverwritten(device, parts.record, arrival.row)) await keepFormer(db, parts.record)
  const bytes = await bytesAfter(db, arrival, parts.state ?? undefined, parts.record)
  if (bytes !== null) await db.states.put({ key: arrival.key, bytes })
  const arrived: Parts = { ...parts, base: arrival.row, state: bytes }
  await storeParts(db, await foldKept(db, arrived, arrival.row.seq, lease), lease, device.run)
}

/** Null for records without a document. */
function stateOf({ blob }: Arrival): Uint8Array | null {
  return blob.length === 0 ? null : blob
}

/** The state after an arrival. */
async function bytesAfter(
  db: Replica,
  arrival: Arrival,
  known: Uint8Array | undefined,
  record: StoredRecord | undefined,
): Promise<Uint8Array | null> {
  if (arrival.bytes === 'state') return stateOf(arrival)
  const { key, blob } = arrival
  const before = known ?? (await readState(db, key, record))
  const doc = openDocument(before === null ? [blob] : [before, blob])
  // What is missing cannot be asked for alone: the next hello asks for everything.
  if (isPending(doc)) await db.device.update('device', { history: null })
  return encodeState(doc)
}
