/** A change set as JSON: who, when, by which way, and what of it the asker may see. */
import { decideKind } from '../../core/access/decide.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import type { FieldValue, Kind } from '../../core/records/kind-spec.ts'
import { changeLabel } from '../../core/records/change-label.ts'
import type { Policy } from '../gate/policy.ts'
import type { ChangeSet, JournalEntry, Storage } from '../storage/storage.ts'
import { changesIn, type Seen, type VisibleEntry } from './visible-changes.ts'

export interface LogContext {
  readonly storage: Storage
  readonly policy: Policy
}

/** The way that a change came, as the log calls it. */
export const surfaces = {
  screen: 'link',
  room: 'room',
  import: 'import',
  'command-line': 'operator',
  server: 'server',
  review: 'review',
  undo: 'undo',
} as const satisfies Record<string, JournalEntry['via']>
export type Surface = keyof typeof surfaces

const surfaceByVia = Object.fromEntries(
  Object.entries(surfaces).map(([surface, via]) => [via, surface]),
) as Record<JournalEntry['via'], Surface>

/** Changes of one change set in a list; the rest of them is asked for by its address. */
export const CHANGES_SHOWN = 20

/** Characters of a value in a list. */
const VALUE_SHOWN = 200

/** Null for the command line and for the server. */
export function actorOf(policy: Policy, author: string) {
  if (author === 'operator' || author === 'server') return null
  return { id: author, name: policy.directory.workers.get(author)?.name || author }
}

export async function headOf({ storage, policy }: LogContext, asker: Principal, set: ChangeSet) {
  return {
    type: 'changes' as const,
    id: set.id,
    at: new Date(set.serverTime).toISOString(),
    deviceAt: set.deviceTime === null ? null : new Date(set.deviceTime).toISOString(),
    actor: actorOf(policy, set.author),
    /** Nobody acts for somebody else yet. */
    actingAs: null,
    surface: surfaceByVia[set.via],
    device: set.deviceId,
    /** Of other workers it tells only who may see workers. */
    touched: isAllowed(decideKind(asker, 'view', 'worker')) ? set.touched : null,
    undoes: await briefOf(storage, policy, set.undoes),
    undoneBy: await briefOf(storage, policy, set.undoneBy),
  }
}

export async function itemOf(context: LogContext, asker: Principal, set: ChangeSet, seen: Seen) {
  const changes = changesIn(seen.entries).slice(0, CHANGES_SHOWN)
  return {
    ...(await headOf(context, asker, set)),
    ...countsOf(seen),
    changes: changes.map(({ visible, change }) =>
      toChange(context.policy, asker, visible, { ...change, old: clip(change.old), new: clip(change.new) }),
    ),
    more: seen.changes > changes.length || seen.isAtLeast,
  }
}

export function countsOf({ records, changes, isAtLeast }: Seen) {
  return { records, changeCount: changes, isAtLeast }
}

export function toChange(
  { directory: { catalogue, groups, workers } }: Policy,
  asker: Principal,
  { entry: { record }, title, creates }: VisibleEntry,
  change: JournalEntry['changes'][number],
) {
  // Of colleagues everybody may know the name; of groups who may see groups; of accounts an entry says the id.
  const seesGroups = isAllowed(decideKind(asker, 'view', 'group'))
  const titleOf = (kind: Kind, id: string): string | undefined => {
    if (kind === 'group') return seesGroups ? groups.get(id)?.name : undefined
    return kind === 'worker' ? workers.get(id)?.name : undefined
  }
  return {
    record: { kind: record.kind, id: record.id, title },
    creates,
    field: change.field,
    label: changeLabel(record.kind, change.field, catalogue, titleOf),
    old: change.old,
    new: change.new,
  }
}

/** The other end of taking back, as far as it says who and when. */
async function briefOf(storage: Storage, policy: Policy, id: string | null) {
  const set = id === null ? null : await storage.changeSet(id)
  if (set === null) return null
  return { id: set.id, at: new Date(set.serverTime).toISOString(), actor: actorOf(policy, set.author) }
}

function clip(value: FieldValue): FieldValue {
  return typeof value === 'string' && value.length > VALUE_SHOWN
    ? `${value.slice(0, VALUE_SHOWN).toWellFormed()}…`
    : value
}
