/**
 * The life of one update in the gate, in the order of DESIGN 6. Synchronous from the first read to the last move, so
 * that nothing changes underneath.
 */
import { checkStructure } from '../../core/documents/check-structure.ts'
import type { Reason } from '../../core/access/types.ts'
import { isTextKey } from '../../core/documents/field-key.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import type { Change, FieldKey } from '../../core/documents/types.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { isWipeDue } from '../storage/wipe-due.ts'
import type { Arrival, Part } from './arrival.ts'
import { findConflicts } from './find-conflicts.ts'
import type { GateContext } from './gate-context.ts'
import { judgeChange } from './judge-change.ts'
import { knownEdit, storeVerdict } from './known-edit.ts'
import { mayRead } from './may-read.ts'
import { mergeUpdate } from './merge-update.ts'
import { refuseUpdate } from './refuse-update.ts'
import { leaseClient, mayUseClient, roomParts } from './room-parts.ts'
import { type FieldWrite, valueInRow } from '../../core/documents/row-after-writes.ts'
import type { Verdict } from './types.ts'
import type { Working, WorkingRecord } from './working-state.ts'

const noEdit: Verdict = { type: 'merged', seq: 0, changes: [] }

export function admitUpdate(context: GateContext, arrival: Arrival): Verdict {
  const { working } = context
  const { submission, parsed } = arrival

  // Step 2 comes before step 1 for an edit already answered: its verdict never changes, and says nothing new.
  const known = knownEdit(working, arrival)
  if (known !== null) return known

  // 1. From a device that is to be wiped nothing is merged, whoever's hands it is in (L21). Before the record is looked at.
  const { edit } = submission
  const device = edit === null ? null : working.loaded.device(edit.deviceId)
  if (device !== null && isWipeDue(device)) {
    const reasons: readonly Reason[] = [{ code: 'device-wiped', rule: 'L21' }]
    const refusal = { reasons, part: null, changes: [], record: null }
    return storeVerdict(working, arrival, refuseUpdate(context, arrival, refusal))
  }

  // Who, and may they read it?
  const readable = mayRead(working, submission)
  if (!readable.ok) {
    if ('reasons' in readable && submission.edit === null) return { type: 'unreadable' }
    const reasons = 'reasons' in readable ? readable.reasons : readable.refused
    return storeVerdict(
      working,
      arrival,
      refuseUpdate(context, arrival, { reasons, part: null, changes: [], record: null }),
    )
  }
  const { record, creates } = readable

  // 3. Parsed strictly, before any Yjs call.
  if (!parsed.ok) return { type: 'violation', fault: parsed.fault }

  if (submission.edit !== null) {
    const part: Part = { parsed: parsed.update, bytes: submission.update, lease: submission.edit.lease }
    if (part.parsed.groups.length > 0 && !holdsLease(working, arrival)) return foreignClient
    return storeVerdict(working, arrival, admitPart(context, arrival, record, creates, part))
  }

  const fresh = roomParts(working, record, parsed.update, submission.update, submission.author.workerId)
  if (!fresh.ok) return { type: 'violation', fault: fresh.fault }
  for (const part of fresh.parts) {
    const verdict = admitRoomPart(context, arrival, record, creates, part)
    if (verdict.type !== 'merged' && verdict.type !== 'refused') return verdict
    arrival.answered.push(verdict)
  }
  return togetherAs(arrival.answered)
}

const foreignClient: Verdict = { type: 'violation', fault: 'foreign-client' }

/** The device's present lease, lent to it and not burnt (D4). */
function holdsLease(working: Working, { submission: { author, edit } }: Arrival): boolean {
  if (edit === null) return false
  const lease = working.lease(edit.lease)
  const device = working.loaded.device(edit.deviceId)
  return (
    lease !== null &&
    !lease.burnt &&
    lease.workerId === author.workerId &&
    lease.deviceId === edit.deviceId &&
    device?.lease === edit.lease
  )
}

function admitRoomPart(
  context: GateContext,
  arrival: Arrival,
  record: WorkingRecord,
  creates: boolean,
  part: Part,
): Verdict {
  const { working } = context
  const { lease } = part
  // Cut into runs because it builds on another client's, which came between: the rest goes where its beginning went.
  const goesOn = lease !== null && arrival.refusedClients.has(lease)
  if (lease !== null && !goesOn && !mayUseClient(working, arrival, record, lease)) return foreignClient
  const verdict = admitPart(context, arrival, record, creates, part, goesOn)
  if (lease !== null && (verdict.type === 'merged' || verdict.type === 'refused')) {
    leaseClient(working, arrival, lease)
    if (verdict.type === 'refused') arrival.refusedClients.add(lease)
  }
  return verdict
}

/** Steps 4 to 9 for what one clientID brings. */
function admitPart(
  context: GateContext,
  arrival: Arrival,
  record: WorkingRecord,
  creates: boolean,
  part: Part,
  dependsOnRefused = false,
): Verdict {
  const { working, serverClient } = context
  const { author } = arrival.submission
  const spec = kindSpecs[record.ref.kind]

  // 4. Does it fit the record, and 5. which fields does it touch?
  const structure = checkStructure(working.document(record), spec, part.parsed, part.lease)
  if (!structure.ok && 'fault' in structure) return { type: 'violation', fault: structure.fault }
  const touches = structure.ok ? structure.touches : []
  const intended = structure.ok ? structure.writes : new Map()
  const writes = writesFrom(touches, intended)
  const refuse = (reasons: Parameters<typeof refuseUpdate>[2]['reasons']) =>
    refuseUpdate(context, arrival, {
      reasons,
      part,
      changes: readChanges(record, touches, writes),
      record: creates ? null : record,
    })

  if (!structure.ok || dependsOnRefused || wroteUnaware(working, arrival, record, touches)) {
    return refuse([{ code: 'depends-on-refused', rule: 'D14' }])
  }
  if (touches.length === 0) return noEdit

  // 6. and 7. May they, and may the record be so?
  const proposal = { record, spec, author, byImport: false, creates, touches, writes }
  const judgement = judgeChange(working, proposal, serverClient)
  if (!judgement.ok) return refuse(judgement.reasons)
  const conflicts = findConflicts(working, record, part.parsed, intended, author.workerId)

  // 8. Apply and prove. 9. and 10. are the batch's: it commits, answers, publishes.
  const { bytes, parsed } = part
  const merged = mergeUpdate(context, judgement.judged, { bytes, parsed, intended }, conflicts, arrival.by)
  return merged.type === 'refused' ? refuse(merged.reasons) : merged
}

/** A touched key without a write was deleted bare, as only stock clients do: it holds nothing afterwards (D17). */
function writesFrom(
  touches: readonly FieldKey[],
  intended: ReadonlyMap<FieldKey, { readonly value: FieldWrite['value'] }>,
): FieldWrite[] {
  return touches
    .filter((key) => !isTextKey(key))
    .map((field) => ({ field, value: intended.get(field)?.value ?? null }))
}

/** What a refused update would have changed; of texts only that it touched them. */
function readChanges(
  record: WorkingRecord,
  touches: readonly FieldKey[],
  writes: readonly FieldWrite[],
): Change[] {
  const { row } = record
  const scalars = writes.map(({ field, value }) => ({
    field,
    old: row === null ? null : valueInRow(row, field),
    new: value,
  }))
  const texts = touches.filter(isTextKey).map((field) => ({ field, old: null, new: null }))
  return [...scalars.filter((change) => !sameValue(change.old, change.new)), ...texts]
}

/** GATE 14: a text edit whose device had not seen yet that an earlier edit of the same text was refused. */
function wroteUnaware(
  working: Working,
  { submission: { author, edit } }: Arrival,
  record: WorkingRecord,
  touches: readonly FieldKey[],
): boolean {
  if (edit === null || !touches.some(isTextKey)) return false
  const refusals = working
    .refusalsOn(author.workerId, record.key)
    .filter((refusal) => refusal.deviceId === edit.deviceId)
  const seen = refusals.findIndex((refusal) => refusal.editId === edit.lastRefusal)
  return refusals
    .slice(seen + 1)
    .some((refusal) => touches.some((key) => isTextKey(key) && refusal.fields.includes(key)))
}

/** One answer for a message: the first refusal, else merged. */
function togetherAs(verdicts: readonly Verdict[]): Verdict {
  const [only] = verdicts
  if (only !== undefined && verdicts.length === 1) return only
  const refused = verdicts.find((verdict) => verdict.type === 'refused')
  if (refused !== undefined) return refused
  const merged = verdicts.filter((verdict) => verdict.type === 'merged')
  return {
    type: 'merged',
    seq: merged.at(-1)?.seq ?? 0,
    changes: merged.flatMap((verdict) => verdict.changes),
  }
}
