/**
 * The clientID that this process authors under. Fresh at each start: a server restored from a backup would otherwise
 * write other content under clocks it had used before, and devices would keep the old for ever (GATE 31, v).
 */
import type { Storage } from '../storage/storage.ts'

/** No worker's id: ids hold no colon. Whoever sends this clientID from outside is foreign (GATE 18). */
const serverHolder = ':server'

export async function takeServerClient(storage: Storage, randomClientId: () => number): Promise<number> {
  for (;;) {
    const clientId = randomClientId()
    const held = await storage.leases([clientId])
    if (clientId < 1 || held.has(clientId)) continue
    await storage.saveLease({ clientId, workerId: serverHolder, deviceId: null, burnt: false })
    return clientId
  }
}
