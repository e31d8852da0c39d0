/** The journal: every admitted change, for ever, in order; and where it ends. */
import type { DatabaseSync } from 'node:sqlite'
import type { Departure, JournalEntry, Storage } from '../storage.ts'
import { createChangeSetWriter } from './change-set-writer.ts'

export function createJournalReader(
  db: DatabaseSync,
): Pick<Storage, 'head' | 'chainAt' | 'committedAt' | 'journalOf'> {
  const last = db.prepare('SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1')
  const chain = db.prepare('SELECT chain FROM journal WHERE seq = ?')
  const latestEntries = db.prepare('SELECT entry FROM journal ORDER BY seq DESC')
  const ofRecord = db.prepare('SELECT entry FROM journal WHERE kind = ? AND id = ? ORDER BY seq DESC LIMIT ?')

  return {
    async head() {
      const line = last.get()
      return line === undefined
        ? { number: 0, chain: '' }
        : { number: Number(line['seq']), chain: String(line['chain']) }
    },
    async chainAt(number) {
      const line = chain.get(number)
      return line === undefined ? null : String(line['chain'])
    },
    async committedAt() {
      // From an earlier one too little time seems to have been told of, which is then told twice (D20).
      for (const line of latestEntries.iterate()) {
        const entry = entryOf(line)
        if (entry !== null) return entry.serverTime
      }
      return null
    },
    async journalOf({ kind, id }, limit) {
      return ofRecord.all(kind, id, limit).flatMap((line) => entryOf(line) ?? [])
    },
  }
}

/** Null for an entry that cannot be read: what it told is not known any more, and its neighbours still are (D22). */
export function entryOf(line: Readonly<Record<string, unknown>>): JournalEntry | null {
  try {
    return JSON.parse(String(line['entry'])) as JournalEntry
  } catch {
    return null
  }
}

export function createJournalWriter(
  db: DatabaseSync,
): (entries: readonly JournalEntry[], departures: readonly Departure[]) => void {
  const append = db.prepare(
    'INSERT INTO journal (seq, chain, kind, id, entry, change_set) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const changeSets = createChangeSetWriter(db)
  const depart = db.prepare(
    'INSERT OR IGNORE INTO departures (key, seq, kind, id, before) VALUES (?, ?, ?, ?, ?)',
  )

  return (entries, departures) => {
    const setOf = changeSets()
    for (const entry of entries) {
      const { seq, chain, record } = entry
      append.run(seq, chain, record.kind, record.id, JSON.stringify(entry), setOf(entry))
    }
    for (const { key, seq, record, before } of departures)
      depart.run(key, seq, record.kind, record.id, before === null ? null : JSON.stringify(before))
  }
}
