/** Who may decide how somebody signs in: settings.workers, and all that this worker holds (P26, GATE 33). */
import { decideOverWorker } from '../../core/access/check-change.ts'
import { rightOf } from '../../core/access/decisions.ts'
import type { Decision } from '../../core/access/types.ts'
import { recordKey } from '../../core/records/kind-spec.ts'
import type { Portal } from './context.ts'
import { visibleTarget } from './visible-records.ts'

type Needs = Pick<Portal, 'storage' | 'policy' | 'now'>

/** Null for a worker whom the asker may not see: alike for none at all (S9). */
export async function decideOverLogin(
  portal: Needs,
  askerId: string,
  workerId: string,
): Promise<Decision | null> {
  const { storage, policy } = portal
  const asker = policy.principalOf(askerId)
  if ((await visibleTarget(storage, asker, { kind: 'worker', id: workerId })) === null) return null
  const right = rightOf(asker, 'settings.workers')
  return right.outcome === 'denied' ? right : await holdsAllOf(portal, askerId, workerId)
}

/** P26 alone, for a deed that was allowed before and takes effect now: an invitation that is accepted. */
export async function holdsAllOf(
  { storage, policy, now }: Needs,
  askerId: string,
  workerId: string,
): Promise<Decision> {
  const mapped = policy.directory.workers.get(workerId)?.mappedAccounts ?? []
  const accounts = await storage.load(mapped.map((id) => ({ kind: 'account' as const, id })))
  // After the wait: at the policy of now.
  const { directory } = policy
  const accountById = (id: string) => accounts.get(recordKey('account', id))?.row ?? null
  return decideOverWorker(policy.principalOf(askerId), directory, workerId, now(), accountById)
}
