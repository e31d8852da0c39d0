/** A refused edit as JSON. */
import type { QuarantineEntry } from '../storage/storage.ts'

export function toItem(entry: QuarantineEntry) {
  const { id, record, workerId, at, writtenAt, reasons, sentence, changes, recovered } = entry
  return {
    id,
    record: `${record.kind}/${record.id}`,
    /** Of what a restore lost, whose device handed it in: who wrote it is a guess (L20). */
    worker: recovered?.by ?? workerId,
    at: new Date(at).toISOString(),
    writtenAt: writtenAt === null ? null : new Date(writtenAt).toISOString(),
    reasons,
    sentence,
    changes,
    ...(recovered !== undefined && {
      recovered: { device: recovered.deviceId, author: recovered.author },
    }),
  }
}
