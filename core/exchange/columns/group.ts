/** Worker groups, so that people, groups, rights and filters make the round trip together (B10). */
import type { ColumnMap } from '../column.ts'

export const groupColumns: ColumnMap = {
  kind: 'group',
  key: 'code',
  columns: [
    { name: 'code', field: 'code', type: { type: 'id' } },
    { name: 'name', field: 'name', type: { type: 'text' } },
    { name: 'description', field: 'description', type: { type: 'text' } },
    { name: 'type', field: 'type', type: { type: 'choice' } },
    { name: 'parent_code', field: 'parentId', type: { type: 'reference', kind: 'group' } },
    { name: 'enabled', field: 'enabled', type: { type: 'switch' } },
    { name: 'features', field: 'features', type: { type: 'states' } },
  ],
}
