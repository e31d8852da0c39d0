/**
 * The SQLite adapter of the storage port, on Node's own `node:sqlite`.
 *
 * One connection, statements prepared once. WAL with `synchronous = FULL`: a commit that was answered is on the disk.
 * The calls underneath do not yield, so what one method reads is of one moment.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { createDamage, type Damage, type TellDamage } from '../damage.ts'
import type { Commit, Storage } from '../storage.ts'
import { createAccessLog } from './access-log.ts'
import { createChangeSetReader } from './change-sets.ts'
import { createDoors, createLeaseWriter } from './doors.ts'
import { createFeed } from './feed.ts'
import { createJournalReader, createJournalWriter } from './journal.ts'
import { createLists } from './lists.ts'
import { createLogins } from './logins.ts'
import { createRecordReader, createRecordWriter } from './records.ts'
import { migrate } from './schema.ts'
import { wholeInOneStep } from './whole-in-one-step.ts'
import { createSettling, createSettlingWriter } from './settling.ts'

/** Name of the database inside a data folder. */
export const databaseFile = 'ambit.sqlite'

/** Waiting for another process that reads or backs up, in milliseconds. Writers are kept out by the data lock. */
const busyTimeoutMs = 5_000

/** Memory in KiB; after a large import the log is cut to so many bytes again. */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -${64 * 1024};
  PRAGMA journal_size_limit = ${64 * 1024 * 1024};
  PRAGMA temp_store = MEMORY;
`

/**
 * `place` is a data folder, made when missing, or the path of a file that ends in `.sqlite`. Rejects when the file is
 * another program's, or a later version's. `tellDamage`: a record cannot be read (D22).
 */
export async function openSqliteStorage(place: string, tellDamage: TellDamage = () => {}): Promise<Storage> {
  const file = place.endsWith('.sqlite') ? resolve(place) : resolve(join(place, databaseFile))
  // Credentials lie in it: for this account only.
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: false })
  try {
    migrate(db)
    db.exec(settings)
    return createStorage(db, file, createDamage(tellDamage))
  } catch (error) {
    db.close()
    throw error
  }
}

function createStorage(db: DatabaseSync, path: string, damage: Damage): Storage {
  const writeRecords = createRecordWriter(db)
  const writeJournal = createJournalWriter(db)
  const writeSettling = createSettlingWriter(db)
  const writeLeases = createLeaseWriter(db)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const end = db.prepare('COMMIT')
  const undo = db.prepare('ROLLBACK')

  return {
    damage,
    ...createRecordReader(db, damage),
    ...createLists(db, damage),
    ...createFeed(db, damage),
    ...createJournalReader(db),
    ...createChangeSetReader(db),
    ...createSettling(db),
    ...createAccessLog(db),
    ...createDoors(db, writeLeases),
    ...createLogins(db),
    async commit(commit: Commit) {
      begin.run()
      try {
        writeRecords(commit.records)
        writeJournal(commit.journal, commit.departures)
        writeSettling(commit)
        writeLeases(commit.leases)
        end.run()
      } catch (error) {
        // A full disk ends the transaction by itself; then there is nothing left to undo.
        if (db.isTransaction) undo.run()
        throw error
      }
    },
    async backupTo(file) {
      // Whole or not there: an interrupted backup never looks like one.
      const part = `${file}.part`
      rmSync(part, { force: true })
      // A connection of its own: on this one the copy would hold up every other call.
      const source = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs })
      try {
        await backup(source, part, wholeInOneStep)
      } finally {
        source.close()
      }
      renameSync(part, file)
    },
    async close() {
      // What was handed over in this turn is written at its end.
      await new Promise((resolve) => setImmediate(resolve))
      db.close()
    },
  }
}
