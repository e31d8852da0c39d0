/** Records, with everything that is kept beside them so that indexes answer: keys, values, words, counts. */
import type { DatabaseSync } from 'node:sqlite'
import { type Kind, kinds, type RecordKey, type Row, recordKey } from '../../../core/records/kind-spec.ts'
import { type DerivedRow, deriveRow, foldIndexed, indexedValues } from '../derived.ts'
import type { Damage } from '../damage.ts'
import type { RecordRef, Storage, StoredRecord } from '../storage.ts'
import { wordTable } from './schema.ts'
import { tokensOf } from './search.ts'

export interface RecordLine {
  readonly rec: number
  readonly kind: Kind
  readonly id: string
  readonly seq: number
  readonly epoch: number
  readonly keys: string
  readonly row: string
  readonly state: Uint8Array | null
}

/** What is kept beside a record that is about to be replaced. */
interface OldLine {
  readonly rec: number
  readonly keys: string
  readonly sort: string
  readonly title: string
  readonly words: string
  readonly row: string
}

/** Refs that are asked for together: many in one question cost a third of as many questions. */
const togetherMin = 8
const togetherMax = 500

/** Columns of a `RecordLine`, of a table called `r`. */
export const recordColumns = 'r.rec, r.kind, r.id, r.seq, r.epoch, r.keys, r.row, r.state'

/** Null, and noted, for a record that cannot be read. */
export function recordOf(line: RecordLine, damage: Damage): StoredRecord | null {
  const { kind, id, seq, epoch, state } = line
  const row = rowOf(line, damage)
  const keys = keysOf(line)
  if (keys === null) damage.note(line, 'row')
  return row === null || keys === null ? null : { kind, id, seq, epoch, state, row, keys }
}

export function rowOf(line: Pick<RecordLine, 'kind' | 'id' | 'row'>, damage: Damage): Row | null {
  const row = parsed(line.row)
  if (typeof row === 'object' && row !== null && 'id' in row && row.id === line.id) return row as Row
  damage.note(line, 'row')
  return null
}

export function keysOf({ keys }: Pick<RecordLine, 'keys'>): readonly string[] | null {
  const read = parsed(keys)
  return Array.isArray(read) ? (read as string[]) : null
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return null
  }
}

export function createRecordReader(
  db: DatabaseSync,
  damage: Damage,
): Pick<Storage, 'load' | 'allRows' | 'idsByValue' | 'recordsUnder'> {
  const one = db.prepare(`SELECT ${recordColumns} FROM records r WHERE kind = ? AND id = ?`)
  const many = db.prepare(`
    SELECT ${recordColumns} FROM json_each(?) j CROSS JOIN records r ON r.kind = ? AND r.id = j.value`)
  const rowsOfKind = db.prepare('SELECT kind, id, seq, row FROM records WHERE kind = ? ORDER BY id')
  const byValue = db.prepare(`
    SELECT v.value, r.id FROM json_each(:values) j
    CROSS JOIN record_values v ON v.kind = :kind AND v.field = :field AND v.value = j.value
    CROSS JOIN records r ON r.rec = v.rec ORDER BY v.value, r.id`)
  const under = db.prepare(`
    SELECT ${recordColumns} FROM record_keys k JOIN records r ON r.rec = k.rec
    WHERE k.key = ? AND k.kind = ? ORDER BY k.sort, k.rec`)

  return {
    async load(refs: readonly RecordRef[]) {
      const found = new Map<RecordKey, StoredRecord>()
      const keep = (line: RecordLine): void => {
        const record = recordOf(line, damage)
        if (record !== null) found.set(recordKey(line.kind, line.id), record)
      }
      for (const [kind, ofKind] of Map.groupBy(refs, (ref) => ref.kind)) {
        const ids = [...new Set(ofKind.map(({ id }) => id))]
        if (ids.length < togetherMin) {
          for (const id of ids) {
            const line = one.get(kind, id) as unknown as RecordLine | undefined
            if (line !== undefined) keep(line)
          }
          continue
        }
        for (let from = 0; from < ids.length; from += togetherMax) {
          const some = JSON.stringify(ids.slice(from, from + togetherMax))
          for (const line of many.all(some, kind) as unknown as RecordLine[]) keep(line)
        }
      }
      return found
    },
    async allRows(kind) {
      const lines = rowsOfKind.all(kind) as unknown as RecordLine[]
      return lines.map((line) => rowOf(line, damage) ?? { kind: line.kind, id: line.id, seq: line.seq })
    },
    async idsByValue(kind, field, values) {
      const found = new Map<string, string[]>()
      const folded = JSON.stringify([...new Set(values.map((value) => foldIndexed(kind, field, value)))])
      const lines = byValue.all({ values: folded, kind, field }) as unknown as { value: string; id: string }[]
      for (const { value, id } of lines) {
        const ids = found.get(value)
        if (ids === undefined) found.set(value, [id])
        else ids.push(id)
      }
      return found
    },
    async recordsUnder(key, ofKinds) {
      return ofKinds.flatMap((kind) =>
        (under.all(key, kind) as unknown as RecordLine[]).flatMap((line) => recordOf(line, damage) ?? []),
      )
    },
  }
}

/** Writes records inside the caller's transaction. What did not change beside a row is not written again. */
export function createRecordWriter(db: DatabaseSync): (records: readonly StoredRecord[]) => void {
  const oldLine = db.prepare(
    'SELECT rec, keys, sort, title, words, row FROM records WHERE kind = ? AND id = ?',
  )
  const insert = db.prepare(`
    INSERT INTO records (kind, id, seq, epoch, sort, title, keys, words, row, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  // Apart, because a column that is named costs its index even where it stays the same.
  const update = db.prepare(
    'UPDATE records SET seq = ?, epoch = ?, keys = ?, row = ?, state = ? WHERE rec = ?',
  )
  const updateFound = db.prepare('UPDATE records SET sort = ?, title = ?, words = ? WHERE rec = ?')
  const addKey = db.prepare('INSERT OR IGNORE INTO record_keys (key, kind, sort, rec) VALUES (?, ?, ?, ?)')
  const dropKey = db.prepare('DELETE FROM record_keys WHERE key = ? AND kind = ? AND sort = ? AND rec = ?')
  const addValue = db.prepare('INSERT INTO record_values (kind, field, value, rec) VALUES (?, ?, ?, ?)')
  const dropValue = db.prepare(
    'DELETE FROM record_values WHERE kind = ? AND field = ? AND value = ? AND rec = ?',
  )
  const addCount = db.prepare(`
    INSERT INTO record_counts (kind, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n`)
  const wordIndex = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      {
        add: db.prepare(`INSERT INTO ${wordTable(kind)} (rowid, words) VALUES (?, ?)`),
        drop: db.prepare(`DELETE FROM ${wordTable(kind)} WHERE rowid = ?`),
      },
    ]),
  ) as Record<Kind, { add: ReturnType<DatabaseSync['prepare']>; drop: ReturnType<DatabaseSync['prepare']> }>

  function create(record: StoredRecord, next: DerivedRow): void {
    const { kind, id, seq, epoch, keys, row, state } = record
    const { lastInsertRowid } = insert.run(
      kind,
      id,
      seq,
      epoch,
      next.sort,
      next.title,
      JSON.stringify(keys),
      next.words,
      JSON.stringify(row),
      state,
    )
    const rec = Number(lastInsertRowid)
    for (const key of keys) addKey.run(key, kind, next.sort, rec)
    for (const { field, value } of next.values) addValue.run(kind, field, value, rec)
    if (next.words !== '') wordIndex[kind].add.run(rec, tokensOf(next.words.slice(1).split(' ')))
  }

  function replace(record: StoredRecord, next: DerivedRow, old: OldLine): void {
    const { kind, seq, epoch, keys, row, state } = record
    const { rec } = old
    const keysText = JSON.stringify(keys)
    update.run(seq, epoch, keysText, JSON.stringify(row), state, rec)
    if (next.sort !== old.sort || next.title !== old.title || next.words !== old.words)
      updateFound.run(next.sort, next.title, next.words, rec)
    if (keysText !== old.keys || next.sort !== old.sort) {
      for (const key of JSON.parse(old.keys) as string[]) dropKey.run(key, kind, old.sort, rec)
      for (const key of keys) addKey.run(key, kind, next.sort, rec)
    }
    const values = indexedValues(kind, JSON.parse(old.row) as Row)
    for (const { field, value } of values) {
      if (!holds(next.values, field, value)) dropValue.run(kind, field, value, rec)
    }
    for (const { field, value } of next.values) {
      if (!holds(values, field, value)) addValue.run(kind, field, value, rec)
    }
    if (old.words === next.words) return
    wordIndex[kind].drop.run(rec)
    if (next.words !== '') wordIndex[kind].add.run(rec, tokensOf(next.words.slice(1).split(' ')))
  }

  return (records) => {
    const created = new Map<Kind, number>()
    for (const record of records) {
      const next = deriveRow(record.kind, record.row)
      const old = oldLine.get(record.kind, record.id) as unknown as OldLine | undefined
      if (old !== undefined) {
        replace(record, next, old)
        continue
      }
      create(record, next)
      created.set(record.kind, (created.get(record.kind) ?? 0) + 1)
    }
    for (const [kind, n] of created) addCount.run(kind, n)
  }
}

function holds(values: DerivedRow['values'], field: string, value: string): boolean {
  return values.some((other) => other.field === field && other.value === value)
}
