/** A proposed change in words: a verb, what it is about, and for a plain field what it was and what it becomes. */
import { splitFieldKey } from '../../../../core/documents/field-key.ts'
import type { Change } from '../../../../core/documents/types.ts'
import type { FieldSpec, FieldValue, Kind, Row } from '../../../../core/records/kind-spec.ts'
import { shownField } from '../../../access/field-label.ts'
import { t } from '../../../app/i18n.ts'
import type { Tone } from '../../../components/types.ts'
import { showValue } from '../../record/show-value.ts'
import { dayOf } from '../days.ts'
import { validityOf, validityWords } from '../validity-words.ts'

export interface ChangeLine {
  readonly verb: string
  readonly tone: Tone
  readonly what: string
  /** "Organization → Sales Rep", or when a membership counts. */
  readonly note?: string
}

export interface Names {
  readonly feature: (id: string) => string
  readonly group: (id: string) => string
  readonly worker: (id: string) => string
  readonly account: (id: string) => string
  /** Label sets, boards and campaigns. */
  readonly other: (kind: Kind, id: string) => string
}

export function changeLine(
  row: Row,
  { field: key, old, new: next }: Change,
  names: Names,
  now: number,
): ChangeLine {
  const { field, entry } = splitFieldKey(key)
  const spec = shownField(row.kind, field)
  if (entry === null || spec === undefined) return plainLine(field, spec, old, next, names)
  switch (field) {
    case 'features':
      return featureLine(next, names.feature(entry))
    case 'groups':
      return membershipLine(
        old,
        next,
        t('settings.inGroup', { worker: names.worker(row.id), group: names.group(entry) }),
        now,
      )
    case 'reductions':
      return giveOrTake(next === null, names.feature(entry))
    case 'rights':
      return giveOrTake(next !== null, names.feature(entry))
    default: {
      const what = field === 'mappedAccounts' ? names.account(entry) : entry
      return next === null
        ? { verb: t('settings.verb.remove'), tone: 'denied', what: `${spec.label}: ${what}` }
        : { verb: t('settings.verb.add'), tone: 'allowed', what: `${spec.label}: ${what}` }
    }
  }
}

function featureLine(next: FieldValue, what: string): ChangeLine {
  if (next === 'allow') return { verb: t('settings.verb.allow'), tone: 'allowed', what }
  if (next === 'deny') return { verb: t('settings.verb.deny'), tone: 'denied', what }
  return { verb: t('settings.verb.inherit'), tone: 'plain', what }
}

function membershipLine(old: FieldValue, next: FieldValue, what: string, now: number): ChangeLine {
  if (next === null) return { verb: t('settings.verb.leave'), tone: 'denied', what }
  const note = validityWords(validityOf(next), now)
  if (old === null) return { verb: t('settings.verb.join'), tone: 'allowed', what, note }
  return {
    verb: t('settings.verb.time'),
    tone: 'notice',
    what,
    note: `${validityWords(validityOf(old), now)} → ${note}`,
  }
}

function giveOrTake(gives: boolean, what: string): ChangeLine {
  return gives
    ? { verb: t('settings.verb.give'), tone: 'allowed', what }
    : { verb: t('settings.verb.take'), tone: 'denied', what }
}

function plainLine(
  field: string,
  spec: FieldSpec | undefined,
  old: FieldValue,
  next: FieldValue,
  names: Names,
): ChangeLine {
  const shown = (value: FieldValue) => {
    if (value === null || spec === undefined) return t('settings.nothing')
    if (spec.type.type === 'boolean') return value === true ? t('settings.on') : t('settings.off')
    if (spec.type.type === 'instant') return dayOf(value, field === 'validUntil' ? 'until' : 'from')
    const { type } = spec
    return showValue(spec, value, (id) =>
      type.type === 'reference' ? nameOf(names, type.kind, id) : undefined,
    )
  }
  return {
    verb: t('settings.verb.change'),
    tone: 'notice',
    what: spec?.label ?? field,
    note: `${shown(old)} → ${shown(next)}`,
  }
}

function nameOf(names: Names, kind: Kind, id: string): string {
  switch (kind) {
    case 'worker':
    case 'group':
    case 'account':
      return names[kind](id)
    default:
      return names.other(kind, id)
  }
}
