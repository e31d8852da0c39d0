/**
 * A lock between processes, for work that two must not do in one folder. The file names its holder's process, so
 * that the lock of a process that is gone is taken over.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const PAUSE_MS = 200

/**
 * Runs `work` alone; waits for whoever is at it, and says so once.
 * @template T
 * @param {string} file
 * @param {() => T} work
 * @param {{ pause?: () => void, say?: (line: string) => void }} [seams]
 * @returns {T}
 */
export function oneAtATime(file, work, seams = {}) {
  const pause = seams.pause ?? sleep
  const say = seams.say ?? console.error
  mkdirSync(dirname(file), { recursive: true })
  for (let turn = 0; !taken(file); turn += 1) {
    if (turn === 0) say('Waiting for another preparation of this folder to end …')
    pause()
  }
  try {
    return work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file */
function taken(file) {
  // Linked, not written, into place: a lock is never there without its holder's number.
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    linkSync(mine, file)
    return true
  } catch {
    if (isLeftBehind(file)) rmSync(file, { force: true })
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

/** @param {string} file */
function isLeftBehind(file) {
  try {
    return !isAlive(Number(readFileSync(file, 'utf8')))
  } catch {
    return false
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

function sleep() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
}
