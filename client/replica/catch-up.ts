/**
 * The device has everything up to a number: it notes how far it has come, folds what was answered into the server's
 * bytes and, when all that was announced has come, ends a rebuild.
 */
import { applyUpdate } from 'yjs'
import { isPending, openDocument } from '../../core/documents/open-document.ts'
import type { RecordKey } from '../../core/records/kind-spec.ts'
import type { Replica } from './database.ts'
import { dropRecords } from './drop-records.ts'
import { foldKept, readParts, storeParts } from './rebuild-record.ts'
import { formersOf, noteFinds } from './lost-by-restore.ts'
import { deleteStates, readState } from './states.ts'
import { writeAllAnew } from './rewrite-entries.ts'
import type { Device, KeptEntry, OutboxEntry } from './stored.ts'

interface CatchUpContext {
  readonly now: () => number
  readonly newId: () => string
}

/**
 * Inside a transaction over `recordTables`. Answers the records that changed by it. `isComplete`: all that the welcome
 * announced has come.
 */
export async function catchUp(
  db: Replica,
  device: Device,
  upTo: { readonly number: number; readonly chain: string },
  isComplete: boolean,
  context: CatchUpContext,
): Promise<readonly RecordKey[]> {
  const lease = device.lease ?? 0
  const changed = await foldAll(db, upTo.number, lease)
  await db.device.update('device', { number: upTo.number, chain: upTo.chain })
  if (!isComplete) return changed
  if (device.rebuilding) changed.push(...(await endRebuild(db, device, context)))
  await db.device.update('device', {
    scopeHash: device.nextScopeHash,
    syncedAt: context.now(),
    rebuilding: false,
    otherHistory: false,
  })
  return changed
}

export async function foldAll(db: Replica, number: number, lease: number): Promise<RecordKey[]> {
  const open = await db.kept.where('folded').equals(0).toArray()
  const keys = [...new Set(open.filter(({ seq }) => seq <= number).map(({ record }) => record))]
  for (const key of keys) {
    const parts = await readParts(db, key)
    await storeParts(db, await foldKept(db, parts, number, lease), lease)
  }
  return keys
}

/** What the rebuild did not bring is gone from the server or from this device's scope. */
async function endRebuild(db: Replica, device: Device, context: CatchUpContext): Promise<RecordKey[]> {
  const lost = device.otherHistory ? await lostEntries(db, device.run) : []
  const lostRecords = new Set(lost.filter(({ creates }) => creates).map(({ record }) => record))
  const gone: RecordKey[] = []
  await db.records.each(({ key, run, base }) => {
    if (run !== device.run && base !== null) gone.push(key)
  })
  const formers = await formersOf(db, device, gone)
  // Made here, merged, and lost by the restored server: its maker makes it again.
  const again = gone.filter((key) => lostRecords.has(key))
  for (const key of again) {
    await db.records.update(key, { base: null, run: device.run })
    await deleteStates(db, [key])
  }
  await dropRecords(
    db,
    gone.filter((key) => !lostRecords.has(key)),
    context.now(),
  )
  if (!device.otherHistory) return gone
  const offered = await offerAgain(db, lost, context)
  await noteFinds(db, device, formers, context)
  return [...gone, ...offered]
}

/** What was merged and is not in the server's bytes any more. */
async function lostEntries(db: Replica, run: number): Promise<KeptEntry[]> {
  const merged = (await db.kept.toArray())
    .filter(({ update }) => update !== null)
    .sort((a, b) => a.seq - b.seq)
  const lost: KeptEntry[] = []
  for (const entry of merged) if (await isLost(db, entry, run)) lost.push(entry)
  return lost
}

/** Another history: the server was restored. What it lost goes back to the outbox (promise 7). */
async function offerAgain(
  db: Replica,
  lost: readonly KeptEntry[],
  { now, newId }: CatchUpContext,
): Promise<RecordKey[]> {
  await db.kept.bulkDelete(lost.map(({ edit }) => edit))
  // Before whatever waits: they were written earlier, whatever the clock of this device said then and says now.
  const first = (await db.outbox.orderBy('n').first())?.n ?? 1
  await db.outbox.bulkAdd(
    lost.map((entry, index) => ({
      n: first - lost.length + index,
      ...backToOutbox(entry, newId(), now()),
    })),
  )
  return [...(await writeAllAnew(db, { newId }))]
}

async function isLost(db: Replica, { record, update }: KeptEntry, run: number): Promise<boolean> {
  if (update === null) return false
  const stored = await db.records.get(record)
  const state = await readState(db, record, stored)
  if (stored?.run !== run || state === null) return true
  // Asked of the document itself: an entry that only deletes has no clock to look for.
  const doc = openDocument([state])
  let isNew = false
  doc.on('update', () => (isNew = true))
  applyUpdate(doc, update)
  return isNew || isPending(doc)
}

function backToOutbox(entry: KeptEntry, edit: string, now: number): Omit<OutboxEntry, 'n'> {
  return {
    edit,
    record: entry.record,
    update: entry.update ?? new Uint8Array(),
    changes: entry.changes,
    creates: entry.creates,
    writtenAt: Math.min(entry.writtenAt, now),
    policyVersion: 0,
    lastRefusal: null,
    replaces: entry.edit,
    ...(entry.changeSet !== undefined && { changeSet: entry.changeSet }),
    state: 'waiting',
    rewrites: 0,
  }
}
