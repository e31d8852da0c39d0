/**
 * What a change of workers, groups or settings would do, before it is saved (P28): whether its author may make it, and
 * who would gain or lose what. The same functions as in the gate; an admin's device asks while the admin types.
 */
import { checkChange, type ChangedRecord } from './check-change.ts'
import {
  catalogueFromSettings,
  groupFromRow,
  withCatalogue,
  withGroup,
  withWorkers,
  workerFromRow,
} from './directory.ts'
import { affectedWorkers } from './hard-rules/affected-workers.ts'
import type { DirectoryChange } from './hard-rules/change.ts'
import { matchesBeyond } from './hard-rules/holdings.ts'
import { compile } from './principal.ts'
import { readScope } from './read-scope.ts'
import { holdsRight } from './rights-table.ts'
import type { Decision, Directory, Instant, Principal } from './types.ts'
import type { Row } from '../records/kind-spec.ts'

export interface ProposedChange {
  /** The row of a worker, a group or the settings as it would be. */
  readonly row: Row
  /** Keys or names of the fields that differ. */
  readonly fields: readonly string[]
}

/** What a change does to one worker. */
export interface Effect {
  readonly workerId: string
  readonly name: string
  readonly gains: readonly string[]
  readonly loses: readonly string[]
  /** Scope keys that come and go; both empty where one of the scopes is everything. */
  readonly scopeGains: readonly string[]
  readonly scopeLoses: readonly string[]
  /** Whether the scope becomes everything, or ceases to be. */
  readonly everything: 'gained' | 'lost' | null
  /** Whether other accounts are seen: by another scope, other restrictions, or the right to see accounts at all. */
  readonly seesOthers: boolean
  /** Whether Check for Match opens the accounts of others to them, or no longer does (S12). */
  readonly matches: 'opened' | 'closed' | null
}

export interface DryRun {
  readonly decision: Decision
  readonly before: Directory
  readonly after: Directory
  /** Those whose access would be another one, by name. */
  readonly effects: readonly Effect[]
}

/** Several records are one change, judged as it is when all of them are saved. */
export function dryRun(
  directory: Directory,
  author: Principal,
  changes: readonly ProposedChange[],
  now: Instant,
): DryRun {
  const after = withProposed(directory, changes)
  const changed = changes.flatMap(({ row, fields }): readonly ChangedRecord[] =>
    row.kind === 'worker' || row.kind === 'group' || row.kind === 'settings'
      ? [{ kind: row.kind, id: row.id, fields }]
      : [],
  )
  const change = { before: directory, after, author, now, changed }
  return { decision: checkChange(change), before: directory, after, effects: effectsOf(change) }
}

/** The directory with these rows in it; rows of kinds that it does not hold change nothing. */
export function withProposed(
  directory: Directory,
  changes: readonly Pick<ProposedChange, 'row'>[],
): Directory {
  const { policyVersion } = directory
  const workers = changes.flatMap(({ row }) => (row.kind === 'worker' ? [workerFromRow(row)] : []))
  const start = workers.length === 0 ? directory : withWorkers(directory, workers, policyVersion)
  return changes.reduce((next, { row }) => {
    if (row.kind === 'group') return withGroup(next, groupFromRow(row), policyVersion)
    if (row.kind === 'settings') return withCatalogue(next, catalogueFromSettings(row), policyVersion)
    return next
  }, start)
}

/** Who would gain or lose what by a change of the directory; nobody whose access stays as it is. */
export function effectsOf(
  change: Pick<DirectoryChange, 'before' | 'after' | 'changed' | 'now'>,
): readonly Effect[] {
  const { before, after, now } = change
  return [...affectedWorkers(change)]
    .map((id) => effectOn(compile(before, id, now), compile(after, id, now)))
    .filter((effect) => effect !== null)
    .sort((a, b) => a.name.localeCompare(b.name) || (a.workerId < b.workerId ? -1 : 1))
}

function effectOn(before: Principal, after: Principal): Effect | null {
  const [gains, loses] = featureDifference(before, after)
  const [scopeBefore, scopeAfter] = [keysOf(before), keysOf(after)]
  const comparable = scopeBefore !== null && scopeAfter !== null
  const effect: Effect = {
    workerId: after.workerId,
    name: after.name || before.name,
    gains,
    loses,
    scopeGains: comparable ? [...scopeAfter].filter((key) => !scopeBefore.has(key)) : [],
    scopeLoses: comparable ? [...scopeBefore].filter((key) => !scopeAfter.has(key)) : [],
    everything: comparable || scopeBefore === scopeAfter ? null : scopeAfter === null ? 'gained' : 'lost',
    seesOthers: seenThrough(before) !== seenThrough(after),
    matches: opensMatches(after, before) ? 'opened' : opensMatches(before, after) ? 'closed' : null,
  }
  const { scopeGains, scopeLoses, everything, seesOthers, matches } = effect
  const isSame =
    [gains, loses, scopeGains, scopeLoses].every((list) => list.length === 0) &&
    everything === null &&
    !seesOthers &&
    matches === null
  return isSame ? null : effect
}

function featureDifference(before: Principal, after: Principal): readonly [string[], string[]] {
  const beyond = (one: Principal, other: Principal): string[] =>
    [...one.rights.keys()].filter(
      (feature) => holdsRight(one.rights, feature) && !holdsRight(other.rights, feature),
    )
  return [beyond(after, before), beyond(before, after)]
}

/** By the match alone: who reaches every account needs none. */
function opensMatches(one: Principal, other: Principal): boolean {
  return !one.scope.everything && matchesBeyond(one, other) !== null
}

/** Null for everything. */
function keysOf({ scope }: Principal): ReadonlySet<string> | null {
  return scope.everything ? null : new Set(scope.keys.keys())
}

/** The accounts that are seen, as a text that is the same for the same ones. */
function seenThrough(principal: Principal): string {
  const scope = readScope(principal, 'account')
  const keys = scope.type === 'keys' ? [...scope.keys].sort() : scope.type
  return JSON.stringify([keys, scope.type === 'nothing' ? null : principal.restrictions])
}
