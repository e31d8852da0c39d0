/** The names of what changes refer to, as far as their reader may see them: for files, where an id says nothing. */
import { decide } from '../../core/access/decide.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import { type Kind, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { loadTargets } from '../http/visible-records.ts'
import type { JournalEntry, RecordRef } from '../storage/storage.ts'
import type { LogContext } from './log-item.ts'
import type { VisibleEntry } from './visible-changes.ts'

type Change = JournalEntry['changes'][number]

/** Undefined for what the reader may not see now, and for what is not there: alike (S9). */
export type NameOf = (kind: Kind, id: string) => string | undefined

export async function referenceNames(
  { storage, policy }: LogContext,
  asker: Principal,
  entries: readonly VisibleEntry[],
): Promise<NameOf> {
  const refs = new Map<string, RecordRef>()
  for (const { entry } of entries)
    for (const change of entry.changes)
      for (const ref of referencesOf(entry.record.kind, change)) refs.set(recordKey(ref.kind, ref.id), ref)
  // Of colleagues everybody may know the name.
  const asked = [...refs.values()].filter(({ kind }) => kind !== 'worker')
  const targets = await loadTargets(
    storage,
    asked.map((ref) => ({ ...ref, accountId: null })),
  )
  const titles = new Map<string, string>()
  for (const target of targets)
    if (target.row !== null && isAllowed(decide(asker, 'view', target)))
      titles.set(recordKey(target.kind, target.id), kindSpecs[target.kind].title(target.row) || target.id)
  return (kind, id) =>
    kind === 'worker' ? policy.directory.workers.get(id)?.name : titles.get(recordKey(kind, id))
}

/** The kind of record that the whole value of a field is an id of; null for every other field. */
export function referredKind(kind: Kind, key: string): Kind | null {
  const type = typeOf(kind, key)
  return type?.type === 'reference' ? type.kind : null
}

function referencesOf(kind: Kind, { field, old, new: next }: Change): readonly RecordRef[] {
  const whole = referredKind(kind, field)
  if (whole !== null)
    return [old, next].flatMap((id) => (typeof id === 'string' && id !== '' ? [{ kind: whole, id }] : []))
  const { entry } = splitFieldKey(field)
  const type = typeOf(kind, field)
  const of = type?.type === 'set' || type?.type === 'map' ? type.entry : null
  return of?.type === 'reference' && entry !== null ? [{ kind: of.kind, id: entry }] : []
}

function typeOf(kind: Kind, key: string) {
  const { field } = splitFieldKey(key)
  return Object.hasOwn(kindSpecs[kind].fields, field) ? kindSpecs[kind].fields[field]?.type : undefined
}
