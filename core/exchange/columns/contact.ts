/** Contacts. House Contacts neither come nor go: the server makes one with each account (P22). */
import type { CellType, ColumnMap } from '../column.ts'

const text: CellType = { type: 'text' }
const id: CellType = { type: 'id' }

export const contactColumns: ColumnMap = {
  kind: 'contact',
  key: 'contact_id',
  columns: [
    { name: 'contact_id', field: 'externalId', type: id },
    { name: 'a_id', field: 'accountId', type: { type: 'reference', kind: 'account' } },
    { name: 'title', field: 'title', type: text },
    { name: 'first_name', field: 'firstName', type: text },
    { name: 'last_name', field: 'lastName', type: text },
    { name: 'job_title', field: 'jobTitle', type: text },
    { name: 'email', field: 'email', type: id },
    { name: 'phone', field: 'phone', type: text },
    { name: 'username', field: 'username', type: id },
    { name: 'active', field: 'active', type: { type: 'switch' } },
  ],
}
