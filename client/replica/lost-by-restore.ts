/**
 * What a restored server has lost and nobody here wrote (L20, GATE 31). This device got it from the server before the
 * restore; its author's device may be gone. It is handed in for a person to look at, and forgotten here: what is shown is
 * what the server holds (L7).
 *
 * Lost is a field in which the bytes of before hold something that the server's do not know, and which does not say
 * the same. The bytes go along for whoever looks closer.
 *
 * Everything here but `nextFinds` and `forgetFind` runs inside a transaction over `recordTables`.
 */
import { differenceSince, emptyState, stateVectorOf } from '../../core/documents/difference.ts'
import type { Write } from '../../core/documents/author-change.ts'
import { fieldsBeyond } from '../../core/documents/fields-beyond.ts'
import { writesFor } from '../../core/documents/writes-for.ts'
import type { Found } from '../../core/protocol/found.ts'
import {
  FOUND_BYTES_MAX,
  FOUND_CHANGES_MAX,
  FOUND_PER_WORKER_MAX,
  UPDATE_BYTES_MAX,
} from '../../core/protocol/limits.ts'
import type { RecordKey, Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { reopening, type Replica } from './database.ts'
import { baseOf, splitRecordKey } from './rebuild-record.ts'
import { readState } from './states.ts'
import type { Device, StoredFind, StoredFormer, StoredRecord } from './stored.ts'

/**
 * Whether the record is about to lose what it said before the restore: not what the restored server itself has sent,
 * what was made here, or what says the same. `arriving`: null where nothing takes its place.
 */
export function isOverwritten(
  { otherHistory, former }: Device,
  record: StoredRecord | undefined,
  arriving: Row | null,
): record is StoredRecord {
  if (!otherHistory || former === undefined || record === undefined || record.run > former.run) return false
  const row = baseOf(record)
  if (row === null || kindSpecs[record.kind].write.type !== 'feature') return false
  return arriving === null || writesBetween(arriving, row).length > 0
}

/** Before it happens. Once: a rebuild that was cut off and began again knew it first. */
export async function keepFormer(db: Replica, record: StoredRecord): Promise<void> {
  if ((await db.formers.get(record.key)) !== undefined) return
  if ((await db.formers.count()) < FORMERS_MAX) await db.formers.put(await formerOf(db, record))
}

/** The same for what the rebuild did not bring, before it goes: as much as there is room for. */
export async function formersOf(
  db: Replica,
  device: Device,
  gone: readonly RecordKey[],
): Promise<readonly StoredFormer[]> {
  const room = FORMERS_MAX - (await db.formers.count())
  const formers: StoredFormer[] = []
  for (const key of device.otherHistory ? gone : []) {
    if (formers.length >= room) break
    const record = await db.records.get(key)
    if (isOverwritten(device, record, null)) formers.push(await formerOf(db, record))
  }
  return formers
}

/** Records put aside: more the server would not take from here anyway. Who lost an import imports again. */
const FORMERS_MAX = FOUND_PER_WORKER_MAX

async function formerOf(db: Replica, record: StoredRecord): Promise<StoredFormer> {
  const row = baseOf(record) ?? record.row
  return { key: record.key, row, bytes: await readState(db, record.key, record) }
}

/**
 * The rebuild is complete, and what was written here is back in the outbox: what is still missing is somebody else's.
 * `gone`: what the rebuild did not bring.
 */
export async function noteFinds(
  db: Replica,
  { former }: Device,
  gone: readonly StoredFormer[],
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): Promise<void> {
  const formers = [...(await db.formers.toArray()), ...gone]
  await db.formers.clear()
  if (former === undefined) return
  const finds: Omit<StoredFind, 'n'>[] = []
  for (const { key, row, bytes } of formers) {
    const shown = await db.records.get(key)
    if (bytes === null) continue
    const state = await readState(db, key, shown)
    // What the restored server has been told since is no loss, though this device knew an older value.
    const fields = state === null ? null : fieldsBeyond(state, bytes)
    const writes = writesBetween(shown?.row ?? null, row).filter(({ field }) => fields?.has(field) ?? true)
    const lost = differenceSince(bytes, stateVectorOf(state ?? emptyState)) ?? emptyState
    const isTogether = lost.length <= UPDATE_BYTES_MAX && sizeOf(writes) + lost.length <= VALUES_BYTES_MAX
    for (const values of piecesOf(writes))
      finds.push({
        find: newId(),
        record: key,
        history: former.history,
        values,
        bytes: isTogether ? lost : emptyState,
        at: now(),
      })
  }
  // What hangs on an account comes after it: the server asks who may read the account.
  const place = ({ record }: Omit<StoredFind, 'n'>) => Number(splitRecordKey(record).kind !== 'account')
  await db.finds.bulkAdd(finds.sort((one, other) => place(one) - place(other)))
}

/** The next ones, once nothing else waits: until then the server may still learn of it from here. */
export async function nextFinds(
  db: Replica,
  busy: ReadonlySet<string>,
  most: number,
): Promise<readonly StoredFind[]> {
  return await reopening(db, () =>
    db.transaction('r', [db.outbox, db.finds], async () => {
      if ((await db.outbox.count()) > 0) return []
      return await db.finds
        .orderBy('n')
        .filter(({ find }) => !busy.has(find))
        .limit(most)
        .toArray()
    }),
  )
}

export async function forgetFind(db: Replica, find: string): Promise<void> {
  await reopening(db, () => db.finds.where('find').equals(find).delete())
}

export function foundOf({ find, history, record, values }: StoredFind): Found {
  return { find, history, record: splitRecordKey(record), values: values.map((value) => ({ ...value })) }
}

/** What would make the second row of the first; of a new record, all that is set. */
function writesBetween(from: Row | null, to: Row): readonly Write[] {
  const spec = kindSpecs[to.kind]
  const values = Object.fromEntries(Object.keys(spec.fields).map((name) => [name, to[name]]))
  return writesFor(spec, from, values).filter(({ value }) => from !== null || value !== null)
}

/** As few messages as they fit into. A text that fits into none cannot be handed in. */
function piecesOf(writes: readonly Write[]): readonly (readonly Write[])[] {
  const pieces: Write[][] = []
  let room = 0
  for (const write of writes) {
    const size = sizeOf(write)
    const piece = pieces.at(-1)
    if (size > VALUES_BYTES_MAX) continue
    if (piece === undefined || size > room || piece.length === FOUND_CHANGES_MAX) {
      pieces.push([write])
      room = VALUES_BYTES_MAX - size
    } else {
      piece.push(write)
      room -= size
    }
  }
  return pieces
}

/** Beside them, ids and names. */
const VALUES_BYTES_MAX = FOUND_BYTES_MAX - 1_024

function sizeOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length + 1
}
