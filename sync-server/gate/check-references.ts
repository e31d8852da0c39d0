/** P21: what a record names exists when the change commits. An account or contact must also be one its author may read. */
import { decideView } from '../../core/access/decide.ts'
import type { Principal, Reason } from '../../core/access/types.ts'
import { splitFieldKey } from '../../core/documents/field-key.ts'
import type { FieldKey } from '../../core/documents/types.ts'
import { type Kind, type KindSpec, recordIdPattern, recordKey } from '../../core/records/kind-spec.ts'
import type { FieldWrite } from '../../core/documents/row-after-writes.ts'
import type { Working } from './working-state.ts'

/** The kind and id that a write names; null for a write that names no record. */
export function referenceOf(
  spec: KindSpec,
  { field: key, value }: FieldWrite,
): { kind: Kind; id: string } | null {
  if (value === null) return null
  const { field, entry } = splitFieldKey(key)
  const type = Object.hasOwn(spec.fields, field) ? spec.fields[field]?.type : undefined
  if (type?.type === 'reference') return typeof value === 'string' ? { kind: type.kind, id: value } : null
  if ((type?.type === 'set' || type?.type === 'map') && type.entry.type === 'reference' && entry !== null) {
    return { kind: type.entry.kind, id: entry }
  }
  return null
}

/** One reason for each name that leads nowhere. `principal` is null where the operator or the server writes. */
export function checkReferences(
  working: Working,
  spec: KindSpec,
  writes: readonly FieldWrite[],
  principal: Principal | null,
): readonly Reason[] {
  const reasons: Reason[] = []
  for (const write of writes) {
    const reference = referenceOf(spec, write)
    // What is no id at all is told by the row's validation.
    if (reference === null || !recordIdPattern.test(reference.id)) continue
    const reason = missing(working, reference, write.field, principal)
    if (reason !== null) reasons.push(reason)
  }
  return reasons
}

function missing(
  working: Working,
  { kind, id }: { kind: Kind; id: string },
  field: FieldKey,
  principal: Principal | null,
): Reason | null {
  const { directory } = working
  const absent: Reason = { code: 'parent-not-found', rule: 'P21', field, detail: id }
  if (kind === 'worker') return directory.workers.has(id) ? null : absent
  if (kind === 'group') return directory.groups.has(id) ? null : absent
  const row = working.row(kind, id)
  if (principal === null) return row === null ? absent : null
  const account = kind === 'account' || row === null ? row : accountOf(working, row.accountId)
  if (decideView(principal, { kind, id, row, account }).outcome === 'allowed') return null
  // SAFETY: what is hidden is answered like what is not there, also to who tried to make it (S9).
  return working.hasRefusedCreation(principal.workerId, recordKey(kind, id))
    ? { code: 'depends-on-refused', rule: 'D13', field, detail: id }
    : absent
}

export function accountOf(working: Working, accountId: unknown) {
  return typeof accountId === 'string' && recordIdPattern.test(accountId)
    ? working.row('account', accountId)
    : null
}
