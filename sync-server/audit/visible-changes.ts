/**
 * What of a change set one asker may see: the changes of records that they may read now. The rest is neither shown nor
 * counted (GATE 34), and a change set of which nothing is left does not exist for them (S9).
 */
import { decide } from '../../core/access/decide.ts'
import { readScope } from '../../core/access/read-scope.ts'
import { isAllowed, type Principal } from '../../core/access/types.ts'
import type { Change } from '../../core/documents/types.ts'
import { type Kind, type Row, recordKey } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { isRestricted, loadTargets } from '../http/visible-records.ts'
import type { ChangeSet, JournalEntry, RecordRef, Storage } from '../storage/storage.ts'

/** One record as one entry of the journal changed it. */
export interface VisibleEntry {
  readonly entry: JournalEntry
  readonly row: Row
  readonly title: string
  /** It made the record. */
  readonly creates: boolean
}

/** Entries that are read at once. */
const PAGE = 500

/** Entries that are counted for who sees only part of the records; beyond, the count is "at least". */
const COUNTED_MAX = 2_000

export interface Seen {
  readonly records: number
  readonly changes: number
  readonly isAtLeast: boolean
  /** Of what is seen. */
  readonly kinds: ReadonlySet<Kind>
  /** The first of them. */
  readonly entries: readonly VisibleEntry[]
}

/** The entries that the asker may see, in order, a page at a time. `isWanted` may leave out whole kinds before. */
export async function* visibleEntries(
  storage: Storage,
  asker: Principal,
  { number }: ChangeSet,
  { after = 0, page = PAGE, isWanted = () => true }: Reading = {},
): AsyncGenerator<readonly VisibleEntry[]> {
  for (let from = after; ; ) {
    const entries = await storage.entriesOf(number, from, page)
    yield await visibleOf(
      storage,
      asker,
      entries.filter(({ record }) => isWanted(record.kind)),
    )
    const last = entries.at(-1)
    if (last === undefined || entries.length < page) return
    from = last.seq
    // An import of 20,000 rows is many pages: others are served in between.
    await new Promise((resume) => setImmediate(resume))
  }
}

interface Reading {
  /** Number of the entry that the page before ended with. */
  readonly after?: number
  readonly page?: number
  readonly isWanted?: (kind: Kind) => boolean
}

async function visibleOf(
  storage: Storage,
  asker: Principal,
  entries: readonly JournalEntry[],
): Promise<readonly VisibleEntry[]> {
  const targets = await targetsOf(storage, entries)
  return entries.flatMap((entry, index): readonly VisibleEntry[] => {
    const target = targets[index]
    if (target === undefined || target.row === null || !isAllowed(decide(asker, 'view', target))) return []
    const { row } = target
    const title = kindSpecs[row.kind].title(row) || row.id
    return [{ entry, row, title, creates: entry.keysBefore.length === 0 }]
  })
}

async function targetsOf(storage: Storage, entries: readonly JournalEntry[]) {
  const refs = new Map<string, RecordRef>()
  for (const { record } of entries) refs.set(recordKey(record.kind, record.id), record)
  const targets = await loadTargets(
    storage,
    [...refs.values()].map((ref) => ({ ...ref, accountId: null })),
  )
  const byKey = new Map([...refs.keys()].map((key, index) => [key, targets[index]]))
  return entries.map(({ record }) => byKey.get(recordKey(record.kind, record.id)))
}

/** Null for a change set of which the asker may see nothing. */
export async function seenOf(
  storage: Storage,
  asker: Principal,
  set: ChangeSet,
  shown: number,
): Promise<Seen | null> {
  const seesAll = set.counts.every(({ kind }) => reads(asker, kind) === 'all')
  if (set.counts.every(({ kind }) => reads(asker, kind) === 'none')) return null
  const entries: VisibleEntry[] = []
  const records = new Set<string>()
  const kinds = new Set<Kind>()
  let [changes, counted, isAtLeast] = [0, 0, false]
  for await (const page of visibleEntries(storage, asker, set, { page: seesAll ? shown : PAGE })) {
    for (const visible of page) {
      const { record } = visible.entry
      records.add(recordKey(record.kind, record.id))
      kinds.add(record.kind)
      changes += visible.entry.changes.length
      if (entries.length < shown) entries.push(visible)
    }
    counted += page.length
    if (seesAll) break
    isAtLeast = counted >= COUNTED_MAX
    if (isAtLeast) break
  }
  if (entries.length === 0) return null
  if (!seesAll) return { records: records.size, changes, isAtLeast, kinds, entries }
  const sum = (what: 'records' | 'changes') => set.counts.reduce((total, count) => total + count[what], 0)
  return {
    records: sum('records'),
    changes: sum('changes'),
    isAtLeast: false,
    kinds: new Set(set.counts.map(({ kind }) => kind)),
    entries,
  }
}

function reads(asker: Principal, kind: Kind): 'all' | 'some' | 'none' {
  const { type } = readScope(asker, kind)
  if (type === 'nothing') return 'none'
  return type === 'everything' && !isRestricted(asker, kind) ? 'all' : 'some'
}

/** So many of the entries that the asker may see, from where the page before ended; and whether there are more. */
export async function pageOfSeen(
  storage: Storage,
  asker: Principal,
  set: ChangeSet,
  after: number,
  limit: number,
): Promise<{ readonly entries: readonly VisibleEntry[]; readonly cursor: number | null }> {
  const found: VisibleEntry[] = []
  for await (const page of visibleEntries(storage, asker, set, { after, page: limit })) {
    found.push(...page)
    // One more than is shown: what is hidden makes no page (GATE 34).
    if (found.length > limit) break
  }
  const entries = found.slice(0, limit)
  return { entries, cursor: found.length > limit ? (entries.at(-1)?.entry.seq ?? null) : null }
}

/** Changes one by one with the record that each is of. */
export function changesIn(
  entries: readonly VisibleEntry[],
): readonly { readonly visible: VisibleEntry; readonly change: Change }[] {
  return entries.flatMap((visible) => visible.entry.changes.map((change) => ({ visible, change })))
}
