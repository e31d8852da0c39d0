/** A refused edit as JSON. */
import type { QuarantineEntry } from '../storage/storage.ts'

export function toItem({ id, record, workerId, at, writtenAt, reasons, sentence, changes }: QuarantineEntry) {
  return {
    id,
    record: `${record.kind}/${record.id}`,
    worker: workerId,
    at: new Date(at).toISOString(),
    writtenAt: writtenAt === null ? null : new Date(writtenAt).toISOString(),
    reasons,
    sentence,
    changes,
  }
}
