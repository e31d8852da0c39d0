/**
 * A case's question put to core, and the answer compared with what the case says.
 *
 * With values to be written, the rules follow each other as in the gate: the fields, the move, the hard rules.
 */
import { checkAccountParent, checkChange } from '../../core/access/check-change.ts'
import { decideCreate } from '../../core/access/decide-create.ts'
import { decide, decideKind, decideView } from '../../core/access/decide.ts'
import { decideMove } from '../../core/access/decide-move.ts'
import { denied, rightOf } from '../../core/access/decisions.ts'
import { withCatalogue, withGroup, withWorker } from '../../core/access/directory.ts'
import { catalogueFromSettings, groupFromRow, workerFromRow } from '../../core/access/from-rows.ts'
import { openWorkspaces } from '../../core/access/open-workspaces.ts'
import type { Decision, Directory, Principal, Reason } from '../../core/access/types.ts'
import { fieldSpecOf } from '../../core/documents/field-key.ts'
import { type RowValues, writesFor } from '../../core/documents/writes-for.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Case, ExpectedReason, RecordQuestion } from './case-files.ts'
import { type Organisation, rowWith, targetOf } from './organisation.ts'

type Asked = Pick<Case, 'question' | 'set'>

export function judge(organisation: Organisation, { question, set }: Asked): Decision {
  const principal = organisation.principalOf(question.worker)
  switch (question.type) {
    case 'holds':
      return rightOf(principal, question.feature)
    case 'opens': {
      const open = openWorkspaces(principal, organisation.directory.catalogue)
      return { outcome: open.includes(question.workspace) ? 'allowed' : 'denied', reasons: [] }
    }
    case 'record':
      if (set === undefined) return judgeAnyValue(organisation, question)
      return question.action === 'create'
        ? judgeNew(organisation, question, set)
        : judgeValues(organisation, question, set)
  }
}

/** As a screen asks, before anything is typed: nothing is known of the values, nor of where a new record will hang. */
export function judgeAnyValue(organisation: Organisation, question: RecordQuestion): Decision {
  const { worker, action, kind, id, field } = question
  const row = organisation.row(kind, id)
  const target = row === null && isWrite(question) ? { kind, id, row } : targetOf(organisation, kind, id, row)
  return decide(organisation.principalOf(worker), action, target, field ?? undefined)
}

const isWrite = ({ action }: RecordQuestion): boolean => action === 'create' || action === 'import'

function judgeNew(
  organisation: Organisation,
  { worker, kind, id }: RecordQuestion,
  set: RowValues,
): Decision {
  const principal = organisation.principalOf(worker)
  const right = decideKind(principal, 'create', kind)
  if (right.outcome === 'denied') return right
  const homeless = hiddenAccount(organisation, principal, set)
  if (homeless !== null) return homeless
  const row = rowWith(null, kind, id, set)
  const fields = writesFor(kindSpecs[kind], null, set).map(({ field }) => field)
  const target = targetOf(organisation, kind, id, row)
  const decision = decideCreate(principal, target, fields)
  return decision.outcome === 'denied' ? decision : (hardRules(organisation, worker, row, fields) ?? decision)
}

function judgeValues(organisation: Organisation, question: RecordQuestion, set: RowValues): Decision {
  const { worker, action, kind, id } = question
  const principal = organisation.principalOf(worker)
  const before = organisation.row(kind, id)
  const target = targetOf(organisation, kind, id, before)
  const fields = writesFor(kindSpecs[kind], before, set).map(({ field }) => field)
  let answer = decide(principal, action, target, fields[0])
  for (const field of fields) {
    answer = decide(principal, action, target, field)
    if (answer.outcome === 'denied') return answer
  }
  const after = rowWith(before, kind, id, set)
  if (fields.some((field) => fieldSpecOf(kindSpecs[kind], field)?.feedsScope)) {
    const homeless = hiddenAccount(organisation, principal, set)
    if (homeless !== null) return homeless
    const moved = decideMove(principal, target, targetOf(organisation, kind, id, after))
    if (moved.outcome === 'denied') return moved
  }
  return (
    parentRule(organisation, principal, after, set) ??
    hardRules(organisation, worker, after, fields) ??
    answer
  )
}

/** An account that its author may not see is answered like one that is not there (P21, S9). */
function hiddenAccount(
  organisation: Organisation,
  principal: Principal,
  set: RowValues,
  field: 'accountId' | 'parentId' = 'accountId',
): Decision | null {
  const id = set[field]
  if (typeof id !== 'string') return null
  const row = organisation.row('account', id)
  const view = decideView(principal, { kind: 'account', id, row })
  if (view.outcome === 'allowed') return null
  return denied({ code: 'parent-not-found', rule: 'P21', field, detail: id })
}

/** A parent account is there, is seen, and is not below the account itself (P19, P21). */
function parentRule(
  organisation: Organisation,
  principal: Principal,
  { kind, id }: Row,
  set: RowValues,
): Decision | null {
  if (kind !== 'account' || typeof set.parentId !== 'string') return null
  const reason = checkAccountParent(id, set.parentId, (account) => {
    const parent = organisation.row('account', account)?.parentId
    return typeof parent === 'string' ? parent : null
  })
  return hiddenAccount(organisation, principal, set, 'parentId') ?? (reason === null ? null : denied(reason))
}

/** The refusal of a rule about the whole directory; null where none speaks. */
function hardRules(
  organisation: Organisation,
  worker: string,
  after: Row,
  fields: readonly string[],
): Decision | null {
  const { kind, id } = after
  if (kind !== 'worker' && kind !== 'group' && kind !== 'settings') return null
  const { directory: before, now } = organisation
  const decision = checkChange({
    before,
    after: directoryAfter(before, after),
    author: organisation.principalOf(worker),
    now,
    changed: [{ kind, id, fields: fields.map((field) => field.split('/', 1)[0] ?? field) }],
    accountById: (account) => organisation.row('account', account),
  })
  return decision.outcome === 'denied' ? decision : null
}

function directoryAfter(before: Directory, after: Row): Directory {
  if (after.kind === 'worker') return withWorker(before, workerFromRow(after), before.policyVersion)
  if (after.kind === 'group') return withGroup(before, groupFromRow(after), before.policyVersion)
  return withCatalogue(before, catalogueFromSettings(after), before.policyVersion)
}

/** The answer in a case's words: of each reason what the case speaks of, of groups their ids. */
export function inTheWordsOf(
  expected: readonly ExpectedReason[],
  { outcome, reasons }: { readonly outcome: string; readonly reasons: readonly Reason[] },
) {
  return { outcome, reasons: reasons.map((reason, index) => spokenOf(expected[index], reason)) }
}

function spokenOf(expected: ExpectedReason | undefined, reason: Reason): ExpectedReason {
  const said: ExpectedReason = { code: reason.code, rule: reason.rule }
  if (expected?.feature !== undefined) said.feature = reason.feature
  if (expected?.groups !== undefined) said.groups = reason.groups?.map(({ id }) => id)
  if (expected?.field !== undefined) said.field = reason.field
  if (expected?.detail !== undefined) said.detail = reason.detail
  if (expected?.by !== undefined) said.by = reason.by
  return said
}
