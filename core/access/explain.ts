/**
 * A decision in plain words: one sentence, and the chain of rules behind it (B2, P25).
 *
 * It says what the decision says and nothing more: who may ask about whom is for the caller (GATE 34).
 */
import type { Catalogue, FeatureId } from '../catalogue/features.ts'
import { actionTexts, changeTexts, leadTexts, reasonTexts, thingTexts } from './explain-texts.ts'
import type { Action, Decision, Reason } from './types.ts'

export interface ExplainContext {
  readonly catalogue: Catalogue
  /** Whose decision it is; absent when the reader is spoken to. */
  readonly worker?: string
  readonly action: Action
  /** As on screen: `Account`. */
  readonly kind: string
  /** The record's name; absent when the reader may not know it. */
  readonly title?: string
  /** The field's label. */
  readonly field?: string
}

export interface Explanation {
  readonly sentence: string
  /** A line for each reason, the deciding one first, with its rule and group path. */
  readonly chain: readonly string[]
}

export function explain(decision: Decision, context: ExplainContext): Explanation {
  const { outcome, reasons } = decision
  const [deciding] = reasons
  const lead = fill(leadTexts[outcome], {
    worker: context.worker ?? 'You',
    action: actionTexts[context.action],
    thing: thing(context),
    because: deciding === undefined ? '' : clause(deciding, context),
  })
  const change = deciding === undefined || outcome === 'allowed' ? '' : whoMayChange(deciding, context)
  return {
    sentence: change === '' ? lead : `${lead} ${change}`,
    chain: reasons.map((reason) => chainLine(reason, context)),
  }
}

/** One reason as a clause without an end mark. */
export function clause(
  reason: Reason,
  context: Pick<ExplainContext, 'catalogue' | 'field' | 'kind'>,
): string {
  const { groups } = reason
  return fill(reasonTexts[reason.code], {
    feature: reason.feature === undefined ? 'this' : labelOf(reason.feature, context.catalogue),
    group: groups?.[0]?.name ?? '',
    decider: groups?.at(-1)?.name ?? '',
    detail: reason.detail ?? '',
    field: context.field ?? reason.field ?? 'this field',
    kind: context.kind.toLowerCase(),
  }).replace(' ()', '')
}

function thing({ action, kind, title, field }: ExplainContext): string {
  const record =
    title === undefined || title === ''
      ? fill(action === 'create' ? thingTexts.fresh : thingTexts.untitled, { kind: kind.toLowerCase() })
      : fill(thingTexts.record, { kind: kind.toLowerCase(), title })
  return field === undefined ? record : fill(thingTexts.field, { field, thing: record })
}

function whoMayChange({ changedBy }: Reason, { catalogue }: ExplainContext): string {
  if (changedBy === undefined) return ''
  if (changedBy === null) return changeTexts.nobody
  return fill(changeTexts.someone, { feature: labelOf(changedBy, catalogue) })
}

function chainLine(reason: Reason, context: ExplainContext): string {
  const text = clause(reason, context)
  const line = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  const path = (reason.groups ?? []).map(({ name }) => name).reverse()
  return path.length > 1 ? `${line} (${path.join(' > ')}) [${reason.rule}]` : `${line} [${reason.rule}]`
}

function labelOf(feature: FeatureId, catalogue: Catalogue): string {
  return catalogue.featureById.get(feature)?.label ?? feature
}

/** One pass: a name that looks like a placeholder stays a name. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole)
}
