/** Signs somebody in without a password, as login leaves it in the storage. */
import { randomUUID } from 'node:crypto'
import { hashSecret, newSecret } from '../../sync-server/http/secrets.ts'
import type { Storage } from '../../sync-server/storage/storage.ts'

const A_DAY_MS = 86_400_000

/** The token. */
export async function saveSession(storage: Storage, workerId: string, now: number): Promise<string> {
  const token = newSecret()
  await storage.saveSession({
    id: randomUUID(),
    tokenHash: hashSecret(token),
    workerId,
    createdAt: now,
    expiresAt: now + A_DAY_MS,
  })
  return token
}
