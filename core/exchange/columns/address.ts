/** Shipping addresses. One `address_id` may stand for several: the same place of two accounts, or under two labels. */
import type { CellType, ColumnMap } from '../column.ts'

const text: CellType = { type: 'text' }
const number: CellType = { type: 'number' }

export const addressColumns: ColumnMap = {
  kind: 'address',
  key: 'address_id',
  repeats: true,
  columns: [
    { name: 'address_id', field: 'externalId', type: { type: 'id' } },
    { name: 'a_id', field: 'accountId', type: { type: 'reference', kind: 'account' } },
    { name: 'contact_id', field: 'contactId', type: { type: 'reference', kind: 'contact' } },
    { name: 'label', field: 'label', type: text },
    { name: 'line1', field: 'line1', type: text },
    { name: 'line2', field: 'line2', type: text },
    { name: 'city', field: 'city', type: text },
    { name: 'state', field: 'state', type: text },
    { name: 'state_name', field: 'stateName', type: text },
    { name: 'zip', field: 'zip', type: text },
    { name: 'country', field: 'country', type: text },
    { name: 'country_name', field: 'countryName', type: text },
    { name: 'latitude', field: 'latitude', type: number },
    { name: 'longitude', field: 'longitude', type: number },
    { name: 'active', field: 'active', type: { type: 'switch' } },
  ],
}
