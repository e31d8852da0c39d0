/** Values that only one record of a kind may hold, compared after NFC and case folding. */
import type { Reason } from '../../core/access/types.ts'
import { foldValue } from '../../core/records/fold.ts'
import type { KindSpec } from '../../core/records/kind-spec.ts'
import type { FieldWrite } from '../../core/documents/row-after-writes.ts'
import type { Working } from './working-state.ts'

/** Who holds the value already is not told: they may be hidden from the author (GATE 34). */
export function checkUnique(
  working: Working,
  spec: KindSpec,
  id: string,
  writes: readonly FieldWrite[],
): readonly Reason[] {
  const reasons: Reason[] = []
  for (const { field, value } of writes) {
    if (!Object.hasOwn(spec.fields, field) || !spec.fields[field]?.unique) continue
    const folded = typeof value === 'string' ? foldValue(value) : ''
    if (folded === '') continue
    const taken = working.owners(spec.kind, field, folded).some((owner) => owner !== id)
    if (taken) reasons.push({ code: 'not-unique', rule: 'D8', field })
  }
  return reasons
}
