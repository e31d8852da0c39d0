/** What became of a worker's refused edits, as their devices are told it (D21). Of others' edits nothing is said. */
import { encodeMessage } from '../../core/protocol/messages.ts'
import type { Reviewed } from '../../core/protocol/settled.ts'
import type { Settlement } from '../review/settlements.ts'
import type { Storage } from '../storage/storage.ts'

/** Null where there is nothing to tell: a device has done itself what its own worker did. */
export function settledFrame(settlements: readonly Settlement[]): Uint8Array | null {
  const reviewed = settlements.flatMap(({ entry, settled }): Reviewed[] => {
    const { how, by, at, word = null } = settled
    return how === 'accepted' || how === 'declined' ? [{ quarantine: entry.id, how, by, at, word }] : []
  })
  return reviewed.length === 0 ? null : encodeMessage('settled', { reviewed })
}

/** Of the entries that a device holds open, those that are settled here. */
export async function settledAmong(
  storage: Pick<Storage, 'quarantineEntry'>,
  workerId: string,
  ids: readonly string[],
): Promise<readonly Settlement[]> {
  const found: Settlement[] = []
  for (const id of ids) {
    const entry = await storage.quarantineEntry(id)
    if (entry?.workerId === workerId && entry.settled !== null) found.push({ entry, settled: entry.settled })
  }
  return found
}
