/** The directory: names of colleagues, derived by the server from workers. Id, name, active; never more (DESIGN 3). */
import { flag, line } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const colleague: KindSpec = {
  kind: 'colleague',
  label: 'Colleague',
  plural: 'Colleagues',
  read: { type: 'everyone' },
  write: { type: 'nobody' },
  scope: 'self',
  title: (row) => String(row.name ?? ''),
  fields: {
    name: { label: 'Name', type: line(201), searched: true, serverMade: true },
    active: { label: 'Active', type: flag, serverMade: true },
  },
}
