/**
 * A decision as the reader meets it: one sentence, the way to what decides, and who set it.
 */
import { decideUnseen } from '../../../core/access/decide-unseen.ts'
import {
  clause,
  explain,
  type ExplainContext,
  type Explanation as Told,
  explainUnseen,
  inOneText,
} from '../../../core/access/explain.ts'
import { decide } from '../../../core/access/decide.ts'
import {
  type Action,
  type Decision,
  isAllowed,
  type Principal,
  type Reason,
} from '../../../core/access/types.ts'
import type { Catalogue } from '../../../core/catalogue/features.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { fieldLabel } from '../../access/field-label.ts'
import { surroundings } from '../../access/surroundings.ts'
import { t } from '../../app/i18n.ts'
import type { ChainStep, Explanation, Locked } from '../../components/types.ts'
import { groupHref } from '../settings/hrefs.ts'

export interface WhyContext {
  readonly action: Action
  readonly kind: Kind
  /** Asked of the whole kind: a list, a button. */
  readonly whole?: boolean | undefined
  /** The record's name, where the reader may know it. */
  readonly title?: string | undefined
  /** The field's name in its kind. */
  readonly field?: string | undefined
  /** The reader's name: where the way begins. */
  readonly reader?: string | undefined
  /** Whom it is about, where that is not the reader. */
  readonly about?: { readonly id: string; readonly name: string } | undefined
  /** Where it is another one than the organisation's: a change that is not saved yet. */
  readonly catalogue?: Catalogue | undefined
}

/** A denial leads to the one rule that decides; what is allowed shows every rule that had to agree. */
export function explanationOf(decision: Decision, context: WhyContext): Explanation {
  const [deciding] = decision.reasons
  const start: ChainStep =
    context.about === undefined
      ? { text: t('record.you'), note: context.reader }
      : { text: context.about.name }
  const steps =
    decision.outcome === 'denied'
      ? deciding === undefined
        ? []
        : denialSteps(deciding, context)
      : decision.reasons.map((reason) => ruleStep(reason, context, false))
  const told = explain(decision, coreContext(context))
  return { sentence: told.sentence, chain: [start, ...steps], wayOut: wayOutOf(told) }
}

/** "Why can't I see it?", of a name that was typed and is not among the reader's records; works offline (P27). */
export function explanationOfUnseen(principal: Principal, kind: Kind, typed: string): Explanation {
  const decision = decideUnseen(principal, kind)
  const context: WhyContext = { action: 'view', kind, reader: principal.name }
  const told = explainUnseen(decision, typed, coreContext(context))
  const steps = decision.reasons.map((reason, index) => ruleStep(reason, context, index === 0))
  const start: ChainStep = { text: t('record.you'), note: principal.name }
  return { sentence: told.sentence, chain: [start, ...steps], wayOut: wayOutOf(told) }
}

function wayOutOf({ remedy, change }: Told): string | undefined {
  return [remedy, change].filter((text) => text !== null).join(' ') || undefined
}

/** What brings a record to the reader is the scope; that they may look at such records at all comes after it. */
export function whySeen(decision: Decision, context: WhyContext): Explanation {
  const scoped = decision.reasons.filter(({ code }) => code === 'in-scope' || code === 'scope-everything')
  const others = decision.reasons.filter((reason) => !scoped.includes(reason))
  return explanationOf({ ...decision, reasons: [...scoped, ...others] }, context)
}

/** "You may not change Phone of the account Bike World: …", and who may change that. */
export function sentenceOf(decision: Decision, context: WhyContext): string {
  return inOneText(explain(decision, coreContext(context)))
}

/** The deciding reason alone, as a sentence: for a value that does not fit, where "you may not" would mislead. */
export function reasonSentence(decision: Decision, context: WhyContext): string {
  const [deciding] = decision.reasons
  if (deciding === undefined) return sentenceOf(decision, context)
  if ((deciding.code === 'value-invalid' || deciding.code === 'value-required') && deciding.detail) {
    return deciding.detail
  }
  const field = labelOf(context.kind, deciding.field)
  const action = { ...context, ...(field !== undefined && { field: deciding.field }) }
  return sentenceOf(decision, action)
}

/** A field that may be read and not written. */
export function lockOf(decision: Decision, context: WhyContext): Locked {
  return { ...explanationOf(decision, context), by: setBy(decision.reasons[0]) }
}

/** The same rule decides: said once for the record, and not again at each of its fields. */
export function sameDenial(a: Decision, b: Decision): boolean {
  const [one, other] = [a.reasons[0], b.reasons[0]]
  return a.outcome === b.outcome && one?.code === other?.code && one?.feature === other?.feature
}

function denialSteps(reason: Reason, context: WhyContext): readonly ChainStep[] {
  const groups = reason.groups ?? []
  const path = groups.slice(0, -1).map(({ id, name }): ChainStep => ({ text: name, href: groupLink(id) }))
  const decider = groups.at(-1)
  const words = ruleStep(reason, context, true)
  if (decider === undefined) return [words]
  return [...path, { text: decider.name, note: words.text, href: groupLink(decider.id), decides: true }]
}

/** Where a group can be looked at; undefined for who may not. */
export function groupLink(id: string): string | undefined {
  const { principal } = surroundings()
  if (principal === null) return undefined
  const target = { kind: 'group', id, row: { id, kind: 'group', seq: 0 } } as const
  return isAllowed(decide(principal, 'view', target)) ? groupHref(id) : undefined
}

function ruleStep(reason: Reason, context: WhyContext, decides: boolean): ChainStep {
  const groups = reason.groups?.map(({ name }) => name).join(' › ')
  return {
    text: capitalised(clause(reason, coreContext(context))),
    note: groups || t('record.rule', { rule: reason.rule }),
    decides,
  }
}

function setBy(reason: Reason | undefined): string {
  switch (reason?.code) {
    case 'import-owned':
      return t('record.setByImport')
    case 'server-made':
    case 'house-contact':
    case 'not-writable':
      return t('record.setBySystem')
    default:
      return t('record.setByRule')
  }
}

function coreContext({ action, kind, whole, title, field, catalogue, about }: WhyContext): ExplainContext {
  const label = labelOf(kind, field)
  const { label: singular, plural } = kindSpecs[kind]
  return {
    ...surroundings(),
    ...(catalogue !== undefined && { catalogue }),
    ...(about !== undefined && { worker: about.name, workerId: about.id }),
    action,
    kind: singular,
    ...(whole === true && { plural }),
    ...(title !== undefined && { title }),
    ...(label !== undefined && { field: label }),
  }
}

function labelOf(kind: Kind, field: string | undefined): string | undefined {
  const name = field?.split('/', 1)[0]
  return name === undefined ? undefined : fieldLabel(kind, name)
}

function capitalised(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}
