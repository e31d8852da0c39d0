/** What was opened through a match, in the order in which it was: written once, never changed (S13). */
import type { DatabaseSync } from 'node:sqlite'
import type { Kind } from '../../../core/records/kind-spec.ts'
import type { AccessEntry, Storage } from '../storage.ts'

interface Line {
  readonly entry: number
  readonly worker_id: string
  readonly kind: Kind
  readonly id: string
  readonly via: AccessEntry['via']
  readonly at: number
}

export function createAccessLog(db: DatabaseSync): Pick<Storage, 'logAccess' | 'accessLog'> {
  const append = db.prepare('INSERT INTO access_log (worker_id, kind, id, via, at) VALUES (?, ?, ?, ?, ?)')
  const page = db.prepare('SELECT * FROM access_log WHERE entry < ? ORDER BY entry DESC LIMIT ?')

  return {
    async logAccess({ workerId, record, via, at }) {
      append.run(workerId, record.kind, record.id, via, at)
    },
    async accessLog({ limit, cursor }) {
      const lines = page.all(entryBefore(cursor), limit + 1) as unknown as Line[]
      const shown = lines.slice(0, limit)
      const last = shown.at(-1)
      return {
        entries: shown.map(({ worker_id: workerId, kind, id, via, at }) => ({
          workerId,
          record: { kind, id },
          via,
          at,
        })),
        cursor: lines.length > shown.length && last !== undefined ? String(last.entry) : null,
      }
    },
  }
}

/** It comes back from outside; what cannot be read begins at the beginning. */
function entryBefore(cursor: string | null): number {
  const entry = Number(cursor)
  return cursor !== null && Number.isSafeInteger(entry) && entry > 0 ? entry : Number.MAX_SAFE_INTEGER
}
