/**
 * Which change set an entry of the journal belongs to (D26), kept beside it so that the log is listed without reading
 * the journal.
 *
 * SAFETY: names come from devices. A change set takes in only what its own author writes, and what the server does right
 * after it; under a name that somebody else has, or that was taken back meanwhile, another one begins.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ChangeSet, JournalEntry } from '../storage.ts'

interface Known {
  readonly number: number
  readonly author: string
}

/** Answers with the number of the entry's change set; null for an entry that changes no field. */
export type SetOf = (entry: JournalEntry) => number | null

/** Entries of one commit in order, inside the caller's transaction. */
export function createChangeSetWriter(db: DatabaseSync): () => SetOf {
  const find = db.prepare('SELECT number, author FROM change_sets WHERE id = ? AND undone_by IS NULL')
  const begin = db.prepare(`
    INSERT INTO change_sets (number, id, author, via, device_id, device_time, server_time, undoes)
    SELECT :number, iif(EXISTS (SELECT 1 FROM change_sets WHERE id = :id), :otherwise, :id),
      :author, :via, :deviceId, :deviceTime, :serverTime, :undoes`)
  // The number of an entry is nobody else's name: names that come from devices are random and long.
  const beginAlone = db.prepare(`
    INSERT INTO change_sets (number, id, author, via, device_id, device_time, server_time, undoes)
    VALUES (?, ?, ?, ?, ?, ?, ?, NULL)`)
  const countAlone = db.prepare(
    'INSERT INTO change_set_counts (kind, number, records, changes) VALUES (?, ?, 1, ?)',
  )
  const count = db.prepare(`
    INSERT INTO change_set_counts (kind, number, records, changes) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET records = records + excluded.records, changes = changes + excluded.changes`)
  const holds = db.prepare(`
    SELECT 1 FROM journal WHERE change_set = ? AND seq < ? AND kind = ? AND id = ? LIMIT 1`)
  const touch = db.prepare('UPDATE change_sets SET touched = touched + ? WHERE number = ?')
  const takeBack = db.prepare(
    'UPDATE change_sets SET undone_by = ? WHERE id = ? AND undone_by IS NULL RETURNING undoes',
  )
  const stands = db.prepare('UPDATE change_sets SET undone_by = NULL WHERE id = ? AND undone_by = ?')

  return () => {
    /** By name as given, the one that this commit wrote to last. */
    const latest = new Map<string, Known>()
    const seen = new Map<number, Set<string>>()

    function setFor(entry: JournalEntry, name: string): Known {
      const here = latest.get(name)
      if (here !== undefined && (here.author === entry.author || entry.author === 'server')) return here
      const stored = find.get(name) as unknown as Known | undefined
      const known = stored?.author === entry.author ? stored : begun(entry, name)
      latest.set(name, known)
      return known
    }

    function begun(entry: JournalEntry, name: string): Known {
      const { seq: number, author, via, deviceId, deviceTime, serverTime, undoes = null } = entry
      const otherwise = String(number)
      begin.run({ number, id: name, otherwise, author, via, deviceId, deviceTime, serverTime, undoes })
      seen.set(number, new Set())
      if (undoes !== null) undo(undoes, name)
      return { number, author }
    }

    /** Once: what is taken back already cannot be, until that is taken back itself (D27). */
    function undo(undone: string, by: string): void {
      const line = takeBack.get(by, undone) as unknown as Pick<ChangeSet, 'undoes'> | undefined
      if (line === undefined) throw new Error(`The change set ${undone} was taken back before, or never was.`)
      if (line.undoes !== null) stands.run(line.undoes, undone)
    }

    /** Most of what comes from rooms: there is nothing to look up. */
    function alone({
      seq,
      record,
      changes,
      author,
      via,
      deviceId,
      deviceTime,
      serverTime,
    }: JournalEntry): number {
      beginAlone.run(seq, String(seq), author, via, deviceId, deviceTime, serverTime)
      countAlone.run(record.kind, seq, changes.length)
      latest.set(String(seq), { number: seq, author })
      seen.set(seq, new Set([`${record.kind}/${record.id}`]))
      return seq
    }

    function isNew(number: number, { seq, record: { kind, id } }: JournalEntry): boolean {
      const records = seen.get(number)
      const key = `${kind}/${id}`
      if (records === undefined) return holds.get(number, seq, kind, id) === undefined
      return records.size < records.add(key).size
    }

    return (entry) => {
      const { seq, record, changes, changeSet, editId, touched } = entry
      if (changes.length === 0) return null
      if (isAlone(entry)) return alone(entry)
      const { number } = setFor(entry, changeSet ?? editId ?? String(seq))
      count.run(record.kind, number, isNew(number, entry) ? 1 : 0, changes.length)
      if (touched !== undefined) touch.run(touched, number)
      return number
    }
  }
}

/** Nobody named it, it takes nothing back, and what it touches needs no counting. */
function isAlone({ changeSet, editId, undoes, touched, author }: JournalEntry): boolean {
  return (
    changeSet === undefined &&
    editId === null &&
    undoes === undefined &&
    touched === undefined &&
    author !== 'server'
  )
}

/** Entries that are read at once. */
const pageSize = 10_000

/** For a file whose journal is older than change sets: each edit alone, each import as a whole. */
export function gatherChangeSets(db: DatabaseSync): void {
  const page = db.prepare('SELECT seq, entry FROM journal WHERE seq > ? ORDER BY seq LIMIT ?')
  const place = db.prepare('UPDATE journal SET change_set = ? WHERE seq = ?')
  const setOf = createChangeSetWriter(db)()
  let before: JournalEntry | null = null
  for (let after = 0; ; ) {
    const lines = page.all(after, pageSize) as unknown as { seq: number; entry: string }[]
    for (const { seq, entry: text } of lines) {
      const entry = readEntry(text)
      // What cannot be read told nobody anything since it broke (D22).
      if (entry === null) continue
      const named: JournalEntry = { ...entry, ...importOf(entry, before) }
      place.run(setOf(named), seq)
      if (entry.author !== 'server') before = named
    }
    const last = lines.at(-1)
    if (last === undefined) return
    after = last.seq
  }
}

/** An import was one commit, at one instant. */
function importOf(entry: JournalEntry, before: JournalEntry | null): Pick<JournalEntry, 'changeSet'> {
  const isOfOne = before?.via === 'import' && before.serverTime === entry.serverTime
  if (entry.author === 'server') return isOfOne && before.changeSet ? { changeSet: before.changeSet } : {}
  if (entry.via !== 'import') return {}
  const goesOn = isOfOne && before.author === entry.author
  return { changeSet: (goesOn ? before.changeSet : undefined) ?? String(entry.seq) }
}

function readEntry(text: string): JournalEntry | null {
  try {
    return JSON.parse(text) as JournalEntry
  } catch {
    return null
  }
}
