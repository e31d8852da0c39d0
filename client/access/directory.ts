/**
 * The directory on an admin's device: all workers and groups as the permission engine reads them, from local rows.
 * Who may not see all of them has none; then hard rules are the server's alone.
 */
import { makeDirectory } from '../../core/access/directory.ts'
import { catalogueFromSettings, groupFromRow, workerFromRow } from '../../core/access/from-rows.ts'
import { readScope } from '../../core/access/read-scope.ts'
import type { Directory, Principal } from '../../core/access/types.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import { settingsId } from '../../core/records/settings.ts'
import type { Replica } from '../replica/database.ts'
import { followChanges } from '../replica/changes.ts'
import { listKeys } from '../reactive/list-keys.ts'

/** Null where the principal does not see every worker and every group. */
export async function readDirectory(db: Replica, principal: Principal): Promise<Directory | null> {
  const seesAll = (['worker', 'group'] as const).every(
    (kind) => readScope(principal, kind).type === 'everything',
  )
  if (!seesAll) return null
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

async function rowsOf(db: Replica, kind: 'worker' | 'group') {
  const records = await db.records.bulkGet(await listKeys(db, { kind }))
  return records.flatMap((record) => record?.row ?? [])
}

export interface DirectoryCache {
  /** As the database has it now; read again only after something in it has changed. */
  get(principal: Principal): Promise<Directory | null>
  /** Called after each change of a worker, group or setting; returns its own removal. */
  onChange(listener: () => void): () => void
  close(): void
}

export function cacheDirectory(db: Replica): DirectoryCache {
  let known: { readonly principal: Principal; readonly directory: Promise<Directory | null> } | null = null
  const listeners = new Set<() => void>()
  const close = followChanges(db, (keys) => {
    if (!keys.some((key) => /^(worker|group|settings)\//.test(key))) return
    known = null
    for (const listener of listeners) listener()
  })
  return {
    get: (principal) => {
      if (known?.principal !== principal) known = { principal, directory: readDirectory(db, principal) }
      return known.directory
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
  }
}
