import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { openWorkerMemory } from '../../../client/sync/remembered-worker.ts'

const rhea = { id: 'w-1', username: 'rhea', name: 'Rhea Rossi' }
const eve = { id: 'w-2', username: 'eve', name: 'Eve Evans' }

describe('who works on this device', () => {
  it('is remembered over a restart, the last one who signed in', async () => {
    const platform = { indexedDB: new IDBFactory(), IDBKeyRange }
    const memory = openWorkerMemory(platform)
    await memory.remember(rhea)
    await memory.remember(eve)
    expect(await openWorkerMemory(platform).recall()).toEqual(eve)
  })

  it('is forgotten after signing out, and unknown on a new device', async () => {
    const platform = { indexedDB: new IDBFactory(), IDBKeyRange }
    const memory = openWorkerMemory(platform)
    expect(await memory.recall()).toBeNull()
    await memory.remember(rhea)
    await memory.forget()
    expect(await openWorkerMemory(platform).recall()).toBeNull()
  })
})
