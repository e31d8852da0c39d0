/**
 * Whether a refused edit was written before or after the right to it went, according to its device: the device's clock
 * against the server's, over what changed between the policy that the device knew and the refusal.
 *
 * Looked at are the author's own record and groups, and the keys of the record and of its account. A later change of
 * these may have had nothing to do with the right; the last one is taken, which errs towards "before".
 */
import type { Directory } from '../../core/access/types.ts'
import type { JournalEntry, QuarantineEntry, RecordRef, Storage } from '../storage/storage.ts'

/** Entries of one record's journal that are looked through, the latest first. */
const JOURNAL_ENTRIES = 200

/** Null where no device said when, or the refusal was not about a right. */
export async function wasBeforeRightsWent(
  storage: Pick<Storage, 'journalOf'>,
  directory: Directory,
  entry: QuarantineEntry,
  accountId: string | null,
): Promise<boolean | null> {
  const { policyVersionKnown: known, writtenAt, seq, record } = entry
  if (known === null || writtenAt === null || !isAboutRights(entry)) return null
  const isBetween = (one: JournalEntry) => one.seq > known && one.seq <= seq && !one.filler
  const latestOf = async (ref: RecordRef, counts: (one: JournalEntry) => boolean) =>
    (await storage.journalOf(ref, JOURNAL_ENTRIES)).find((one) => isBetween(one) && counts(one))?.serverTime
  const changes = await Promise.all([
    ...policyRecordsOf(directory, entry.workerId).map((ref) => latestOf(ref, () => true)),
    ...[record, ...(accountId === null ? [] : [{ kind: 'account' as const, id: accountId }])].map((ref) =>
      latestOf(ref, movesKeys),
    ),
  ])
  const times = changes.filter((time) => time !== undefined)
  // Nothing went meanwhile: it was written without the right.
  return times.length > 0 && writtenAt < Math.max(...times)
}

function isAboutRights({ reasons }: QuarantineEntry): boolean {
  return reasons.some(
    ({ feature, code }) =>
      feature !== undefined || code === 'not-found-or-out-of-scope' || code.startsWith('worker-'),
  )
}

/** The worker and every group that decides for them. */
function policyRecordsOf({ workers, groups }: Directory, workerId: string): readonly RecordRef[] {
  const ids = new Set(workers.get(workerId)?.memberships.map(({ groupId }) => groupId) ?? [])
  for (const id of ids) {
    const parent = groups.get(id)?.parentId ?? null
    if (parent !== null) ids.add(parent)
  }
  return [{ kind: 'worker', id: workerId }, ...[...ids].map((id) => ({ kind: 'group' as const, id }))]
}

function movesKeys({ keysBefore, keysAfter }: JournalEntry): boolean {
  return keysBefore.length > 0 && keysBefore.join('\n') !== keysAfter.join('\n')
}
