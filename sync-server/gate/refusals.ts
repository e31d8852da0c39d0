/**
 * What was refused to a worker, as later edits must remember it. Read from the quarantine, which is where it is kept
 * durably, and held while the worker is about.
 *
 * - A clientID that had an edit refused in a room is burnt for that record; the deletions of that edit come again
 *   with every later message of the same document and are dropped (GATE 19).
 * - An edit of a record whose creation was refused depends on it (D13).
 * - A text edit written before its device had seen a refusal on the same text depends on it (GATE 14).
 */
import { parseUpdate } from '../../core/documents/parse-update.ts'
import type { DeleteRange, FieldKey } from '../../core/documents/types.ts'
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import type { QuarantineEntry } from '../storage/storage.ts'

export interface Refusal {
  readonly editId: string | null
  /** Whether the record was to be made by it (D13). */
  readonly creates: boolean
  /** Null for a room. */
  readonly deviceId: string | null
  readonly fields: readonly FieldKey[]
  /** The clientIDs whose structs the refused update held. */
  readonly clients: readonly number[]
  readonly deletes: readonly DeleteRange[]
}

export interface WorkerRefusals {
  /** Entries in quarantine that nobody has settled (GATE 16). */
  readonly count: number
  /** Oldest first. */
  on(key: RecordKey): readonly Refusal[]
}

export interface Refusals {
  /** Null when it has to be read from the quarantine first. */
  of(workerId: string): WorkerRefusals | null
  remember(workerId: string, entries: readonly QuarantineEntry[], count: number): void
  /** After a commit that holds the entry. */
  add(entry: QuarantineEntry): void
  forget(workerId: string): void
}

/** Workers held; one more lets go of the one longest unused. */
const WORKERS_MAX = 2_000

export function createRefusals(): Refusals {
  const byWorker = new Map<string, { count: number; byRecord: Map<RecordKey, Refusal[]> }>()

  function put(byRecord: Map<RecordKey, Refusal[]>, entry: QuarantineEntry): void {
    const key = recordKey(entry.record.kind, entry.record.id)
    const refusals = byRecord.get(key)
    if (refusals) refusals.push(refusalOf(entry))
    else byRecord.set(key, [refusalOf(entry)])
  }

  return {
    of(workerId) {
      const held = byWorker.get(workerId)
      if (!held) return null
      byWorker.delete(workerId)
      byWorker.set(workerId, held)
      return { count: held.count, on: (key) => held.byRecord.get(key) ?? [] }
    },
    remember(workerId, entries, count) {
      const byRecord = new Map<RecordKey, Refusal[]>()
      // Storage answers the latest first.
      for (const entry of [...entries].reverse().sort((one, other) => one.seq - other.seq)) {
        put(byRecord, entry)
      }
      byWorker.set(workerId, { count, byRecord })
      for (const longest of byWorker.keys()) {
        if (byWorker.size <= WORKERS_MAX) break
        byWorker.delete(longest)
      }
    },
    add(entry) {
      const held = byWorker.get(entry.workerId)
      if (!held) return
      held.count += 1
      put(held.byRecord, entry)
    },
    forget(workerId) {
      byWorker.delete(workerId)
    },
  }
}

export function refusalOf(entry: QuarantineEntry): Refusal {
  const parsed = parseUpdate(entry.update)
  const update = parsed.ok ? parsed.update : { groups: [], deletes: [] }
  return {
    editId: entry.editId,
    creates: entry.creates,
    deviceId: entry.deviceId,
    fields: entry.changes.map((change) => change.field),
    clients: update.groups.map((group) => group.client),
    deletes: update.deletes,
  }
}
