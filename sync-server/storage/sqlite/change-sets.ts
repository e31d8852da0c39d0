/** The log: change sets, the latest first, and what is in each (D26). */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Kind } from '../../../core/records/kind-spec.ts'
import type { ChangeSet, ChangeSetQuery, JournalEntry, Storage } from '../storage.ts'
import { entryOf } from './journal.ts'

interface Line {
  readonly number: number
  readonly id: string
  readonly author: string
  readonly via: JournalEntry['via']
  readonly device_id: string | null
  readonly device_time: number | null
  readonly server_time: number
  readonly touched: number
  readonly undoes: string | null
  readonly undone_by: string | null
}

interface CountLine {
  readonly number: number
  readonly kind: Kind
  readonly records: number
  readonly changes: number
}

export function createChangeSetReader(
  db: DatabaseSync,
): Pick<Storage, 'changeSets' | 'changeSet' | 'entriesOf'> {
  const one = db.prepare('SELECT * FROM change_sets WHERE id = ?')
  const counts = db.prepare(`
    SELECT c.number, c.kind, c.records, c.changes FROM json_each(?) j
    CROSS JOIN change_set_counts c ON c.number = j.value ORDER BY c.kind`)
  const entries = db.prepare(
    'SELECT entry FROM journal WHERE change_set = ? AND seq > ? ORDER BY seq LIMIT ?',
  )
  const statements = new Map<string, StatementSync>()

  function withCounts(lines: readonly Line[]): readonly ChangeSet[] {
    const found = counts.all(JSON.stringify(lines.map(({ number }) => number))) as unknown as CountLine[]
    const byNumber = Map.groupBy(found, ({ number }) => number)
    return lines.map((line) => ({
      number: line.number,
      id: line.id,
      author: line.author,
      via: line.via,
      deviceId: line.device_id,
      deviceTime: line.device_time,
      serverTime: line.server_time,
      touched: line.touched,
      undoes: line.undoes,
      undoneBy: line.undone_by,
      counts: (byNumber.get(line.number) ?? []).map(({ kind, records, changes }) => ({
        kind,
        records,
        changes,
      })),
    }))
  }

  return {
    async changeSets(query) {
      const { sql, values } = selectionOf(query)
      let statement = statements.get(sql)
      if (statement === undefined) statements.set(sql, (statement = db.prepare(sql)))
      return withCounts(statement.all(values) as unknown as Line[])
    },
    async changeSet(id) {
      const line = one.get(id) as unknown as Line | undefined
      return line === undefined ? null : (withCounts([line])[0] ?? null)
    },
    async entriesOf(changeSet, after, limit) {
      return entries.all(changeSet, after, limit).flatMap((line) => entryOf(line) ?? [])
    },
  }
}

interface Selection {
  readonly sql: string
  readonly values: Record<string, SQLInputValue>
}

/** As many texts as there are ways to combine filters: values are bound, never written into one. */
function selectionOf(query: ChangeSetQuery): Selection {
  const { authors, via, kind, records, either = false, from, until, before, limit } = query
  const values: Record<string, SQLInputValue> = { before, limit }
  const where: string[] = []
  const byAuthor = authors === undefined ? null : oneOrSeveral('s.author', 'author', authors, values)
  const byRecord =
    records === undefined
      ? null
      : `s.number IN (SELECT g.change_set FROM json_each(:records) j
         CROSS JOIN journal g ON g.kind = j.value ->> 0 AND g.id = j.value ->> 1
         WHERE g.change_set IS NOT NULL)`
  if (records !== undefined) values['records'] = JSON.stringify(records.map((ref) => [ref.kind, ref.id]))
  if (either && byAuthor !== null && byRecord !== null) where.push(`(${byAuthor} OR ${byRecord})`)
  else where.push(...[byAuthor, byRecord].filter((part) => part !== null))
  if (via !== undefined) where.push(oneOrSeveral('s.via', 'via', via, values))
  if (from !== undefined) where.push('s.server_time >= :from')
  if (until !== undefined) where.push('s.server_time < :until')
  if (from !== undefined) values['from'] = from
  if (until !== undefined) values['until'] = until
  // A kind's own index is walked in the order of the log; without one the log itself is.
  const source =
    kind === undefined
      ? 'change_sets s WHERE s.number < :before'
      : `change_set_counts c CROSS JOIN change_sets s ON s.number = c.number
         WHERE c.kind = :kind AND c.number < :before`
  if (kind !== undefined) values['kind'] = kind
  const order = kind === undefined ? 's.number' : 'c.number'
  const conditions = where.map((part) => ` AND ${part}`).join('')
  return { sql: `SELECT s.* FROM ${source}${conditions} ORDER BY ${order} DESC LIMIT :limit`, values }
}

/** One value is found by its index in the order of the log; several are gathered first. */
function oneOrSeveral(
  column: string,
  name: string,
  wanted: readonly string[],
  values: Record<string, SQLInputValue>,
): string {
  const [only] = wanted
  values[name] = wanted.length === 1 && only !== undefined ? only : JSON.stringify(wanted)
  return wanted.length === 1 ? `${column} = :${name}` : `${column} IN (SELECT value FROM json_each(:${name}))`
}
