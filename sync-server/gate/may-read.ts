/**
 * Step 1: who may not read a record learns nothing about it, not even from errors of structure (D1, S9).
 *
 * A record that does not exist yet is open to the edit that creates it, and a desk to the one whose it is.
 */
import { decideNew, decideView } from '../../core/access/decide.ts'
import type { Reason } from '../../core/access/types.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { accountOf } from './check-references.ts'
import type { UpdateSubmission } from './types.ts'
import type { Working, WorkingRecord } from './working-state.ts'

export type Readable =
  | { readonly ok: true; readonly record: WorkingRecord; readonly creates: boolean }
  /** As for a record that does not exist. */
  | { readonly ok: false; readonly reasons: readonly Reason[] }
  /** It may be read, and still nothing can be written: made twice, or never made. */
  | { readonly ok: false; readonly refused: readonly Reason[] }

export function mayRead(
  working: Working,
  { author, record: ref, creates, edit }: Pick<UpdateSubmission, 'author' | 'record' | 'creates' | 'edit'>,
): Readable {
  const principal = working.principalOf(author.workerId)
  const record = working.record(ref)
  const { row } = record
  const account =
    kindSpecs[ref.kind].scope === 'account' && row !== null ? accountOf(working, row.accountId) : null
  const view = decideView(principal, { kind: ref.kind, id: ref.id, row, account })

  if (creates && edit !== null) {
    // SAFETY: before the record is looked at. Who may make none learns from no answer whether there is one.
    const made = decideNew(principal, { kind: ref.kind, id: ref.id, row: null })
    if (made.outcome === 'denied') return { ok: false, refused: made.reasons }
  }
  if (row !== null && view.outcome === 'allowed') {
    if (!creates) return { ok: true, record, creates: false }
    return { ok: false, refused: [{ code: 'not-unique', rule: 'D13', field: 'id' }] }
  }
  const isOwnDesk = ref.kind === 'desk' && ref.id === author.workerId
  if (row === null && principal.live && ((creates && edit !== null) || isOwnDesk)) {
    return { ok: true, record, creates: true }
  }
  // A refused creation leaves no record: what its author was refused on this id is in their own quarantine only.
  if (edit !== null && principal.live && working.hasRefusedCreation(author.workerId, record.key)) {
    return { ok: false, refused: [{ code: 'depends-on-refused', rule: 'D13' }] }
  }
  return { ok: false, reasons: view.reasons }
}
