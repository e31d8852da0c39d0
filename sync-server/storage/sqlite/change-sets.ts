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
  const window = db.prepare(`
    SELECT min(number) AS first, max(number) AS last FROM change_sets WHERE server_time >= ? AND server_time < ?`)
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

  /**
   * Between which numbers a time lies. Times run with numbers but where a clock was set (D24): these bound what is looked
   * at, and the times decide.
   */
  function numbersWithin({ from = earliest, until = latest }: Pick<ChangeSetQuery, 'from' | 'until'>): {
    readonly first: number
    readonly last: number
  } {
    const line = window.get(from, until)
    return { first: Number(line?.['first'] ?? 0), last: Number(line?.['last'] ?? 0) }
  }

  return {
    async changeSets(query) {
      const { from, until } = query
      const numbers = from === undefined && until === undefined ? null : numbersWithin(query)
      const { sql, values } = selectionOf(
        numbers === null ? query : { ...query, before: Math.min(query.before, numbers.last + 1) },
        numbers?.first ?? 0,
      )
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

const earliest = Number.MIN_SAFE_INTEGER
const latest = Number.MAX_SAFE_INTEGER

/**
 * As many texts as there are ways to combine filters: values are bound, never written into one. `first`: no number below
 * it fits.
 */
function selectionOf(query: ChangeSetQuery, first: number): Selection {
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
  if (from !== undefined || until !== undefined) {
    // By number, not by the index of times, whose order is another one.
    where.push('s.number >= :first', '+s.server_time >= :from', '+s.server_time < :until')
    Object.assign(values, { first, from: from ?? earliest, until: until ?? latest })
  }
  if (kind !== undefined) values['kind'] = kind
  // A kind's own index is walked in the order of the log, but for the few that an author or a record has.
  const isWalked = kind !== undefined && byAuthor === null && byRecord === null
  if (kind !== undefined && !isWalked)
    where.push('EXISTS (SELECT 1 FROM change_set_counts c WHERE c.kind = :kind AND c.number = s.number)')
  const source = isWalked
    ? `change_set_counts c CROSS JOIN change_sets s ON s.number = c.number
       WHERE c.kind = :kind AND c.number < :before`
    : 'change_sets s WHERE s.number < :before'
  const order = isWalked ? 'c.number' : 's.number'
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
