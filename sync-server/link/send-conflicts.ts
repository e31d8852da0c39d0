/** Where a worker's value was replaced by somebody who did not know it, as their devices are told (B9). */
import { decide } from '../../core/access/decide.ts'
import { isAllowed } from '../../core/access/types.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import type { FieldValue } from '../../core/records/kind-spec.ts'
import { valueInRow } from '../../core/documents/row-after-writes.ts'
import { CONFLICT_TOLD_MS, CONFLICTS_TOLD_MAX } from '../../core/protocol/limits.ts'
import { encodeMessage } from '../../core/protocol/messages.ts'
import type { Policy } from '../gate/policy.ts'
import { loadTarget } from '../http/visible-records.ts'
import type { Conflict, Storage } from '../storage/storage.ts'

export interface ConflictTelling {
  readonly storage: Storage
  readonly policy: Policy
  readonly workerId: string
  readonly send: (frame: Uint8Array) => void
}

/** The worker's own of the last week, the latest first. */
export async function conflictsOfLate(
  storage: Pick<Storage, 'conflicts'>,
  workerId: string,
  now: number,
): Promise<readonly Conflict[]> {
  // Not all that there ever were: coming back costs what is new (DESIGN 10).
  const latest = await storage.conflicts(workerId, CONFLICTS_TOLD_MAX)
  return latest.filter(({ standing }) => now - standing.at <= CONFLICT_TOLD_MS)
}

/**
 * Sends those whose record the worker may read now (GATE 15) and whose value still stands: what was changed or put back
 * meanwhile is no news.
 */
export async function tellConflicts(
  { storage, policy, workerId, send }: ConflictTelling,
  conflicts: readonly Conflict[],
): Promise<void> {
  if (conflicts.length === 0) return
  const targets = await Promise.all(conflicts.map(({ record }) => loadTarget(storage, record)))
  // SAFETY: nothing awaits from here to the sending, so that no right is taken away in between.
  const principal = policy.principalOf(workerId)
  const told = conflicts.flatMap((conflict, index) => {
    const target = targets[index]
    if (!target?.row || !isAllowed(decide(principal, 'view', target))) return []
    const { id, record, field, overwritten, standing } = conflict
    if (!sameValue(valueInRow(target.row, field), standing.value as FieldValue)) return []
    return [
      {
        id,
        record: { kind: record.kind, id: record.id },
        field,
        mine: overwritten.value as FieldValue,
        theirs: standing.value as FieldValue,
        mineAt: overwritten.at,
        by: standing.workerId,
        at: standing.at,
      },
    ]
  })
  if (told.length > 0) send(encodeMessage('conflicts', { conflicts: told }))
}
