/** A worker's membership of one group, read from the worker's row. */
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { type RecordKey, recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { valueUnder } from '../proposal/overlay.ts'
import { type Validity, validityOf } from '../validity-words.ts'
import { membershipsOf } from '../workers/worker-words.ts'

export function isMember(row: Row, groupId: string): boolean {
  return membershipsOf(row).some(({ id }) => id === groupId)
}

/** Null where the row holds no membership of the group. */
export function validityIn(row: Row | undefined, groupId: string): Validity | null {
  const value = row === undefined ? null : valueUnder(row, fieldKey('groups', groupId))
  return value === null ? null : validityOf(value)
}

export function workerKey(id: string): RecordKey {
  return recordKey('worker', id)
}
