/** The columns of every kind that is imported and exported. */
import type { ColumnMap } from '../column.ts'
import type { ExchangeKind, FileKind } from '../kinds.ts'
import { accountColumns } from './account.ts'
import { addressColumns } from './address.ts'
import { contactColumns } from './contact.ts'
import { groupColumns } from './group.ts'
import { membershipColumns } from './membership.ts'
import { workerColumns } from './worker.ts'

export const columnMaps: Readonly<Record<ExchangeKind, ColumnMap>> = {
  group: groupColumns,
  worker: workerColumns,
  account: accountColumns,
  contact: contactColumns,
  address: addressColumns,
}

/** The same by what a file holds. */
export const fileMaps: Readonly<Record<FileKind, ColumnMap>> = {
  ...columnMaps,
  membership: membershipColumns,
}
