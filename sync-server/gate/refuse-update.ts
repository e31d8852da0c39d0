/**
 * Refused: nothing of it is merged, all of it is kept. Its clocks become a filler, the edit with its reasons goes to
 * quarantine, in the same commit (D12, D18). Nothing leaves the quarantine without a person.
 */
import { explain, inOneText } from '../../core/access/explain.ts'
import type { Reason } from '../../core/access/types.ts'
import { clocksOf } from '../../core/documents/encode-update.ts'
import { fieldSpecOf } from '../../core/documents/field-key.ts'
import type { Change } from '../../core/documents/types.ts'
import { QUARANTINE_PER_WORKER_MAX } from '../../core/protocol/limits.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { RecordRef } from '../storage/storage.ts'
import type { Arrival, Part } from './arrival.ts'
import { type GateContext, quarantineFull } from './gate-context.ts'
import { mergeFiller } from './merge-update.ts'
import type { Verdict } from './types.ts'
import type { Working, WorkingRecord } from './working-state.ts'

export interface Refusal {
  readonly reasons: readonly Reason[]
  /** Null where the whole update is refused before it was looked at: then nothing is written to the record (D1). */
  readonly part: Part | null
  /** What the gate read of it, for a room; a device's edit brings what its author claims. */
  readonly changes: readonly Change[]
  /** The record that the filler goes to; null where there is none to leave it in (D13). */
  readonly record: WorkingRecord | null
}

export function refuseUpdate({ working, newId }: GateContext, arrival: Arrival, refusal: Refusal): Verdict {
  const { submission, by } = arrival
  const { author, record: ref, edit } = submission
  if (working.quarantineCount(author.workerId) >= QUARANTINE_PER_WORKER_MAX) return quarantineFull

  const { part, record, reasons } = refusal
  const span = part === null ? null : clocksOf(part.parsed)
  const filler = span !== null && record !== null && record.row !== null ? span : null
  // Without a filler nothing of the record changes, and no number is taken.
  const seq =
    filler === null || record === null ? working.head.number : mergeFiller(working, record, filler, by)
  const sentence = sentenceFor(working, ref, refusal, submission.creates, author.workerId)
  const quarantine = newId()
  working.addQuarantine({
    id: quarantine,
    record: ref,
    creates: submission.creates,
    workerId: author.workerId,
    deviceId: edit?.deviceId ?? null,
    editId: edit?.id ?? null,
    seq,
    at: working.at,
    writtenAt: edit?.writtenAt ?? null,
    policyVersionKnown: edit?.policyVersion ?? null,
    reasons,
    sentence,
    changes: edit?.claimed ?? refusal.changes,
    update: part?.bytes ?? submission.update,
    replaces: edit?.replaces ?? null,
    settled: null,
  })
  return { type: 'refused', seq, reasons, sentence, at: working.at, filler, quarantine }
}

/** In words that its author may read: the record's name only where they may see the record. */
export function sentenceFor(
  { directory, changers }: Pick<Working, 'directory' | 'changers'>,
  ref: RecordRef,
  { reasons, record }: Pick<Refusal, 'reasons' | 'record'>,
  creates: boolean,
  authorId: string | null,
): string {
  const spec = kindSpecs[ref.kind]
  const key = reasons[0]?.field
  const label = key === undefined ? undefined : fieldSpecOf(spec, key)?.label
  const explanation = explain(
    { outcome: 'denied', reasons },
    {
      catalogue: directory.catalogue,
      changers,
      ...(authorId !== null && { workerId: authorId }),
      action: creates ? 'create' : 'edit',
      kind: spec.label,
      ...(record?.row ? { title: spec.title(record.row) } : {}),
      ...(label === undefined ? {} : { field: label }),
    },
  )
  return inOneText(explanation)
}
