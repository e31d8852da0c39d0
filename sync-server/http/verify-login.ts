/** Whose username and password these are; costs the same time whether there is such a login or not. */
import type { Portal } from './context.ts'
import { verifyPassword } from './passwords.ts'

export interface VerifiedLogin {
  readonly workerId: string
  readonly mustChange: boolean
  /** Whether it is still this password: asked once there is a session, which whoever sets another one ends. */
  readonly stillHolds: () => Promise<boolean>
}

/** `username` is folded. Null when they do not match, or the worker is not live. */
export async function verifyLogin(
  { storage, policy }: Pick<Portal, 'storage' | 'policy'>,
  username: string,
  password: string,
): Promise<VerifiedLogin | null> {
  const workerId = (await storage.idsByValue('worker', 'username', [username])).get(username)?.[0] ?? null
  const credential = workerId === null ? null : await storage.credential(workerId)
  const matches = await verifyPassword(password, credential?.passwordHash ?? null)
  if (workerId === null || credential === null || !matches || !policy.principalOf(workerId).live) return null
  return {
    workerId,
    mustChange: credential.mustChange,
    stillHolds: async () => (await storage.credential(workerId))?.passwordHash === credential.passwordHash,
  }
}
