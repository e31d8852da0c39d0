/**
 * Lists, by title or best match first, a page at a time; and their exact totals.
 *
 * Four ways to answer, each by an index. Everything in order: the index of titles. What is under keys, in order: the
 * index of keys. Words under few records: those records, each compared. Words otherwise: the word index, less what is
 * out of reach.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { kinds } from '../../../core/records/kind-spec.ts'
import type { Damage } from '../damage.ts'
import type { ListQuery, Reach, Storage } from '../storage.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { keysOf, type RecordLine, rowOf } from './records.ts'
import { wordTable } from './schema.ts'
import { matchExpression } from './search.ts'

/** Up to so many records in reach are compared one by one; beyond, the word index is cheaper. */
const comparedMax = 5_000

interface Line {
  readonly rank: number
  readonly sort: string
  readonly rec: number
}

/** `:needles` is a JSON array of the query's words, a blank before each; `:query` the query's words joined by blanks. */
const rank = `CASE
  WHEN substr(r.title, 1, length(:query)) = :query THEN 0
  WHEN NOT EXISTS (SELECT 1 FROM json_each(:needles) n WHERE instr(' ' || r.title, n.value) = 0) THEN 1
  ELSE 2 END`

const underKeys = 'json_each(:keys) j CROSS JOIN record_keys k ON k.key = j.value AND k.kind = :kind'
const afterPosition = '(sort, rec) > (:sort, :rec)'
const afterRanked = '(rank, sort, rec) > (:rank, :sort, :rec)'

export function createLists(db: DatabaseSync, damage: Damage): Pick<Storage, 'list' | 'count'> {
  const all = db.prepare(`
    SELECT 0 AS rank, sort, rec FROM records WHERE kind = :kind AND ${afterPosition}
    ORDER BY sort, rec LIMIT :limit`)
  const underOne = db.prepare(`
    SELECT 0 AS rank, sort, rec FROM record_keys WHERE key = :key AND kind = :kind AND ${afterPosition}
    ORDER BY sort, rec LIMIT :limit`)
  const underMany = db.prepare(`
    SELECT DISTINCT 0 AS rank, k.sort, k.rec FROM ${underKeys} WHERE (k.sort, k.rec) > (:sort, :rec)
    ORDER BY k.sort, k.rec LIMIT :limit`)
  const matches = `
    SELECT ${rank} AS rank, r.sort, r.rec FROM (SELECT DISTINCT k.rec FROM ${underKeys}) k
    JOIN records r ON r.rec = k.rec
    WHERE NOT EXISTS (SELECT 1 FROM json_each(:needles) n WHERE instr(r.words, n.value) = 0)`
  const matchesUnder = db.prepare(`
    SELECT * FROM (${matches}) WHERE ${afterRanked} ORDER BY rank, sort, rec LIMIT :limit`)

  const totalAll = db.prepare('SELECT n FROM record_counts WHERE kind = ?')
  const totalUnderOne = db.prepare('SELECT count(*) AS n FROM record_keys WHERE key = :key AND kind = :kind')
  const totalUnder = db.prepare(`SELECT count(DISTINCT k.rec) AS n FROM ${underKeys}`)
  const fewUnder = db.prepare(
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${underKeys} LIMIT ${comparedMax + 1})`,
  )
  const totalMatchesUnder = db.prepare(`SELECT count(*) AS n FROM (${matches.replace(rank, '0')})`)
  const lineOf = db.prepare('SELECT kind, id, row FROM records WHERE rec = ?')
  const placeOf = db.prepare('SELECT rec, keys FROM records WHERE kind = ? AND id = ?')
  const words = Object.fromEntries(kinds.map((kind) => [kind, prepareWordIndex(db, kind)])) as Record<
    Kind,
    ReturnType<typeof prepareWordIndex>
  >

  /** After the record that the cursor names; a record out of reach is no other than one that is not there. */
  function positionOf({ kind, reach, cursor }: ListQuery): Line {
    const { rank, sort, id } = readCursor(cursor)
    const line = id === '' ? undefined : placeOf.get(kind, id)
    const isInReach =
      line !== undefined &&
      (reach.type === 'everything' ||
        keysOf({ keys: String(line['keys']) })?.some((key) => reach.keys.includes(key)) === true)
    return { rank, sort, rec: isInReach ? Number(line['rec']) : -1 }
  }

  function ordered(query: ListQuery, from: Line): readonly unknown[] {
    const page = { sort: from.sort, rec: from.rec, limit: query.limit + 1, kind: query.kind }
    if (query.reach.type === 'everything') return all.all(page)
    const [key, ...more] = query.reach.keys
    if (key === undefined) return []
    if (more.length === 0) return underOne.all({ ...page, key })
    return underMany.all({ ...page, keys: JSON.stringify(query.reach.keys) })
  }

  function matched({ kind, reach, words: sought, limit }: ListQuery, from: Line) {
    const terms = { needles: JSON.stringify(sought.map((word) => ` ${word}`)) }
    const page = { ...from, limit: limit + 1, query: sought.join(' ') }
    const index = words[kind]
    const match = matchExpression(sought)
    if (reach.type === 'everything') {
      return {
        lines: index.page.all({ ...terms, ...page, match }),
        total: numberOf(index.total.get({ match })),
      }
    }
    const under = { keys: JSON.stringify(reach.keys), kind }
    if (numberOf(fewUnder.get(under)) <= comparedMax) {
      return {
        lines: matchesUnder.all({ ...terms, ...page, ...under }),
        total: numberOf(totalMatchesUnder.get({ ...terms, ...under })),
      }
    }
    return {
      lines: index.pageUnder.all({ ...terms, ...page, ...under, match }),
      total: numberOf(index.totalUnder.get({ ...under, match })),
    }
  }

  function count(kind: Kind, reach: Reach): number {
    if (reach.type === 'everything') return numberOf(totalAll.get(kind))
    const [key, ...more] = reach.keys
    if (key === undefined) return 0
    if (more.length === 0) return numberOf(totalUnderOne.get({ key, kind }))
    return numberOf(totalUnder.get({ keys: JSON.stringify(reach.keys), kind }))
  }

  return {
    async count(kind, reach) {
      return count(kind, reach)
    },
    async list(query) {
      const from = positionOf(query)
      const { lines: places, total } =
        query.words.length === 0
          ? { lines: ordered(query, from), total: count(query.kind, query.reach) }
          : matched(query, from)
      const found = places as readonly Line[]
      const shown = found.slice(0, query.limit)
      const lines = shown.map(({ rec }) => lineOf.get(rec) as unknown as RecordLine)
      const rows = lines.flatMap((line) => rowOf(line, damage) ?? [])
      const last = shown.at(-1)
      const id = lines.at(-1)?.id
      const goesOn = found.length > shown.length && last !== undefined && id !== undefined
      return { rows, total, cursor: goesOn ? writeCursor({ rank: last.rank, sort: last.sort, id }) : null }
    },
  }
}

function prepareWordIndex(db: DatabaseSync, kind: Kind) {
  const words = wordTable(kind)
  const found = `${words} w CROSS JOIN records r ON r.rec = w.rowid WHERE ${words} MATCH :match`
  // The plus keeps SQLite from asking the word index once for every record in reach.
  const inReach = `+w.rowid IN (SELECT k.rec FROM ${underKeys})`
  const page = (where: string): string => `
    SELECT * FROM (SELECT ${rank} AS rank, r.sort, r.rec FROM ${where})
    WHERE ${afterRanked} ORDER BY rank, sort, rec LIMIT :limit`
  return {
    page: db.prepare(page(found)),
    pageUnder: db.prepare(page(`${found} AND ${inReach}`)),
    total: db.prepare(`SELECT count(*) AS n FROM ${words} WHERE ${words} MATCH :match`),
    totalUnder: db.prepare(`SELECT count(*) AS n FROM ${words} w WHERE ${words} MATCH :match AND ${inReach}`),
  }
}

function numberOf(line: Record<string, unknown> | undefined): number {
  return Number(line?.['n'] ?? 0)
}
