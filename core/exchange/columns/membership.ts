/**
 * Who is in which worker group, each membership on a row of its own: the worker's column `groups` turned on its side,
 * for those who keep groups in a spreadsheet. A row sets a membership; with `mode` remove it ends it.
 */
import type { ColumnMap } from '../column.ts'

export const membershipColumns: ColumnMap = {
  kind: 'worker',
  key: 'username',
  repeats: true,
  columns: [
    { name: 'username', field: 'username', type: { type: 'id' } },
    { name: 'group', field: 'groups', type: { type: 'reference', kind: 'group' }, label: 'Worker group' },
    { name: 'valid_from', field: 'validFrom', type: { type: 'instant' } },
    { name: 'valid_until', field: 'validUntil', type: { type: 'instant' } },
    { name: 'mode', field: 'groups', type: { type: 'mode' }, label: 'Set or remove' },
  ],
}
