/**
 * A few committed records kept at hand: as stored, and as live documents where one was opened.
 *
 * Nothing in here is truth: everything can be dropped at any time and read again. A document that a batch works on is
 * taken out, and put back only by the commit that makes its content true (D19).
 */
import type { Doc } from 'yjs'
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import type { StoredRecord } from '../storage/storage.ts'

export interface LiveRecords {
  stored(key: RecordKey): StoredRecord | null
  /** The document of exactly the stored state; it belongs to the caller from here on. */
  take(key: RecordKey): Doc | null
  keep(record: StoredRecord, doc: Doc | null): void
  drop(key: RecordKey): void
}

/** A live document costs about 53 kB for 2.5 kB of fields (YJS-FACTS 2). */
export const LIVE_RECORDS_MAX = 500

/** `onSize` is told after each change of the number of records. */
export function createLiveRecords(
  max: number = LIVE_RECORDS_MAX,
  onSize: (size: number) => void = () => {},
): LiveRecords {
  /** In order of use, the longest unused first. */
  const records = new Map<RecordKey, { readonly stored: StoredRecord; doc: Doc | null }>()

  return {
    stored(key) {
      const kept = records.get(key)
      if (!kept) return null
      records.delete(key)
      records.set(key, kept)
      return kept.stored
    },
    take(key) {
      const kept = records.get(key)
      const doc = kept?.doc ?? null
      if (kept) kept.doc = null
      return doc
    },
    keep(record, doc) {
      const key = recordKey(record.kind, record.id)
      records.get(key)?.doc?.destroy()
      records.delete(key)
      records.set(key, { stored: record, doc })
      for (const [longest, { doc: idle }] of records) {
        if (records.size <= max) break
        idle?.destroy()
        records.delete(longest)
      }
      onSize(records.size)
    },
    drop(key) {
      records.get(key)?.doc?.destroy()
      records.delete(key)
      onSize(records.size)
    },
  }
}
