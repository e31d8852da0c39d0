/** A row with changes laid over it, as the gate will leave it when it merges them (L9). */
import { rowAfterWrites } from '../../core/documents/row-after-writes.ts'
import type { Change } from '../../core/documents/types.ts'
import type { KindSpec, Row } from '../../core/records/kind-spec.ts'

export { emptyRow } from '../../core/documents/row-after-writes.ts'

/** Texts take the change's own words; who knows better writes them afterwards (`rebuildRecord`). */
export function withChanges(spec: KindSpec, row: Row, changes: readonly Change[]): Row {
  return rowAfterWrites(
    spec,
    row,
    changes.map(({ field, new: value }) => ({ field, value })),
  )
}
