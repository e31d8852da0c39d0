/**
 * A backup becomes the data of an empty folder, with a new history: it may be older than what devices have seen, so
 * sessions and invites end, every clientID is burnt, and devices notice by the missing history id and offer again what they hold
 * (GATE 31). Whose a clientID is stays known (L12).
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { databaseFile } from './open-sqlite-storage.ts'
import { migrate } from './schema.ts'
import { wholeInOneStep } from './whole-in-one-step.ts'

/** Under this name `openOrganisation` keeps the history id; it makes a new one where there is none. */
const historyKey = 'history'

/** And under this the server that was restored finds that it was (L20). */
const formerHistoryKey = 'formerHistory'

/** Null when it is done; otherwise why the file cannot be restored, as a sentence. The folder is then as before. */
export async function restoreSqlite(file: string, dataDir: string): Promise<string | null> {
  const target = join(dataDir, databaseFile)
  try {
    await copyInto(file, target)
    const db = new DatabaseSync(target)
    try {
      const damage = firstDamage(db)
      if (damage !== null) throw new Error(`${file} is damaged: ${damage}.`)
      migrate(db)
      db.exec('BEGIN IMMEDIATE')
      db.prepare('DELETE FROM meta WHERE key = ?').run(formerHistoryKey)
      db.prepare('UPDATE meta SET key = ? WHERE key = ?').run(formerHistoryKey, historyKey)
      db.exec('DELETE FROM sessions; DELETE FROM invites; UPDATE leases SET burnt = 1; COMMIT')
    } finally {
      db.close()
    }
    return null
  } catch (error) {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(target + end, { force: true })
    return error instanceof Error
      ? `The backup cannot be restored: ${error.message}`
      : 'The backup cannot be restored.'
  }
}

async function copyInto(file: string, target: string): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true })
  try {
    await backup(source, target, wholeInOneStep)
  } finally {
    source.close()
  }
}

function firstDamage(db: DatabaseSync): string | null {
  const found = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']
  return found === 'ok' ? null : String(found)
}
