/** D2: the same edit id gets the same verdict; with other bytes it is a violation. Verdicts as they are stored. */
import type { Reason } from '../../core/access/types.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import type { Arrival } from './arrival.ts'
import { updateDigest } from './chain.ts'
import type { Verdict } from './types.ts'
import type { Working } from './working-state.ts'

/** Null for an edit that is new. A repetition in the batch of the first waits for that batch (GATE 11). */
export function knownEdit(working: Working, { submission }: Arrival): Verdict | null {
  const { edit } = submission
  if (edit === null) return null
  const stored = working.verdict(edit.deviceId, edit.id)
  if (stored === null) return null
  return stored.digest === digestOf(submission)
    ? verdictFromMessage(stored.verdict)
    : { type: 'violation', fault: 'edit-id-reused' }
}

/** Merged and refused are for ever; whatever else is answered may be asked again. */
export function storeVerdict(working: Working, { submission }: Arrival, verdict: Verdict): Verdict {
  const { edit, record } = submission
  if (edit === null || (verdict.type !== 'merged' && verdict.type !== 'refused')) return verdict
  // What touches no field is no edit: stored nowhere (D15).
  if (verdict.type === 'merged' && verdict.seq === 0) return verdict
  working.addVerdict({
    deviceId: edit.deviceId,
    editId: edit.id,
    digest: digestOf(submission),
    verdict:
      verdict.type === 'merged'
        ? { outcome: 'merged', edit: edit.id, record: { ...record }, seq: verdict.seq }
        : {
            outcome: 'refused',
            edit: edit.id,
            record: { ...record },
            seq: verdict.seq,
            reasons: [...verdict.reasons] as (VerdictMessage & { outcome: 'refused' })['reasons'],
            sentence: verdict.sentence,
            at: verdict.at,
            filler: verdict.filler,
            quarantine: verdict.quarantine,
          },
  })
  return verdict
}

function digestOf({ record, creates, update }: Arrival['submission']): string {
  return updateDigest(record, creates, update)
}

function verdictFromMessage(message: VerdictMessage): Verdict {
  switch (message.outcome) {
    case 'merged':
      return { type: 'merged', seq: message.seq, changes: [] }
    case 'refused':
      return {
        type: 'refused',
        seq: message.seq,
        reasons: message.reasons as readonly Reason[],
        sentence: message.sentence,
        at: message.at,
        filler: message.filler,
        quarantine: message.quarantine,
      }
    case 'later':
      return { type: 'later', afterMs: message.afterMs }
    case 'rewrite':
      // Never stored: a violation keeps nothing.
      throw new Error('verdictFromMessage: a stored rewrite')
  }
}
