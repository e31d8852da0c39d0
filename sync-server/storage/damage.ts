/**
 * Stored records that cannot be read (D22): a disk that lies, a file that somebody else wrote into.
 *
 * One record's damage is not another's: lists and feeds go on without it, what is asked about it waits, and whoever
 * runs the server is told once. Nothing is mended here, because nothing here knows what was written.
 */
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import type { RecordRef } from './storage.ts'

export type DamagedPart = 'row' | 'document'

export interface Damage {
  /** Tells of it the first time. */
  note(ref: RecordRef, part: DamagedPart): void
  /** Whether the record's row was found unreadable: it is in the storage and in no answer of it. */
  hidesRow(ref: RecordRef): boolean
  /** Records with a damage, as far as anybody has looked. */
  readonly size: number
}

export type TellDamage = (ref: RecordRef, part: DamagedPart) => void

export function createDamage(tell: TellDamage): Damage {
  const found = new Map<RecordKey, Set<DamagedPart>>()
  return {
    note(ref, part) {
      const key = recordKey(ref.kind, ref.id)
      const parts = found.get(key) ?? new Set()
      if (parts.has(part)) return
      found.set(key, parts.add(part))
      tell(ref, part)
    },
    hidesRow: ({ kind, id }) => found.get(recordKey(kind, id))?.has('row') === true,
    get size() {
      return found.size
    },
  }
}

/** Nothing can be decided about this record until it has been restored. */
export class DamagedRecord extends Error {
  readonly ref: RecordRef
  readonly part: DamagedPart

  constructor({ kind, id }: RecordRef, part: DamagedPart) {
    super(`the ${part} of ${kind}/${id} cannot be read`)
    this.ref = { kind, id }
    this.part = part
  }
}
