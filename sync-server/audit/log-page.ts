/**
 * The log, the latest first: change sets and what changes no record in one list by time (D26, D29). Each of the two keeps
 * its own order, whatever a clock that was set says of the times.
 */
import type { Principal } from '../../core/access/types.ts'
import type { ChangeSet } from '../storage/storage.ts'
import { accessSorts, seenAccess, type SeenAccess } from './access-events.ts'
import { type LogContext, surfaces } from './log-item.ts'
import { type LogFilters, type Selection, selectionFor } from './log-query.ts'
import { type Seen, seenOf } from './visible-changes.ts'

/** Entries of either sort that are looked at for one page; those beyond come with the next. */
const SCANNED_MAX = 1_000
const STEP = 100

export type LogEntry =
  | { readonly type: 'changes'; readonly set: ChangeSet; readonly seen: Seen }
  | ({ readonly type: 'access' } & SeenAccess)

/** Where each of the two goes on, that entry included: a change set's number, an access entry's id. Null at its end. */
export interface Position {
  readonly changes: number | null
  readonly access: string | null
}

/** Where a reader begins who has seen nothing. */
const TOP = Number.MAX_SAFE_INTEGER - 1

export interface LogPage {
  readonly entries: readonly LogEntry[]
  /** Where the next page begins; null at the end. */
  readonly next: Position | null
}

/** At most `limit` entries; `shown` entries of the journal for each change set. `from` null is the beginning. */
export async function logPage(
  context: LogContext,
  asker: Principal,
  filters: LogFilters,
  { from, limit, shown }: { readonly from: Position | null; readonly limit: number; readonly shown: number },
): Promise<LogPage> {
  const selection = await selectionFor(context, asker, filters)
  if (selection === null) return { entries: [], next: null }
  const question = { context, asker, filters, selection }
  const changes = seenSets(question, from === null ? TOP : from.changes, shown)
  const access = seenEntries(question, from === null ? TOP : await numberOf(context, from.access))
  let [set, event] = [await next(changes), await next(access)]
  const entries: LogEntry[] = []
  // There is more where one more may be seen: what is hidden makes no page (GATE 34).
  while (entries.length < limit && set?.found !== null && event?.found !== null) {
    if (set !== null && (event === null || set.found.set.serverTime >= event.found.entry.at)) {
      entries.push({ type: 'changes', ...set.found })
      set = await next(changes)
    } else if (event !== null) {
      entries.push({ type: 'access', ...event.found })
      event = await next(access)
    } else break
  }
  const isEnd = set === null && event === null
  return { entries, next: isEnd ? null : { changes: set?.at ?? null, access: event?.at ?? null } }
}

/** The next that the asker sees; `found` is null where looking was broken off, to go on with the next page. */
interface Step<T, Place> {
  readonly found: T | null
  readonly at: Place
}

interface Question {
  readonly context: LogContext
  readonly asker: Principal
  readonly filters: LogFilters
  readonly selection: Selection
}

async function* seenSets(
  { context, asker, filters: { what, kind, surface }, selection }: Question,
  from: number | null,
  shown: number,
): AsyncGenerator<Step<{ readonly set: ChangeSet; readonly seen: Seen }, number>> {
  if (from === null || (what !== null && what !== 'changes')) return
  const query = { ...selection, ...(surface !== null && { via: [surfaces[surface]] }) }
  let before = from + 1
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += STEP) {
    const step = await context.storage.changeSets({ ...query, before, limit: STEP })
    for (const set of step) {
      before = set.number
      const seen = await seenOf(context.storage, asker, set, shown)
      if (seen === null || (kind !== null && !seen.kinds.has(kind))) continue
      yield { found: { set, seen }, at: set.number }
    }
    if (step.length < STEP) return
  }
  yield { found: null, at: before - 1 }
}

async function* seenEntries(
  { context, asker, filters: { what, surface }, selection }: Question,
  from: number | null,
): AsyncGenerator<Step<SeenAccess, string>> {
  // Nothing was written: it came by none of the ways in.
  if (from === null || what === 'changes' || surface !== null) return
  const query = { ...selection, ...(what !== null && { vias: accessSorts[what] }) }
  let before = from + 1
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += STEP) {
    const step = await context.storage.accessEntries({ ...query, before, limit: STEP })
    for (const entry of step) {
      before = entry.number
      const seen = await seenAccess(context, asker, entry)
      if (seen !== null) yield { found: seen, at: entry.id }
    }
    const last = step.at(-1)
    if (last === undefined || step.length < STEP) return
    if (scanned + STEP >= SCANNED_MAX) yield { found: null, at: last.id }
  }
}

async function next<T>(steps: AsyncGenerator<T>): Promise<T | null> {
  const { done, value } = await steps.next()
  return done ? null : value
}

/** What is not an entry's id comes back from outside: nothing follows it. */
async function numberOf({ storage }: LogContext, id: string | null): Promise<number | null> {
  return id === null ? null : ((await storage.accessEntry(id))?.number ?? null)
}

/** As an address has it. */
export function writePosition({ changes, access }: Position): string {
  return `${changes ?? ''}.${access ?? ''}`
}

/** It comes back from outside; what cannot be read begins at the beginning. */
export function readPosition(cursor: string | undefined): Position | null {
  const parts = /^(\d{1,15})?\.([0-9a-f]{32})?$/.exec(cursor ?? '')
  if (parts === null) return null
  const [, changes, access] = parts
  return { changes: changes === undefined ? null : Number(changes), access: access ?? null }
}
