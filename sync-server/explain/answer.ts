/** The answer to a question about access: outcome, reasons, and the sentence that people read. */
import { decide } from '../../core/access/decide.ts'
import { fieldOfKey } from '../../core/access/field-key.ts'
import { explain } from '../../core/access/explain.ts'
import type { Decision, Principal, Target } from '../../core/access/types.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Policy } from '../gate/policy.ts'
import type { Question } from './question.ts'

export interface Answer extends Decision {
  readonly sentence: string
  readonly chain: readonly string[]
}

/** `target` is null for a record that does not exist or that the asker may not see; both are answered alike (S9). */
export async function answer(
  { policy }: { readonly policy: Policy },
  principal: Principal,
  { action, record, field }: Question,
  target: Target | null,
): Promise<Answer> {
  const spec = kindSpecs[record.kind]
  const known: Target = target ?? { ...record, row: null, ...(spec.scope === 'account' && { account: null }) }
  const decision = field === null ? decide(principal, action, known) : decide(principal, action, known, field)
  const fieldSpec = field === null ? null : fieldOfKey(spec, field)
  const { sentence, chain } = explain(decision, {
    catalogue: policy.directory.catalogue,
    worker: principal.name,
    action,
    kind: spec.label,
    ...(known.row && { title: spec.title(known.row) }),
    ...(field !== null && { field: fieldSpec?.spec.label ?? field }),
  })
  return { ...decision, sentence, chain }
}
