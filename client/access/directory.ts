/**
 * The directory on an admin's device: all workers and groups as the permission engine reads them, from local rows.
 * Who may not see all of them has none; then hard rules are the server's alone.
 */
import { atPolicyVersion, makeDirectory, withGroup, withWorkers } from '../../core/access/directory.ts'
import { catalogueFromSettings, groupFromRow, workerFromRow } from '../../core/access/from-rows.ts'
import { readScope } from '../../core/access/read-scope.ts'
import type { Directory, Principal } from '../../core/access/types.ts'
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import { settingsId } from '../../core/records/settings.ts'
import type { Replica } from '../replica/database.ts'
import { followChanges } from '../replica/changes.ts'
import { listKeys } from '../reactive/list-keys.ts'

/** Null where the principal does not see every worker and every group. */
export async function readDirectory(db: Replica, principal: Principal): Promise<Directory | null> {
  if (!seesAll(principal)) return null
  const [workers, groups, settings] = await Promise.all([
    rowsOf(db, 'worker'),
    rowsOf(db, 'group'),
    db.records.get(recordKey('settings', settingsId)),
  ])
  return makeDirectory(
    catalogueFromSettings(settings?.row ?? null),
    workers.map(workerFromRow),
    groups.map(groupFromRow),
    principal.policyVersion,
  )
}

function seesAll(principal: Principal): boolean {
  return (['worker', 'group'] as const).every((kind) => readScope(principal, kind).type === 'everything')
}

async function rowsOf(db: Replica, kind: 'worker' | 'group') {
  const records = await db.records.bulkGet(await listKeys(db, { kind }))
  return records.flatMap((record) => record?.row ?? [])
}

export interface DirectoryCache {
  /** As the database has it now; only what changed since the last time is read again. */
  get(principal: Principal): Promise<Directory | null>
  /** Called after each change of a worker, group or setting; returns its own removal. */
  onChange(listener: () => void): () => void
  close(): void
}

export function cacheDirectory(db: Replica): DirectoryCache {
  let known: Promise<Directory | null> | null = null
  const changed = new Set<RecordKey>()
  const listeners = new Set<() => void>()
  const close = followChanges(db, (keys) => {
    const concerned = keys.filter((key) => /^(worker|group|settings)\//.test(key))
    if (concerned.length === 0) return
    for (const key of concerned) changed.add(key)
    for (const listener of listeners) listener()
  })
  return {
    get: async (principal) => {
      if (!seesAll(principal)) return null
      const keys = [...changed]
      changed.clear()
      const before = known
      known = (async () => {
        const directory = await before?.catch(() => null)
        return (directory && (await withChanged(db, directory, keys))) ?? (await readDirectory(db, principal))
      })()
      const directory = await known
      return directory && atPolicyVersion(directory, principal.policyVersion)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
  }
}

/** Null where it has to be read anew: something went, or the features themselves are others. */
async function withChanged(
  db: Replica,
  directory: Directory,
  keys: readonly RecordKey[],
): Promise<Directory | null> {
  if (keys.length === 0) return directory
  const records = await db.records.bulkGet([...keys])
  const rows = records.flatMap((record) => record?.row ?? [])
  if (rows.length < keys.length || rows.some(({ kind }) => kind === 'settings')) return null
  const { policyVersion } = directory
  const workers = rows.filter(({ kind }) => kind === 'worker').map(workerFromRow)
  return rows
    .filter(({ kind }) => kind === 'group')
    .reduce(
      (next, row) => withGroup(next, groupFromRow(row), policyVersion),
      withWorkers(directory, workers, policyVersion),
    )
}
