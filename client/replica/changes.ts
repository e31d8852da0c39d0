/**
 * Which records changed on this device, told to every tab and to the search thread after the commit.
 *
 * Dexie's live queries follow by themselves; this is for what keeps its own copy. The channel is named after the
 * worker (L10).
 */
import type { RecordKey } from '../../core/records/kind-spec.ts'
import { type Replica, replicaName } from './database.ts'

type Listener = (keys: readonly RecordKey[]) => void

const listenersByDb = new WeakMap<Replica, Set<Listener>>()

export function changesChannelName(workerId: string): string {
  return `${replicaName(workerId)}-changes`
}

/** After a transaction that changed these records. */
export function announce(db: Replica, keys: readonly RecordKey[]): void {
  if (keys.length === 0) return
  for (const listener of listenersByDb.get(db) ?? []) listener(keys)
}

/** Changes made through this database object; returns its own removal. */
export function onChanges(db: Replica, listener: Listener): () => void {
  const listeners = listenersByDb.get(db) ?? new Set()
  listenersByDb.set(db, listeners.add(listener))
  return () => listeners.delete(listener)
}

/** This tab's own changes come by `announce`, and are not heard again by the channel. */
const here = crypto.randomUUID()

interface SharedChanges {
  readonly from: string
  readonly keys: readonly RecordKey[]
}

/** Changes made anywhere on this device; returns its own removal. */
export function followChanges(db: Replica, listener: Listener): () => void {
  const channel = new BroadcastChannel(changesChannelName(db.workerId))
  channel.onmessage = ({ data }: MessageEvent<SharedChanges>) => {
    if (data.from !== here) listener(data.keys)
  }
  const stop = onChanges(db, listener)
  return () => {
    stop()
    channel.close()
  }
}

/** Hands this tab's changes to the worker's other tabs and threads; returns the end of it. */
export function shareChanges(db: Replica): () => void {
  const channel = new BroadcastChannel(changesChannelName(db.workerId))
  const stop = onChanges(db, (keys) => channel.postMessage({ from: here, keys } satisfies SharedChanges))
  return () => {
    stop()
    channel.close()
  }
}
