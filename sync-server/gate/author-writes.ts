/**
 * Writes that the server authors for somebody: an import, the command line, a job. The same rules as for an update that
 * came over a socket; only the bytes are the server's own.
 *
 * A refusal is answered to the caller and kept nowhere: whoever imports has the file.
 */
import { decideNew } from '../../core/access/decide.ts'
import type { Reason } from '../../core/access/types.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import { isTextKey } from '../../core/documents/field-key.ts'
import type { FieldValue, KindSpec, Scalar } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { GateContext } from './gate-context.ts'
import { judgeChange } from './judge-change.ts'
import { mayRead } from './may-read.ts'
import { mergeWrites } from './merge-update.ts'
import { sentenceFor } from './refuse-update.ts'
import { type FieldWrite, valueInRow } from '../../core/documents/row-after-writes.ts'
import type { Verdict, WritesSubmission } from './types.ts'
import type { Working, WorkingRecord } from './working-state.ts'

export function authorWrites(context: GateContext, submission: WritesSubmission): Verdict {
  const { working, serverClient } = context
  const { author, via, record: ref, creates } = submission
  const spec = kindSpecs[ref.kind]
  const record = working.record(ref)

  const refused = whyNotHere(working, submission, record)
  if (refused !== null) return refusedAs(working, submission, refused, null)

  if (!isAsExpected(record, submission)) return { type: 'later', afterMs: 0 }
  const writes = effectiveWrites(spec, record, submission)
  if (writes.length === 0 && !creates) {
    settleAccepted(working, submission)
    return { type: 'merged', seq: 0, changes: [] }
  }

  const proposal = {
    record,
    spec,
    author,
    byImport: via === 'import' || submission.undo?.ofImport === true,
    creates,
    touches: writes.map(({ field }) => field),
    writes,
  }
  const judgement = judgeChange(working, proposal, serverClient)
  if (!judgement.ok) return refusedAs(working, submission, judgement.reasons, creates ? null : record)

  const accepts = submission.accepts === undefined ? {} : { accepts: submission.accepts.id }
  const merged = mergeWrites(context, judgement.judged, {
    author,
    via,
    sessionId: null,
    edit: null,
    changeSet: submission.changeSet,
    undoes: submission.undo?.changeSet,
    ...accepts,
  })
  if (merged.type === 'refused') return refusedAs(working, submission, merged.reasons, record)
  settleAccepted(working, submission)
  return merged
}

/** Whether what is taken back still says what was written (D27). */
function isAsExpected({ row }: WorkingRecord, { undo }: WritesSubmission): boolean {
  return (undo?.expects ?? []).every(({ field, value }) =>
    sameValue(row === null ? null : valueInRow(row, field), value),
  )
}

/** In the same commit: an edit is not accepted without its content, nor its content taken without it (D21). */
function settleAccepted(working: Working, { author, accepts }: WritesSubmission): void {
  if (accepts === undefined || author.type !== 'worker') return
  working.addSettlement(accepts, { by: author.workerId, at: working.at, how: 'accepted' })
}

/** Made twice, or not there: of what is hidden from its author this says no more than of what does not exist (S9). */
function whyNotHere(
  working: Working,
  { author, record: ref, creates }: WritesSubmission,
  record: WorkingRecord,
): readonly Reason[] | null {
  const exists = record.row !== null
  if (author.type === 'worker' && creates) {
    // SAFETY: who may make none learns from no answer whether there is one.
    const made = decideNew(working.principalOf(author.workerId), { kind: ref.kind, id: ref.id, row: null })
    if (made.outcome === 'denied') return made.reasons
  }
  if (author.type === 'worker' && !(creates && !exists)) {
    const readable = mayRead(working, { author, record: ref, creates, edit: null })
    if (!readable.ok) return 'reasons' in readable ? readable.reasons : readable.refused
  }
  if (exists === !creates) return null
  return exists
    ? [{ code: 'not-unique', rule: 'D13', field: 'id' }]
    : [{ code: 'not-found-or-out-of-scope', rule: 'S9' }]
}

/** What really changes: the last write of each field, defaults of a new record, nothing that is there already. */
function effectiveWrites(
  spec: KindSpec,
  { row }: WorkingRecord,
  { writes, creates }: WritesSubmission,
): readonly FieldWrite[] {
  const byField = new Map<string, FieldValue>()
  if (creates) {
    for (const [name, field] of Object.entries(spec.fields)) {
      if (field.default !== undefined) byField.set(name, field.default)
    }
  }
  for (const { field, value } of writes) {
    const clean = cleanValue(value)
    byField.set(field, isTextKey(field) && clean === '' ? null : clean)
  }
  return [...byField]
    .map(([field, value]) => ({ field, value }))
    .filter(({ field, value }) => !sameValue(row === null ? null : valueInRow(row, field), value))
}

/** As a document will hold it: whole characters, no NUL. */
function cleanValue(value: FieldValue): FieldValue {
  if (typeof value !== 'object' || value === null) return cleanScalar(value)
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, cleanScalar(entry)]))
}

function cleanScalar(value: Scalar): Scalar {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  return value === 0 ? 0 : value
}

function refusedAs(
  working: Working,
  { author, record: ref, creates }: WritesSubmission,
  reasons: readonly Reason[],
  record: WorkingRecord | null,
): Verdict {
  const authorId = author.type === 'worker' ? author.workerId : null
  const sentence = sentenceFor(working, ref, { reasons, record }, creates, authorId)
  return {
    type: 'refused',
    seq: working.head.number,
    reasons,
    sentence,
    at: working.at,
    filler: null,
    quarantine: null,
  }
}
