/**
 * Scope: which accounts, and what hangs on them, a worker reaches; as keys that lists, tables and feeds index.
 *
 * The account filter alone decides (S2); user types organization and partner widen `rep` (S3).
 */
import type { KindSpec, Row } from '../records/kind-spec.ts'
import type { Directory, Instant, Scope, ScopeCause, ScopeKey, Worker } from './types.ts'
import { isAdministrator, isLive } from './validity.ts'

export { restrictedBy, restrictionsOf } from './restrictions.ts'

/** Trimmed, upper-cased, leading zeros kept (R-d). Empty for what is no code. */
export function normalRepCode(code: unknown): string {
  return typeof code === 'string' ? code.trim().toUpperCase() : ''
}

/** The keys under which an account, and everything that hangs on it, is reached (S1). */
export function accountKeys(row: Row): readonly ScopeKey[] {
  const keys = new Set<ScopeKey>()
  if (Array.isArray(row.repCodes)) {
    for (const code of row.repCodes) {
      const normal = normalRepCode(code)
      if (normal !== '') keys.add(`rep:${normal}`)
    }
  }
  const aId = trimmed(row.aId)
  if (aId !== '') keys.add(`a:${aId}`)
  keys.add(`account:${row.id}`)
  const owner = trimmed(row.ownerId)
  if (owner !== '') keys.add(`owner:${owner}`)
  return [...keys]
}

/**
 * The keys of any record. Those of an account are its own, those of what hangs on it are its account's (S5), and
 * none without the account; every other record has one key, `<kind>:<id>`.
 */
export function recordKeys(spec: KindSpec, row: Row, account: Row | null): readonly ScopeKey[] {
  switch (spec.scope) {
    case 'own':
      return accountKeys(row)
    case 'account':
      return account === null ? [] : accountKeys(account)
    case 'self':
      return [`${spec.kind}:${row.id}`]
  }
}

const nothing: Scope = { everything: false, keys: new Map() }
const everything: Scope = { everything: true }

export function scopeOf(worker: Worker, directory: Directory, now: Instant): Scope {
  if (!isLive(worker, now)) return nothing
  if (isAdministrator(directory, worker, now)) return everything
  switch (worker.accountsQueryType) {
    case null:
      return nothing
    case 'all':
      return everything
    case 'rep':
      return { everything: false, keys: repKeys(worker, directory) }
    case 'mapped':
      return {
        everything: false,
        keys: new Map(worker.mappedAccounts.map((id) => [`account:${id}`, { type: 'mapped' }])),
      }
    case 'my-acct': {
      const aId = trimmed(worker.aId)
      const keys = new Map<ScopeKey, ScopeCause>()
      if (aId !== '') keys.set(`a:${aId}`, { type: 'a-id', aId })
      return { everything: false, keys }
    }
  }
}

function repKeys(worker: Worker, directory: Directory): ReadonlyMap<ScopeKey, ScopeCause> {
  const keys = new Map<ScopeKey, ScopeCause>()
  for (const code of normalRepCodes(worker)) keys.set(`rep:${code}`, { type: 'own-rep-code', code })
  if (worker.userType !== 'organization' && worker.userType !== 'partner') return keys
  for (const report of everyoneBelow(worker.id, directory)) {
    for (const code of normalRepCodes(report)) {
      const key: ScopeKey = `rep:${code}`
      if (keys.has(key)) continue
      keys.set(key, { type: 'team-rep-code', code, workerId: report.id, workerName: report.name })
    }
  }
  return keys
}

export function normalRepCodes(worker: Worker): readonly string[] {
  return [...new Set(worker.repCodes.map(normalRepCode).filter((code) => code !== ''))]
}

/**
 * Reports, their reports, and so on; inactive ones too (S3). Nearest first, never the worker itself. Everyone has one
 * manager, so that in a circle only the one it starts from can come again.
 */
function everyoneBelow(workerId: string, directory: Directory): readonly Worker[] {
  const below: Worker[] = []
  for (let level: readonly string[] = [workerId]; level.length > 0; ) {
    // Sorted, so that the cause of a code that two reports share does not depend on how the directory was built.
    const reports = level.flatMap((id) => directory.reportsByManager.get(id) ?? []).sort()
    level = reports.filter((id) => id !== workerId)
    for (const id of level) {
      const worker = directory.workers.get(id)
      if (worker !== undefined) below.push(worker)
    }
  }
  return below
}

function trimmed(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
