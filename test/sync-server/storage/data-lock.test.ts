/** The lock on the data, with real processes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireDataLock, type DataLock, type DataLockHeld } from '../../../sync-server/storage/data-lock.ts'
import { startChild } from './child.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const taken = (lock: DataLock | DataLockHeld): DataLock => {
  if ('heldBy' in lock) throw new Error(`held by ${lock.heldBy}`)
  return lock
}

test('a second process is told which one holds the data', async () => {
  const lock = taken(await acquireDataLock(folder))
  const child = startChild('./holding-process.ts', folder)
  expect(await child.nextLine()).toBe(`held by ${process.pid}`)
  await child.kill()
  lock.release()
})

test('the lock goes with a process that is killed', async () => {
  const child = startChild('./holding-process.ts', folder)
  expect(await child.nextLine()).toBe('locked')
  expect(await acquireDataLock(folder)).toEqual({ heldBy: child.pid })
  await child.kill()
  taken(await acquireDataLock(folder)).release()
}, 20_000)

test('a lock given back can be taken again, here and elsewhere; given back twice takes nothing from the next', async () => {
  const first = taken(await acquireDataLock(join(folder, 'new', 'data')))
  expect('heldBy' in (await acquireDataLock(join(folder, 'new', 'data')))).toBe(true)
  first.release()
  const second = taken(await acquireDataLock(join(folder, 'new', 'data')))
  first.release()
  expect(await acquireDataLock(join(folder, 'new', 'data'))).toEqual({ heldBy: process.pid })
  second.release()
})

test('another folder is another lock', async () => {
  const one = taken(await acquireDataLock(join(folder, 'one')))
  const two = await acquireDataLock(join(folder, 'two'))
  expect('heldBy' in two).toBe(false)
  taken(two).release()
  one.release()
})
