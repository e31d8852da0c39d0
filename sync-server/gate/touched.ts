/**
 * How many workers a change of access touches (G-16): the members of a changed group and of every group below it, and a
 * worker whose own access is changed. Each counts once for what is saved as one.
 *
 * Counted, not compared: whether any of them holds more or less afterwards is for a dry run to work out.
 */
import { membersBelow } from '../../core/access/hard-rules/affected-workers.ts'
import type { Directory } from '../../core/access/types.ts'
import { fieldSpecOf } from '../../core/documents/field-key.ts'
import type { Change } from '../../core/documents/types.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { RecordRef } from '../storage/storage.ts'

export interface Touched {
  /** Those that no entry of the change set has touched before in this batch; nothing where there are none. */
  by(
    record: RecordRef,
    changes: readonly Change[],
    directory: Directory,
    changeSet: string | undefined,
  ): { readonly touched?: number }
}

export function createTouched(): Touched {
  const bySet = new Map<string, Set<string>>()
  return {
    by(record, changes, directory, changeSet) {
      const { kind, id } = record
      if (kind !== 'worker' && kind !== 'group') return {}
      if (!changes.some(({ field }) => fieldSpecOf(kindSpecs[kind], field)?.guarded === true)) return {}
      const known = (changeSet === undefined ? undefined : bySet.get(changeSet)) ?? new Set<string>()
      if (changeSet !== undefined) bySet.set(changeSet, known)
      const before = known.size
      for (const worker of kind === 'group' ? membersBelow(directory, id) : [id]) known.add(worker)
      return known.size === before ? {} : { touched: known.size - before }
    },
  }
}
