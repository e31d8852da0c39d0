/** Changes as people read them: one line a field, old and new in words. */
import { isTextKey, splitFieldKey } from '../../../core/documents/field-key.ts'
import { spliceBetween } from '../../../core/documents/splice-between.ts'
import type { Change } from '../../../core/documents/types.ts'
import type { Kind, RecordKey } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { fieldLabel } from '../../access/field-label.ts'
import { surroundings } from '../../access/surroundings.ts'
import { splitRecordKey } from '../../replica/rebuild-record.ts'
import { showValue } from '../../workspaces/record/show-value.ts'
import { featureLabel } from '../../workspaces/settings/names.ts'
import { t } from '../i18n.ts'

export interface FieldChange {
  /** The field's name in its kind. */
  readonly field: string
  readonly was: string
  readonly now: string
}

/** Characters of a long text shown around what changed in it. */
const AROUND = 60

/** Entries of a set or map that changed are gathered: "275" taken away and "281" given are one change of rep codes. */
export function changesByField(
  record: string,
  changes: readonly Change[],
  nameOf: (record: string) => string | undefined = () => undefined,
): readonly FieldChange[] {
  const { kind } = splitRecordKey(record as RecordKey)
  const gathered = new Map<string, { was: string[]; now: string[] }>()
  for (const { field: key, old, new: value } of changes) {
    const { field, entry } = splitFieldKey(key)
    const lines = gathered.get(field) ?? { was: [], now: [] }
    gathered.set(field, lines)
    if (isTextKey(key)) {
      const [was, now] = excerpt(String(old ?? ''), String(value ?? ''))
      lines.was.push(was)
      lines.now.push(now)
    } else if (entry === null) {
      lines.was.push(words(kind, field, old, nameOf))
      lines.now.push(words(kind, field, value, nameOf))
    } else {
      const name = entryName(kind, field, entry, nameOf)
      if (old !== null) lines.was.push(entryWords(name, old))
      if (value !== null) lines.now.push(entryWords(name, value))
    }
  }
  return [...gathered].map(([field, { was, now }]) => ({
    field,
    was: was.filter(Boolean).join(', '),
    now: now.filter(Boolean).join(', '),
  }))
}

export function fieldLabelOf(record: string, field: string): string {
  return fieldLabel(splitRecordKey(record as RecordKey).kind, field)
}

export function kindLabel(record: string): string {
  return kindSpecs[splitRecordKey(record as RecordKey).kind].label.toLocaleLowerCase()
}

/** A value of a field in words. */
export function words(
  kind: Kind,
  field: string,
  value: unknown,
  nameOf: (record: string) => string | undefined,
): string {
  const spec = kindSpecs[kind].fields[field]
  if (spec === undefined) return value === null ? '' : String(value)
  const { type } = spec
  return showValue(spec, value, (id) =>
    type.type === 'reference'
      ? (nameOf(`${type.kind}/${id}`) ??
        (type.kind === 'worker' ? nameOf(`colleague/${id}`) : undefined) ??
        id)
      : undefined,
  )
}

function entryWords(name: string, value: unknown): string {
  if (value === 'allow') return `${name}: ${t('access.allow')}`
  if (value === 'deny') return `${name}: ${t('access.deny')}`
  return typeof value === 'string' ? `${name}: ${value}` : name
}

/** What an entry of a set or map is called: features and rights by their labels, groups and accounts by their names. */
function entryName(
  kind: Kind,
  field: string,
  entry: string,
  nameOf: (record: string) => string | undefined,
): string {
  switch (`${kind}.${field}`) {
    case 'group.features':
    case 'worker.rights':
    case 'worker.reductions':
      return featureLabel(surroundings(), entry)
    case 'worker.groups':
      return nameOf(`group/${entry}`) ?? entry
    case 'worker.mappedAccounts':
      return nameOf(`account/${entry}`) ?? entry
    default:
      return entry
  }
}

/** Of two long texts, what differs and a little of what stands around it. */
function excerpt(old: string, next: string): readonly [string, string] {
  const { at, remove, insert } = spliceBetween(old, next)
  const from = Math.max(0, at - AROUND)
  const cut = (text: string, length: number) => {
    const end = Math.min(text.length, at + length + AROUND)
    return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`
  }
  return [cut(old, remove), cut(next, insert.length)]
}
