/** Stored records for storage tests: rows with every declared field, keys as given. */
import type { Kind, Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Commit, JournalEntry, StoredRecord } from '../../sync-server/storage/storage.ts'

export function sampleRow(kind: Kind, id: string, seq: number, fields: Record<string, unknown> = {}): Row {
  const unset = Object.entries(kindSpecs[kind].fields).map(([name, { type }]) => [
    name,
    type.type === 'set' ? [] : type.type === 'map' ? {} : null,
  ])
  return { ...Object.fromEntries(unset), ...fields, id, kind, seq }
}

export function sampleRecord(
  kind: Kind,
  id: string,
  seq: number,
  fields: Record<string, unknown> = {},
  keys: readonly string[] = [`${kind}:${id}`],
): StoredRecord {
  return {
    kind,
    id,
    seq,
    epoch: 1,
    state: new Uint8Array([1, seq % 256, 0, 255]),
    row: sampleRow(kind, id, seq, fields),
    keys: [...keys].sort(),
  }
}

export function sampleEntry(record: StoredRecord, changes: JournalEntry['changes'] = []): JournalEntry {
  return {
    seq: record.seq,
    chain: `chain-${record.seq}`,
    record: { kind: record.kind, id: record.id },
    author: 'ada',
    deviceId: null,
    via: 'operator',
    editId: null,
    changes,
    deviceTime: null,
    serverTime: 1_700_000_000_000,
    policyVersion: 1,
    keysBefore: [],
    keysAfter: record.keys,
    filler: false,
  }
}

export const emptyCommit: Commit = {
  records: [],
  journal: [],
  departures: [],
  verdicts: [],
  quarantine: [],
  conflicts: [],
  leases: [],
  settlements: [],
}

/** The records with one journal entry each. */
export function commitOf(records: readonly StoredRecord[], more: Partial<Commit> = {}): Commit {
  return { ...emptyCommit, records, journal: records.map((record) => sampleEntry(record)), ...more }
}
