/** The gate's verdict as the device is told it (D2). */
import { notFound } from '../../core/access/decisions.ts'
import { explain } from '../../core/access/explain.ts'
import type { Catalogue } from '../../core/catalogue/features.ts'
import { encodeMessage } from '../../core/protocol/messages.ts'
import type { Push } from '../../core/protocol/push.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Verdict } from '../gate/types.ts'

export type Judged = Exclude<Verdict, { readonly type: 'violation' }>
type Refused = VerdictMessage & { readonly outcome: 'refused' }

export function verdictFrame(message: VerdictMessage): Uint8Array {
  return encodeMessage('verdict', message)
}

export function verdictMessage(
  push: Push,
  verdict: Judged,
  at: number,
  catalogue: Catalogue,
): VerdictMessage {
  const { edit, record } = push
  switch (verdict.type) {
    case 'merged':
      return { outcome: 'merged', edit, record, seq: verdict.seq }
    case 'later':
      return { outcome: 'later', edit, afterMs: verdict.afterMs }
    case 'unreadable':
      // Nothing is kept here, so that nothing can be learnt from what is: the device keeps the edit itself.
      return refused(push, {
        seq: 0,
        reasons: notFound.reasons,
        sentence: explain(notFound, { catalogue, action: 'edit', kind: kindSpecs[record.kind].label })
          .sentence,
        at,
        filler: null,
        quarantine: null,
      })
    case 'refused':
      return refused(push, verdict)
  }
}

function refused(
  { edit, record }: Push,
  verdict: Omit<Judged & { readonly type: 'refused' }, 'type'>,
): VerdictMessage {
  const { seq, reasons, sentence, at, filler, quarantine } = verdict
  return {
    outcome: 'refused',
    edit,
    record,
    seq,
    reasons: reasons.map(({ groups, has, ...reason }): Refused['reasons'][number] => ({
      ...reason,
      ...(has !== undefined && { has: [...has] }),
      ...(groups !== undefined && { groups: groups.map((group) => ({ ...group })) }),
    })),
    sentence,
    at,
    filler,
    quarantine,
  }
}
