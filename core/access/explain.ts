/**
 * A decision in plain words: one sentence, the chain of rules behind it, who may change it and what would make it
 * allowed (B2, P25). Command line, HTTP, gate and client all speak through here.
 *
 * It says what the decision says and nothing more: who may ask about whom is for the caller (GATE 34).
 */
import type { Catalogue, FeatureId } from '../catalogue/features.ts'
import type { ChangersByFeature } from './changers.ts'
import {
  actionTexts,
  changeTexts,
  detailTexts,
  hasTexts,
  leadTexts,
  reasonTexts,
  remedyTexts,
  thingTexts,
} from './explain-texts.ts'
import type { Action, Decision, DetailKey, Reason } from './types.ts'

export interface ExplainContext {
  readonly catalogue: Catalogue
  /** Whose decision it is; absent when the reader is spoken to. */
  readonly worker?: string
  /** The id of that worker: nobody is told to ask themself. */
  readonly workerId?: string
  readonly action: Action
  /** As on screen: `Account`. */
  readonly kind: string
  /** `Accounts`, where the question is about all of them: a list, a button, an export. */
  readonly plural?: string
  /** The record's name; absent when the reader may not know it. */
  readonly title?: string
  /** The field's label. */
  readonly field?: string
  /** Names of those who may change what denies; without them the feature is named. */
  readonly changers?: ChangersByFeature
}

export interface Explanation {
  readonly sentence: string
  /** Who may change it; null where nothing is denied or the reason knows of nobody. */
  readonly change: string | null
  /** What would make it allowed; null where nothing would. */
  readonly remedy: string | null
  /** A line for each reason, the deciding one first, with its rule and group path. */
  readonly chain: readonly string[]
}

export function explain(decision: Decision, context: ExplainContext): Explanation {
  const { outcome, reasons } = decision
  const [deciding] = reasons
  const sentence = fill(leadTexts[outcome], {
    worker: context.worker ?? 'You',
    action: actionTexts[context.action],
    thing: thing(context),
    because: deciding === undefined ? '' : clause(deciding, context),
  })
  const said = [sentence, ...searchNote(reasons)].join(' ')
  return { sentence: said, ...waysOut(decision, context), chain: chainOf(reasons, context) }
}

/**
 * Why a record that somebody names is not seen: the same words whether there is one of that name or not (P27). The
 * decision is that of `decideUnseen`, the name comes back as it was typed.
 */
export function explainUnseen(decision: Decision, typed: string, context: ExplainContext): Explanation {
  const [deciding] = decision.reasons
  const sentence = fill(leadTexts.unseen, {
    worker: context.worker ?? 'You',
    kind: context.kind.toLowerCase(),
    title: typed,
    because: deciding === undefined ? '' : clause(deciding, context),
  })
  return { sentence, ...waysOut(decision, context), chain: chainOf(decision.reasons, context) }
}

/** The sentence with who may change it: for where there is room for one text only. */
export function inOneText({ sentence, change }: Explanation): string {
  return change === null ? sentence : `${sentence} ${change}`
}

/** What may be seen and is not found: said beside the reason why it may be seen. */
function searchNote(reasons: readonly Reason[]): readonly string[] {
  return reasons.some(({ code }) => code === 'hidden-from-search') ? [leadTexts.hiddenFromSearch] : []
}

/** One reason as a clause without an end mark. */
export function clause(
  reason: Reason,
  context: Pick<ExplainContext, 'catalogue' | 'field' | 'kind'>,
): string {
  return fillReason(reasonTexts[reason.code], reason, context)
}

function fillReason(
  template: string,
  reason: Reason,
  { catalogue, field, kind }: Pick<ExplainContext, 'catalogue' | 'field' | 'kind'>,
): string {
  const { groups } = reason
  return fill(template, {
    feature: reason.feature === undefined ? 'this' : labelOf(reason.feature, catalogue),
    group: groups?.[0]?.name ?? '',
    decider: groups?.at(-1)?.name ?? '',
    detail: detailOf(reason),
    has: hasOf(reason),
    field: field ?? reason.field ?? 'this field',
    kind: kind.toLowerCase(),
  }).replaceAll(' ()', '')
}

function detailOf({ detail = '', detailKey, by = '' }: Reason): string {
  if (detailKey === undefined) return detail
  return fill(detailTexts[detailKey as DetailKey] ?? '{value}', { value: detail, by })
}

function hasOf({ code, has }: Reason): string {
  if (has === undefined) return ''
  if (code !== 'out-of-scope') return has.join(', ')
  return has.length === 0 ? hasTexts.none : fill(hasTexts.some, { value: has.join(', ') })
}

function thing({ action, kind, plural, title, field }: ExplainContext): string {
  const words = { kind: kind.toLowerCase(), kinds: (plural ?? '').toLowerCase(), title: title ?? '' }
  const named = title !== undefined && title !== ''
  const unnamed =
    action === 'create' ? thingTexts.fresh : plural === undefined ? thingTexts.untitled : thingTexts.whole
  const record = fill(named ? thingTexts.record : unnamed, words)
  return field === undefined ? record : fill(thingTexts.field, { field, thing: record })
}

function waysOut(
  { outcome, reasons }: Decision,
  context: ExplainContext,
): Pick<Explanation, 'change' | 'remedy'> {
  const [deciding] = reasons
  if (outcome === 'allowed' || deciding === undefined) return { change: null, remedy: null }
  // Of several denials each has to go; of several ways that nearly allowed it one is enough.
  const standing = isDenial(deciding) ? reasons.filter(isDenial) : [deciding]
  const remedies = new Set(
    standing.flatMap((reason) => {
      const text = remedyTexts[reason.code]
      return text === undefined ? [] : [fillReason(text, reason, context)]
    }),
  )
  return { change: whoMayChange(deciding, context), remedy: [...remedies].join(' ') || null }
}

const isDenial = ({ code }: Reason): boolean => code === 'denied-by-group' || code === 'denied-by-ancestor'

function whoMayChange(
  { changedBy }: Reason,
  { catalogue, changers, workerId }: ExplainContext,
): string | null {
  if (changedBy === undefined) return null
  if (changedBy === null) return changeTexts.nobody
  const known = changers?.get(changedBy)
  const [first, second] = known?.first.filter((worker) => worker.id !== workerId) ?? []
  if (known === undefined || first === undefined) {
    return fill(changeTexts.someone, { feature: labelOf(changedBy, catalogue) })
  }
  const asksToo = known.first.some((worker) => worker.id === workerId)
  const others = known.total - (asksToo ? 1 : 0) - 2
  if (second === undefined) return fill(changeTexts.one, { first: first.name })
  const names = { first: first.name, second: second.name, others: String(others) }
  if (others <= 0) return fill(changeTexts.two, names)
  return fill(others === 1 ? changeTexts.three : changeTexts.many, names)
}

function chainOf(reasons: readonly Reason[], context: ExplainContext): readonly string[] {
  return reasons.map((reason) => {
    const text = clause(reason, context)
    const line = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
    const path = (reason.groups ?? []).map(({ name }) => name).reverse()
    return path.length > 1 ? `${line} (${path.join(' > ')}) [${reason.rule}]` : `${line} [${reason.rule}]`
  })
}

function labelOf(feature: FeatureId, catalogue: Catalogue): string {
  return catalogue.featureById.get(feature)?.label ?? feature
}

/** One pass: a name that looks like a placeholder stays a name. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole)
}
