/** Whether a record that a commit changed was to be seen before it, and is after it, by what the commit itself says. */
import { restrictedBy } from '../../core/access/restrictions.ts'
import type { Row } from '../../core/records/kind-spec.ts'
import type { CommittedChange } from '../gate/types.ts'
import type { RecordRef } from '../storage/storage.ts'
import { isVisible, needsAccount, type View } from './reach.ts'

/** Rows of the accounts that one commit changed, by id. */
export type AccountRows = ReadonlyMap<string, { readonly before: Row | null; readonly after: Row }>

/** `unknown`: its account decides, and the commit did not touch it. */
export type Visibility = boolean | 'unknown'

export function visibilityBefore(
  view: View,
  { record, keysBefore, attributesBefore }: CommittedChange,
  row: Row,
  accounts: AccountRows,
): Visibility {
  if (attributesBefore === null) return visibility(view, record, row, keysBefore, accounts, 'before')
  const { restrictions } = view.principal
  return view.meets(record.kind, keysBefore) && restrictedBy(restrictions, attributesBefore) === null
}

export function visibility(
  view: View,
  record: RecordRef,
  row: Row,
  keys: readonly string[],
  accounts: AccountRows,
  side: 'before' | 'after',
): Visibility {
  if (!view.meets(record.kind, keys)) return false
  if (!needsAccount(view, record.kind)) return isVisible(view, record, row, keys)
  const account = accounts.get(String(row.accountId))
  return account === undefined ? 'unknown' : isVisible(view, record, row, keys, account[side])
}
