/** Lending a Yjs clientID to a device: random, and nobody's so far (L12). */
import type { Storage } from '../storage/storage.ts'

export interface LeaseDependencies {
  readonly storage: Pick<Storage, 'leases' | 'saveLease'>
  /** A random clientID: 32 bits, not 0. */
  readonly newClientId: () => number
}

export async function takeLease(
  { storage, newClientId }: LeaseDependencies,
  workerId: string,
  deviceId: string,
): Promise<number> {
  let clientId = newClientId()
  while ((await storage.leases([clientId])).size > 0) clientId = newClientId()
  await storage.saveLease({ clientId, workerId, deviceId, burnt: false })
  return clientId
}
