/** Other rights: screens follow through the device row, without a reload. What they take away comes as a revoke. */
import type { Policy } from '../../core/protocol/policy.ts'
import { readDevice, reopening, type Replica } from './database.ts'

/** The scope hash is adopted when the feed has caught up with it: until then the stored records are the old scope's. */
export async function applyPolicy(db: Replica, policy: Policy): Promise<void> {
  await reopening(db, () =>
    db.transaction('rw', db.device, async () => {
      const { policyVersion, principals, changers, scopeHash } = policy
      const device = await readDevice(db)
      await db.device.put({ ...device, policyVersion, principals, changers, nextScopeHash: scopeHash })
    }),
  )
}
