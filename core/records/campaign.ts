/** A campaign: what leads come from, and what campaign access (U-10) names by its code. */
import { active, line } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const campaign: KindSpec = {
  kind: 'campaign',
  label: 'Campaign',
  plural: 'Campaigns',
  // A code and a name, no more: lists of leads, and who gives campaign access without settings.system, speak of them.
  read: { type: 'everyone' },
  write: { type: 'feature', create: 'settings.system', edit: 'settings.system' },
  scope: 'self',
  title: (row) => String(row.name ?? row.code ?? ''),
  fields: {
    code: { label: 'Code', type: line(64), required: true, unique: true, searched: true },
    name: { label: 'Name', type: line(120), required: true, searched: true },
    active,
  },
}
