/** The organisation's settings: one record, id `organization`. Every worker's portal reads it; settings.system writes it, and settings.rights its register. */
import { OFFLINE_LEASE_DAYS, PASSWORD_LENGTH_MIN } from '../protocol/limits.ts'
import { line } from './common.ts'
import type { KindSpec, Row } from './kind-spec.ts'

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
      default: OFFLINE_LEASE_DAYS,
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
      feature: 'settings.rights',
      type: { type: 'map', entry: { type: 'string', max: 64 }, value: { type: 'custom-right' }, max: 200 },
    },
  },
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** How long a device may show its data without meeting the server, in milliseconds (W-e, B5). */
export function offlineLeaseMs(row: Row | null): number {
  const days = row?.offlineLeaseDays
  // What cannot be read lengthens nothing.
  return (typeof days === 'number' && days >= 1 ? days : OFFLINE_LEASE_DAYS) * DAY_MS
}
