/** What may be asked about another worker on this device, and its answer. */
import { decide, decideNew } from '../../../../core/access/decide.ts'
import { inDetail } from '../../../../core/access/reach.ts'
import { compile } from '../../../../core/access/principal.ts'
import type { Decision, Directory, Outcome, Target } from '../../../../core/access/types.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import type { Explanation } from '../../../components/types.ts'
import { explanationOf } from '../../record/why.ts'
import { explainRight } from '../workers/explain-right.ts'

export const questions = ['feature', 'view', 'edit', 'add-contact', 'add-address'] as const
export type QuestionId = (typeof questions)[number]

export type Asked =
  | { readonly type: 'feature'; readonly workerId: string; readonly featureId: string }
  /** Of an account: what hangs on it is decided by it, too. */
  | { readonly type: Exclude<QuestionId, 'feature'>; readonly workerId: string; readonly row: Row }

export interface Answer {
  readonly outcome: Outcome
  readonly explanation: Explanation
}

export function answerOf(
  asked: Asked,
  directory: Directory,
  now: number,
  reader: string | undefined,
): Answer {
  const principal = compile(directory, asked.workerId, now)
  const { name, workerId } = principal
  if (asked.type === 'feature') {
    const right = principal.rights.get(asked.featureId)
    return {
      outcome: right?.outcome ?? 'denied',
      explanation: explainRight(right, name, directory.catalogue),
    }
  }
  const { row } = asked
  const about = { id: workerId, name }
  const title = kindSpecs.account.title(row)
  const told = (decision: Decision, context: Parameters<typeof explanationOf>[1]): Answer => ({
    outcome: decision.outcome,
    explanation: explanationOf(decision, { ...context, about, reader, catalogue: directory.catalogue }),
  })
  if (asked.type === 'view' || asked.type === 'edit') {
    const target = { kind: 'account', id: row.id, row } as const
    const decision = inDetail(decide(principal, asked.type, target), principal, target)
    return told(decision, { action: asked.type, kind: 'account', title })
  }
  const kind = asked.type === 'add-contact' ? 'contact' : 'address'
  const target: Target = { kind, id: '', row: null, account: row }
  // The account alone keeps a contact or an address out of reach.
  const decision = inDetail(decideNew(principal, target), principal, { kind: 'account', id: row.id, row })
  return told(decision, { action: 'create', kind })
}
