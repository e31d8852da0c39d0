/** What the conformance view is asked, and what each of its controls must show: core's decision and core's words. */
import type { ConformanceQuestions, ControlQuestion } from '../../../client/gallery/ConformanceView.tsx'
import { decideKind } from '../../../core/access/decide.ts'
import { clause, explain, inOneText } from '../../../core/access/explain.ts'
import { principalToJson } from '../../../core/access/principal-json.ts'
import type { Decision } from '../../../core/access/types.ts'
import { shippedCatalogue, workspaceLabels } from '../../../core/catalogue/features.ts'
import { writesFor } from '../../../core/documents/writes-for.ts'
import { fieldOfKey } from '../../../core/access/field-key.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import type { Case, RecordQuestion } from '../../conformance/case-files.ts'
import { judge, judgeAnyValue } from '../../conformance/judge.ts'
import { type Organisation, rowWith, targetOf } from '../../conformance/organisation.ts'
import type { Seen } from './read-controls.ts'

/** Why no control stands for a case, by what it asks; null where one does. */
export function noControl({ question }: Case): string | null {
  switch (question.type) {
    case 'opens':
      return question.workspace === 'product' || question.workspace === 'content'
        ? 'the workspace has no screens yet'
        : null
    case 'holds':
      return question.feature === 'SU-NO-SUCH-RIGHT' ? 'no screen shows a right that nobody registered' : null
    case 'record': {
      const { action, kind, field } = question
      if (action === 'export' || action === 'import')
        return 'files come and go on a screen of their own, not beside a record'
      if (field !== null && fieldOfKey(kindSpecs[kind], field) === null) return 'no screen shows such a field'
      return null
    }
  }
}

export function controlFor({ directory }: Organisation, { question, ask, set }: Case): string {
  if (question.type === 'holds') {
    const label = directory.catalogue.featureById.get(question.feature)?.label ?? question.feature
    return `${question.worker} holds ${label}`
  }
  if (question.type === 'opens') return `${question.worker} opens ${workspaceLabels[question.workspace]}`
  return set === undefined ? ask : `${ask} ${JSON.stringify(set)}`
}

export function questionsFor(organisation: Organisation, cases: readonly Case[]): ConformanceQuestions {
  const workers = new Set(cases.map(({ question }) => question.worker))
  const others = cases.filter(({ question }) => question.type !== 'record')
  const ofDirectory = new Set(['worker', 'group', 'settings'])
  return {
    now: organisation.now,
    directory: [...organisation.rows.values()].filter(({ kind }) => ofDirectory.has(kind)),
    principals: Object.fromEntries(
      [...workers].map((id) => [id, principalToJson(organisation.principalOf(id))]),
    ),
    controls: cases.flatMap((one) =>
      one.question.type === 'record' ? [control(organisation, one, one.question)] : [],
    ),
    workers: [...new Set(others.map(({ question }) => question.worker))],
  }
}

function control(organisation: Organisation, one: Case, question: RecordQuestion): ControlQuestion {
  const { ask, set } = one
  const { worker, action, kind, id, field } = question
  if (action === 'export' || action === 'import') throw new Error(`no control for ${ask}`)
  const row = action === 'create' ? null : organisation.row(kind, id)
  const { account } = targetOf(organisation, kind, id, row)
  const before = action === 'create' ? null : row
  const proposed =
    set === undefined
      ? null
      : {
          row: rowWith(before, kind, id, set),
          fields: writesFor(kindSpecs[kind], before, set).map((write) => write.field),
        }
  return {
    id: controlFor(organisation, one),
    worker,
    action,
    kind,
    row,
    ...(account !== undefined && { account }),
    field,
    proposed,
  }
}

export function expectedOf(organisation: Organisation, one: Case): Seen | undefined {
  const { question, outcome } = one
  if (question.type === 'opens') return outcome === 'allowed' ? enabled : undefined
  if (question.type === 'holds') {
    if (outcome === 'allowed') return enabled
    const [reason] = judge(organisation, one).reasons
    const because =
      reason === undefined ? '' : clause(reason, { catalogue: organisation.directory.catalogue, kind: '' })
    return { state: 'locked', sentence: `${question.worker} may not do this: ${because}.` }
  }
  const view = judgeAnyValue(organisation, { ...question, action: 'view', field: null })
  if (question.action !== 'create' && view.outcome === 'denied') {
    const ofKind = decideKind(organisation.principalOf(question.worker), 'view', question.kind)
    return ofKind.outcome === 'allowed'
      ? { state: 'not-here', sentence: null }
      : {
          state: 'denied-screen',
          sentence: sentence(ofKind, { ...question, action: 'view', field: null }, null, 'beside'),
        }
  }
  if (question.action === 'view') return { state: 'shown', sentence: null }
  return expectedControl(organisation, one, question)
}

const enabled: Seen = { state: 'enabled', sentence: null }

/** What is asked whole, and what before any value is known. */
function expectedControl(organisation: Organisation, one: Case, question: RecordQuestion): Seen {
  const { kind, id, action } = question
  const isTriedOut = one.set !== undefined && (kind === 'worker' || kind === 'group')
  const row = action === 'create' ? null : organisation.row(kind, id)
  const whole = judgeAnyValue(organisation, { ...question, field: null })
  // Said once for the whole record, and not at each of its fields.
  if (action === 'edit' && one.set === undefined && isField(question) && whole.outcome === 'denied') {
    return { state: 'locked', sentence: sentence(whole, { ...question, field: null }, row, 'sheet') }
  }
  const decision = isTriedOut ? judge(organisation, one) : judgeNoValue(organisation, one, question)
  if (decision.outcome === 'allowed') return enabled
  const isInSheet = action === 'edit' && one.set === undefined && isField(question)
  return { state: 'locked', sentence: sentence(decision, question, row, isInSheet ? 'sheet' : 'beside') }
}

/** Who has no rep code to give, and would not see the account without one, can add none, whatever they type (P24). */
function judgeNoValue(organisation: Organisation, one: Case, question: RecordQuestion): Decision {
  const { scope, repCodes } = organisation.principalOf(question.worker)
  // A button for something new knows no id yet.
  const asked = question.action === 'create' ? { ...question, id: 'new' } : question
  const decision = judgeAnyValue(organisation, asked)
  const isHopeless = question.action === 'create' && question.kind === 'account' && repCodes.length === 0
  if (!isHopeless || scope.everything || decision.outcome === 'denied') return decision
  const reasons = judge(organisation, one).reasons.map(({ detail: _, ...reason }) => reason)
  return { outcome: 'denied', reasons }
}

function isField({ kind, field }: RecordQuestion): boolean {
  const { fields } = kindSpecs[kind]
  return field !== null && Object.hasOwn(fields, field) && fields[field]?.type.type !== 'map'
}

/** In a sheet stands the sentence, and the way out below it; where there is room for one text, both in one. */
function sentence(
  decision: Decision,
  asked: RecordQuestion,
  row: Row | null,
  place: 'sheet' | 'beside',
): string {
  const { kind, action, field } = asked
  const { label, plural, fields, title } = kindSpecs[kind]
  const name = field?.split('/', 1)[0]
  const ofField = name === undefined ? undefined : (fields[name]?.label ?? name)
  const explanation = explain(decision, {
    catalogue: shippedCatalogue,
    changers: new Map(),
    workerId: '',
    action,
    kind: label,
    ...(action === 'view' && { plural }),
    ...(row !== null && { title: title(row) }),
    ...(action === 'edit' && ofField !== undefined && { field: ofField }),
  })
  return place === 'sheet' ? explanation.sentence : inOneText(explanation)
}
