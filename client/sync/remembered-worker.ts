/**
 * Who works on this device, where a power cut cannot reach it. Browsers write localStorage at their leisure: a phone
 * that dies a minute after signing in would come back with all its data and nobody to show it to.
 *
 * Holds a worker's id and names, like localStorage, and never a token. It is asked only where localStorage is silent.
 */
import Dexie, { type DexieOptions, type EntityTable } from 'dexie'
import type { SignedIn } from './session.ts'

interface Remembered extends SignedIn {
  readonly key: 'worker'
}

export interface WorkerMemory {
  /** Resolves when it is on the disk. */
  remember(worker: SignedIn): Promise<void>
  forget(): Promise<void>
  recall(): Promise<SignedIn | null>
}

/** `platform` is for tests: another IndexedDB than the browser's. */
export function openWorkerMemory(
  platform: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> = {},
): WorkerMemory {
  const db = new Dexie('ambit', { ...platform, chromeTransactionDurability: 'strict' }) as Dexie & {
    readonly workers: EntityTable<Remembered, 'key'>
  }
  db.version(1).stores({ workers: '&key' })
  db.on('versionchange', () => db.close({ disableAutoOpen: true }))
  return {
    async remember(worker) {
      await db.workers.put({ key: 'worker', ...worker })
    },
    async forget() {
      await db.workers.delete('worker')
    },
    async recall() {
      const found = await db.workers.get('worker')
      return found === undefined ? null : { id: found.id, username: found.username, name: found.name }
    },
  }
}
