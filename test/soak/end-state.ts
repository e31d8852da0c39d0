/**
 * What must hold when everybody has stopped: what was promised is on the disk, nothing honest lies in quarantine, and
 * all who hold a record hold what the disk holds, struct for struct.
 */
import * as Y from 'yjs'
import { openDocument } from '../../core/documents/open-document.ts'
import type { RecordKey } from '../../core/records/kind-spec.ts'
import { openSqliteStorage } from '../../sync-server/storage/sqlite/open-sqlite-storage.ts'
import type { Storage, StoredRecord } from '../../sync-server/storage/storage.ts'
import { differing, type Reading, readDocument } from '../simulation/fuzz/reading.ts'
import type { LinkDevice } from './link-device.ts'
import { teamOf } from './organisation.ts'
import type { World } from './world.ts'

export interface EndState {
  readonly devices: readonly LinkDevice[]
  /** Documents that stock clients have open. */
  readonly open: readonly { readonly account: string; readonly doc: Y.Doc }[]
}

interface Truth {
  readonly stored: StoredRecord
  readonly doc: Y.Doc
  readonly reading: Reading
  readonly snapshot: Y.Snapshot
}

/** Reads the folder that its server has left. Says what it compared. */
export async function checkEndState(folder: string, world: World, end: EndState): Promise<string> {
  const storage = await openSqliteStorage(folder)
  try {
    const truths = await truthsOf(storage)
    for (const { account, clientId, clock } of world.promises) {
      const doc = truths.get(`account/${account}`)?.doc
      const stands = doc === undefined ? 0 : Y.getState(doc.store, clientId)
      if (stands < clock)
        world.trouble(`${account}: of client ${clientId} ${stands} is stored, ${clock} was sent`)
    }
    for (const { workerId, changes } of await storage.quarantine({ workerId: null, limit: 100_000 }))
      if (changes.some((change) => String(change.new).startsWith('honest')))
        world.trouble(`an honest edit of ${workerId} was refused: ${JSON.stringify(changes)}`)
    for (const { account, doc } of end.open) compare(world, truths, `account/${account}`, doc, 'a room')
    let held = 0
    for (const device of end.devices) held += compareDevice(world, truths, device)
    return `${world.promises.length} visits kept, ${end.open.length} rooms and ${held} records on ${end.devices.length} devices compared`
  } finally {
    await storage.close()
  }
}

function compareDevice(world: World, truths: ReadonlyMap<RecordKey, Truth>, device: LinkDevice): number {
  const name = `the device of ${device.workerId}`
  let accounts = 0
  for (const [key, { row }] of device.records) {
    if (row.kind !== 'account') continue
    accounts++
    const stored = truths.get(key)?.stored
    if (JSON.stringify(stored?.row) !== JSON.stringify(row)) world.trouble(`${name}: another row of ${key}`)
    const state = device.state(key)
    if (state !== null) compare(world, truths, key, openDocument([state]), name)
  }
  const { team } = device
  const due = [...truths.values()].filter(
    ({ stored }) => team === null || (stored.row.repCodes as string[]).includes(teamOf(team)),
  )
  if (due.length !== accounts) world.trouble(`${name} holds ${accounts} accounts of ${due.length}`)
  return accounts
}

function compare(
  world: World,
  truths: ReadonlyMap<RecordKey, Truth>,
  key: RecordKey,
  doc: Y.Doc,
  where: string,
): void {
  const truth = truths.get(key)
  if (truth === undefined) return world.trouble(`${where} holds ${key}, which is not stored`)
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    world.trouble(`${where} waits for something in ${key}`)
  const fields = differing(truth.reading, readDocument(doc))
  if (fields.length > 0) world.trouble(`${where} and the server differ in ${key}: ${fields.join(', ')}`)
  else if (!Y.equalSnapshots(truth.snapshot, Y.snapshot(doc)))
    world.trouble(`${where} and the server have other structs in ${key}`)
}

async function truthsOf(storage: Storage): Promise<ReadonlyMap<RecordKey, Truth>> {
  const rows = await storage.allRows('account')
  const refs = rows.map(({ id }) => ({ kind: 'account' as const, id }))
  const truths = new Map<RecordKey, Truth>()
  for (const [key, stored] of await storage.load(refs)) {
    if (stored.state === null) continue
    const doc = openDocument([stored.state])
    truths.set(key, { stored, doc, reading: readDocument(doc), snapshot: Y.snapshot(doc) })
  }
  return truths
}
