/**
 * Who may settle a refused edit of somebody else: who may write all of it now, field by field (D21).
 *
 * Only a first answer, for lists and for declining. What is accepted goes through the gate like any edit, with the rules
 * that need more than a right: values, references, moves.
 */
import { decide } from '../../core/access/decide.ts'
import { decideCreate } from '../../core/access/decide-create.ts'
import { isAllowed, type Principal, type Target } from '../../core/access/types.ts'
import { fieldSpecOf, isTextKey } from '../../core/documents/field-key.ts'
import { emptyRow, rowAfterWrites } from '../../core/documents/row-after-writes.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { QuarantineEntry } from '../storage/storage.ts'

type Refused = Pick<QuarantineEntry, 'record' | 'workerId' | 'creates' | 'changes'>

/** `target` is the record as it is now; of one that is not there, its account is the one that the claim names. */
export function mayReview(principal: Principal, reviewerId: string, entry: Refused, target: Target): boolean {
  const { record, workerId, creates, changes } = entry
  // Authors try again, let go or ask: they are not their own reviewers.
  if (workerId === reviewerId) return false
  const fields = changes.map(({ field }) => field)
  // What is claimed was never checked.
  if (fields.some((field) => fieldSpecOf(kindSpecs[record.kind], field) === null)) return false
  if (target.row === null) {
    const row = claimedRow(entry)
    return creates && isAllowed(decideCreate(principal, { ...target, row }, fields))
  }
  return fields.length > 0 && fields.every((field) => isAllowed(decide(principal, 'edit', target, field)))
}

/** The account that a claimed new record names: whoever cannot reach it hears nothing of the claim (S9). */
export function claimedAccountId(entry: Refused): string | null {
  const claimed = claimedRow(entry).accountId
  return entry.creates && typeof claimed === 'string' ? claimed : null
}

export function claimedRow({ record, changes }: Refused): Row {
  const spec = kindSpecs[record.kind]
  const writes = changes.map(({ field, new: value }) => ({ field, value }))
  return rowAfterWrites(spec, emptyRow(spec, record.id), writes)
}

/** Of a text changed in a room the gate keeps only that it was changed (`readChanges`): that is nothing to write. */
export function isKeptWhole({
  editId,
  recovered,
  changes,
}: Pick<QuarantineEntry, 'editId' | 'recovered' | 'changes'>): boolean {
  return editId !== null || recovered !== undefined || !changes.some(({ field }) => isTextKey(field))
}
