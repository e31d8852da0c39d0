/** Accounts: the columns that AdventureWorks brings, and those for what a portal adds. */
import type { CellType, ColumnMap } from '../column.ts'

const text: CellType = { type: 'text' }
const id: CellType = { type: 'id' }
const number: CellType = { type: 'number' }

export const accountColumns: ColumnMap = {
  kind: 'account',
  key: 'a_id',
  columns: [
    { name: 'a_id', field: 'aId', type: id },
    { name: 'name', field: 'name', type: text },
    { name: 'kind', field: 'accountKind', type: { type: 'choice' } },
    { name: 'rep_codes', field: 'repCodes', type: { type: 'list', commas: true } },
    { name: 'territory', field: 'territory', type: text },
    { name: 'country', field: 'country', type: text },
    { name: 'state', field: 'state', type: text },
    { name: 'zip', field: 'zip', type: text },
    { name: 'business_type', field: 'businessType', type: text },
    { name: 'specialty', field: 'specialty', type: text },
    { name: 'annual_sales', field: 'annualSales', type: number },
    { name: 'employees', field: 'employees', type: number },
    { name: 'year_opened', field: 'yearOpened', type: number },
    { name: 'phone', field: 'phone', type: text },
    { name: 'owner_username', field: 'ownerId', type: { type: 'reference', kind: 'worker' } },
    { name: 'parent_a_id', field: 'parentId', type: { type: 'reference', kind: 'account' } },
    { name: 'active', field: 'active', type: { type: 'switch' } },
    { name: 'notes', field: 'notes', type: text },
  ],
}
