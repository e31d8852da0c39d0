/**
 * The exclusive lock on a data folder: one process writes, and the lock goes with the process, however it ends.
 *
 * Node has no `flock`, SQLite has kernel locks: an open exclusive transaction on a file of its own is the lock. The
 * holder's pid lies beside it, for the message only; it says nothing about whether the lock is held.
 *
 * INVARIANT: nothing in this process opens `ambit.lock` by other means: closing any descriptor of a file drops all
 * POSIX locks that the process has on it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface DataLock {
  release(): void
}

/** The lock is another process's, or another holder's in this one. */
export interface DataLockHeld {
  /** Its pid; null when it has not said it yet. */
  readonly heldBy: number | null
}

const lockFile = 'ambit.lock'
const pidFile = 'ambit.pid'

/** Makes the folder when it is missing. Does not wait. Rejects when the folder cannot be written. */
export async function acquireDataLock(dir: string): Promise<DataLock | DataLockHeld> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const pidPath = join(dir, pidFile)
  const db = new DatabaseSync(join(dir, lockFile), { timeout: 0 })
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (isBusy(error)) return { heldBy: readPid(pidPath) }
    throw error
  }
  writeFileSync(pidPath, `${process.pid}\n`)
  let released = false
  return {
    release() {
      if (released) return
      released = true
      // The pid first: after the lock is gone it may already be the next holder's.
      rmSync(pidPath, { force: true })
      db.close()
    },
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
  const busy = 5
  const locked = 6
  // The low byte is the error, the rest its variety.
  return (code & 0xff) === busy || (code & 0xff) === locked
}

function readPid(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}
