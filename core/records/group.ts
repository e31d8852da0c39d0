/** A worker group: a bundle of features with members, in a hierarchy whose denials flow downward. */
import { groupTypeLabels, groupTypes } from '../catalogue/group-types.ts'
import { flag, line } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const group: KindSpec = {
  kind: 'group',
  label: 'Worker group',
  plural: 'Worker groups',
  read: { type: 'feature-or-own', feature: 'settings.groups.view' },
  write: { type: 'feature', create: 'settings.groups', edit: 'settings.groups' },
  scope: 'self',
  title: (row) => String(row.name ?? row.code ?? ''),
  fields: {
    code: { label: 'Id', type: line(64), required: true, unique: true, searched: true },
    name: { label: 'Name', type: line(120), required: true, searched: true },
    description: { label: 'Description', type: line(500) },
    type: {
      label: 'Type',
      type: { type: 'enum', values: groupTypes, labels: groupTypeLabels },
      required: true,
      default: 'user',
      guarded: true,
    },
    parentId: { label: 'Parent', type: { type: 'reference', kind: 'group' }, guarded: true },
    enabled: { label: 'Enabled', type: flag, required: true, default: true, guarded: true },
    preconfigured: { label: 'Preconfigured', type: flag, serverMade: true },
    features: {
      label: 'Features',
      type: {
        type: 'map',
        entry: { type: 'feature' },
        value: { type: 'enum', values: ['allow', 'deny'] },
        max: 500,
      },
      guarded: true,
    },
  },
}
