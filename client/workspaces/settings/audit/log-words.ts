/** A change set in words: who, what in one line, and each value as people read it. */
import type { Catalogue } from '../../../../core/catalogue/features.ts'
import { isTextKey, splitFieldKey } from '../../../../core/documents/field-key.ts'
import type { FieldValue, Kind, RecordKey } from '../../../../core/records/kind-spec.ts'
import { recordKey } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { words } from '../../../app/sync/change-words.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { dayOf } from '../days.ts'
import { validityOf, validityWords } from '../validity-words.ts'
import type { LogAccess, LogChange, LogEntry, LogItem, Surface } from './audit-api.ts'

export function actorName(
  entry: Pick<LogAccess, 'type' | 'actor'> | Pick<LogItem, 'type' | 'actor' | 'surface'>,
): string {
  if (entry.actor !== null) return entry.actor.name
  return entry.type === 'changes' && entry.surface === 'server' ? t('audit.server') : t('audit.commandLine')
}

interface Titled extends Pick<LogItem, 'records' | 'isAtLeast'> {
  readonly changes: readonly LogChange[]
}

/** "Sales Rep and 3 more". */
export function titleOf({ changes, records, isAtLeast }: Titled): string {
  const title = changes[0]?.record.title ?? ''
  if (records <= 1) return title
  if (isAtLeast) return t('audit.andMany', { title })
  return formatCount(records - 1, t('audit.andMore')).replace('{title}', title)
}

/** "Sales Rep and 3 more", "Rhea Rossi". */
export function entryTitleOf(entry: LogEntry): string {
  return entry.type === 'access' ? entry.record.title : titleOf(entry)
}

/** "Ada Adams · Features: Export", "Ada Adams · 6 changes · Import", "Ada Adams · Password set". */
export function ledeOf(item: LogEntry): string {
  if (item.type === 'access') return `${actorName(item)} · ${item.label}`
  return [actorName(item), whatOf(item), item.surface === 'screen' ? null : surfaceWords(item)]
    .filter((part) => part !== null)
    .join(' · ')
}

/** In the history of one record its name need not be said again: "Features: Export", "6 changes in 3 records". */
export function whatTitleOf(item: LogEntry): string {
  if (item.type === 'access') return item.label
  const records = item.records > 1 ? formatCount(item.records, t('audit.records')) : null
  return [whatOf(item), records].filter((part) => part !== null).join(' ')
}

export function whoLedeOf(item: LogEntry): string {
  const way = item.type === 'access' || item.surface === 'screen' ? null : surfaceWords(item)
  return [actorName(item), way].filter((part) => part !== null).join(' · ')
}

function whatOf({ changes, changeCount, isAtLeast }: LogItem): string {
  const [first] = changes
  if (first?.creates && changes.every(({ record }) => record.id === first.record.id)) return madeWords(first)
  if (changeCount === 1 && first !== undefined) return first.label
  const text = formatCount(changeCount, t('audit.changes'))
  return isAtLeast ? t('audit.atLeast', { count: text }) : text
}

export function madeWords({ record: { kind } }: Pick<LogChange, 'record'>): string {
  return t('audit.made', { kind: kindSpecs[kind].label.toLocaleLowerCase() })
}

/** Null where who it was says it already. */
function surfaceWords({ actor, surface }: LogItem): string | null {
  return actor === null && surface !== 'import' ? null : surfaceLabel(surface)
}

export function surfaceLabel(surface: Surface): string {
  return t(`audit.surfaces.${surface}`)
}

export function touchedWords(touched: number): string {
  return formatCount(touched, t('audit.touched'))
}

export interface ValueWords {
  readonly nameOf: (kind: Kind, id: string) => string | undefined
  readonly catalogue: Catalogue
  readonly now: number
}

/** What one field said and says. A value that was not there is said to have been empty. */
export function diffWords(
  change: LogChange,
  context: ValueWords,
): { readonly was: string | undefined; readonly now: string } {
  const { entry } = splitFieldKey(change.field)
  const [old, next] = [change.old as FieldValue, change.new as FieldValue]
  const value = (one: FieldValue) => valueWords(change, one, context)
  if (entry !== null && (old === true || next === true))
    return { was: undefined, now: next === null ? t('audit.removed') : t('audit.added') }
  // Of a new record nothing was there before, which need not be said of each field.
  return { was: change.creates && old === null ? undefined : value(old), now: value(next) }
}

function valueWords(
  { record: { kind }, field: key }: LogChange,
  value: FieldValue,
  context: ValueWords,
): string {
  const { field, entry } = splitFieldKey(key)
  const spec = kindSpecs[kind].fields[field]
  if (entry !== null && spec?.type.type === 'map') {
    if (spec.type.value.type === 'validity')
      return value === null ? t('audit.notMember') : validityWords(validityOf(value), context.now)
    if (spec.type.value.type === 'custom-right')
      return typeof value === 'object' && value !== null
        ? String(value['label'] ?? entry)
        : t('audit.notThere')
    if (value === 'allow') return t('access.allow')
    if (value === 'deny') return t('access.deny')
    return value === null ? t('access.inherit') : String(value)
  }
  if (value === null || value === '') return t('audit.blank')
  if (spec?.type.type === 'instant') return dayOf(value, field === 'validUntil' ? 'until' : 'from')
  if (isTextKey(key)) return String(value)
  return words(kind, field, value, (record) => {
    const [of, id = ''] = record.split('/') as [Kind, string]
    return context.nameOf(of, id)
  })
}

/** Records that values point to: shown by name where they are on this device. */
export function referencesIn(changes: readonly LogChange[]): readonly RecordKey[] {
  return changes.flatMap(({ record: { kind }, field, old, new: next }) => {
    const type = kindSpecs[kind].fields[splitFieldKey(field).field]?.type
    if (type?.type !== 'reference') return []
    return [old, next].flatMap((id) => (typeof id === 'string' ? [recordKey(type.kind, id)] : []))
  })
}

/** Where a record of the log is shown; undefined for kinds without a screen of their own. */
export function recordHref({ kind, id }: LogChange['record']): string | undefined {
  const path = {
    worker: '/settings/workers',
    group: '/settings/groups',
    account: '/crm/accounts',
    contact: '/crm/contacts',
  }
  return kind in path ? `${path[kind as keyof typeof path]}/${encodeURIComponent(id)}` : undefined
}
