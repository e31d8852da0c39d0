/**
 * What was opened through a match and what was done to logins and devices, in the order in which it was: written once,
 * never changed (S13, P31).
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Kind } from '../../../core/records/kind-spec.ts'
import type { AccessEntry, AccessQuery, LoggedAccess, Storage } from '../storage.ts'

interface Line {
  readonly entry: number
  readonly uid: string
  readonly worker_id: string
  readonly kind: Kind
  readonly id: string
  readonly via: AccessEntry['via']
  readonly device_id: string | null
  readonly at: number
}

export function createAccessLog(
  db: DatabaseSync,
): Pick<Storage, 'logAccess' | 'accessEntries' | 'accessEntry'> {
  const append = db.prepare(`
    INSERT INTO access_log (uid, worker_id, kind, id, via, device_id, at)
    VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?)`)
  const one = db.prepare('SELECT * FROM access_log WHERE uid = ?')

  return {
    async logAccess({ workerId, record, via, deviceId, at }) {
      append.run(workerId, record.kind, record.id, via, deviceId, at)
    },
    async accessEntries(query) {
      const { where, values } = conditionsOf(query)
      const lines = db
        .prepare(`SELECT * FROM access_log a WHERE ${where} ORDER BY entry DESC LIMIT :limit`)
        .all(values) as unknown as Line[]
      return lines.map(toLogged)
    },
    async accessEntry(id) {
      const line = one.get(id) as unknown as Line | undefined
      return line === undefined ? null : toLogged(line)
    },
  }
}

function toLogged(line: Line): LoggedAccess {
  return {
    id: line.uid,
    number: line.entry,
    workerId: line.worker_id,
    record: { kind: line.kind, id: line.id },
    via: line.via,
    deviceId: line.device_id,
    at: line.at,
  }
}

/** Values are bound, never written into the text. */
function conditionsOf({
  vias,
  authors,
  kind,
  records,
  either = false,
  from,
  until,
  before,
  limit,
}: AccessQuery): { readonly where: string; readonly values: Record<string, SQLInputValue> } {
  const values: Record<string, SQLInputValue> = { before, limit }
  const given = (name: string, value: unknown, text: string): readonly string[] => {
    if (value === undefined) return []
    values[name] = typeof value === 'object' ? JSON.stringify(value) : (value as SQLInputValue)
    return [text]
  }
  const named = [
    ...given('authors', authors, 'a.worker_id IN (SELECT value FROM json_each(:authors))'),
    ...given(
      'records',
      records?.map((ref) => [ref.kind, ref.id]),
      '(a.kind, a.id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:records))',
    ),
  ]
  const where = [
    'a.entry < :before',
    ...(either && named.length > 0 ? [`(${named.join(' OR ')})`] : named),
    ...given('vias', vias, 'a.via IN (SELECT value FROM json_each(:vias))'),
    ...given('kind', kind, 'a.kind = :kind'),
    ...given('from', from, 'a.at >= :from'),
    ...given('until', until, 'a.at < :until'),
  ]
  return { where: where.join(' AND '), values }
}
