/** The organisation's settings: one record, id `organization`. Every worker's portal reads it; settings.system writes it. */
import { PASSWORD_LENGTH_MIN } from '../protocol/limits.ts'
import { line } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const settingsId = 'organization'

export const settings: KindSpec = {
  kind: 'settings',
  label: 'Settings',
  plural: 'Settings',
  read: { type: 'everyone' },
  write: { type: 'feature', create: 'settings.system', edit: 'settings.system' },
  scope: 'self',
  title: (row) => String(row.name ?? 'Settings'),
  fields: {
    name: { label: 'Organisation name', type: line(120) },
    offlineLeaseDays: {
      label: 'Days a device may work offline',
      type: { type: 'number', min: 1, max: 90, integer: true },
      default: 14,
    },
    /** Characters that a password has at least. Never fewer than the product asks for; the server reads it. */
    passwordLengthMin: {
      label: 'Password length, at least',
      type: { type: 'number', min: PASSWORD_LENGTH_MIN, max: 128, integer: true },
      default: PASSWORD_LENGTH_MIN,
    },
    /** Of whoever has none of their own (U-26). */
    defaultLabelSet: { label: 'Label set', type: { type: 'reference', kind: 'label-set' } },
    defaultBoard: { label: 'Bulletin board', type: { type: 'reference', kind: 'board' } },
    /** `customRights/<id>: {label, workspace}`. */
    customRights: {
      label: 'Custom rights',
      type: { type: 'map', entry: { type: 'string', max: 64 }, value: { type: 'custom-right' }, max: 200 },
    },
  },
}
