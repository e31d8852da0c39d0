/** The chain over the journal: each hash covers the one before, so that a device recognises another history (L1). */
import { createHash, hash } from 'node:crypto'
import type { JournalEntry, RecordRef } from '../storage/storage.ts'

/** Hex SHA-256 over the chain so far and what the entry says, in an order that never changes. */
export function chainHash(before: string, entry: Omit<JournalEntry, 'chain'>): string {
  const {
    seq,
    record,
    author,
    deviceId,
    via,
    editId,
    changes,
    deviceTime,
    serverTime,
    policyVersion,
    filler,
    accepts,
    changeSet,
    undoes,
    touched,
  } = entry
  const told = [
    seq,
    record.kind,
    record.id,
    author,
    deviceId,
    via,
    editId,
    changes.map((change) => [change.field, change.old, change.new]),
    deviceTime,
    serverTime,
    policyVersion,
    entry.keysBefore,
    entry.keysAfter,
    filler,
    // Only where there is one: chains of before stay what they are.
    ...(accepts === undefined ? [] : [accepts]),
    ...(changeSet === undefined ? [] : [{ changeSet }]),
    ...(undoes === undefined ? [] : [{ undoes }]),
    ...(touched === undefined ? [] : [{ touched }]),
  ]
  return hash('sha256', `${before}\n${JSON.stringify(told)}`)
}

/** Recognises the same edit sent twice (D2): record, whether it creates, and every byte. */
export function updateDigest(record: RecordRef, creates: boolean, update: Uint8Array): string {
  return createHash('sha256').update(`${record.kind}/${record.id} ${creates} `).update(update).digest('hex')
}
