/** The answer to a question about access: outcome, reasons, and the sentence that people read. */
import { decide } from '../../core/access/decide.ts'
import { decideUnseen } from '../../core/access/decide-unseen.ts'
import { fieldOfKey } from '../../core/access/field-key.ts'
import { type ExplainContext, explain, type Explanation, explainUnseen } from '../../core/access/explain.ts'
import { inDetail } from '../../core/access/reach.ts'
import { withSearchReason } from '../../core/access/search-filter.ts'
import type { Action, Decision, Principal, Target } from '../../core/access/types.ts'
import type { Kind } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Policy } from '../gate/policy.ts'
import type { Question } from './question.ts'

export interface Answer extends Decision, Explanation {}

export interface Asked {
  /** Whose access it is about. */
  readonly principal: Principal
  readonly question: Question
  /** Null for a record that does not exist or that the asker may not see; both are answered alike (S9). */
  readonly target: Target | null
  /** Whether the asker may know why the record is out of this worker's reach: they see both (GATE 34). */
  readonly seesBoth: boolean
  /** Whether the asker may know this group's name: of others' groups that takes a right of its own (GATE 34). */
  readonly seesGroup: (groupId: string) => boolean
}

/** For who sees every group, or asks about their own. */
export const seesEveryGroup = (): boolean => true

export function answer(policy: Policy, { principal, question, target, seesBoth, seesGroup }: Asked): Answer {
  const { action, record, field } = question
  const spec = kindSpecs[record.kind]
  // A new record may hang on any account there is: which one is not known yet, so that its right alone is asked.
  const isNew = action === 'create' || action === 'import'
  const nowhere = spec.scope === 'account' && !isNew ? { account: null } : {}
  const known: Target = target ?? { ...record, row: null, ...nowhere }
  const decided = decide(principal, action, known, field ?? undefined)
  const detailed = seesBoth ? inDetail(decided, principal, known) : decided
  const searched = action === 'view' ? withSearchReason(detailed, principal, known) : detailed
  const decision = withoutNames(searched, seesGroup)
  const explanation = explain(decision, {
    ...contextOf(policy, principal, action, record.kind),
    ...(known.row && { title: spec.title(known.row) }),
    ...(field !== null && { field: fieldOfKey(spec, field)?.spec.label ?? field }),
  })
  return { ...decision, ...explanation }
}

/** "Why can't I see it?", of a name that none of the asker's records has (P27). */
export function answerUnseen(policy: Policy, principal: Principal, kind: Kind, typed: string): Answer {
  const decision = decideUnseen(principal, kind)
  return { ...decision, ...explainUnseen(decision, typed, contextOf(policy, principal, 'view', kind)) }
}

function contextOf(
  { directory, changers }: Policy,
  { workerId, name }: Principal,
  action: Action,
  kind: Kind,
): ExplainContext {
  return {
    catalogue: directory.catalogue,
    changers,
    worker: name,
    workerId,
    action,
    kind: kindSpecs[kind].label,
  }
}

/** Groups keep their place on the way to what decides, and lose their names. */
function withoutNames(decision: Decision, seesGroup: Asked['seesGroup']): Decision {
  const { reasons, outcome } = decision
  if (reasons.every(({ groups = [] }) => groups.every(({ id }) => seesGroup(id)))) return decision
  return {
    outcome,
    reasons: reasons.map((reason) =>
      reason.groups === undefined
        ? reason
        : {
            ...reason,
            groups: reason.groups.map((group) => (seesGroup(group.id) ? group : hiddenGroup)),
          },
    ),
  }
}

const hiddenGroup = { id: '', name: '(one that you may not see)' }
