/**
 * A label set: what fields are called on screens, for those to whom it is given (U-09). Which one applies is
 * `labelSetFor` (portal-words.ts); a field that it does not name keeps the label it came with.
 */
import { flag, line } from './common.ts'
import type { Kind, KindSpec } from './kind-spec.ts'

/** What a form, a list and a sentence have room for. */
export const LABEL_LENGTH_MAX = 60

export const labelSet: KindSpec = {
  kind: 'label-set',
  label: 'Label set',
  plural: 'Label sets',
  // Words for fields whose shipped words everybody knows; whose set it is decides what is shown, not who may read it.
  read: { type: 'everyone' },
  write: { type: 'feature', create: 'settings.system', edit: 'settings.system' },
  scope: 'self',
  title: (row) => String(row.name ?? ''),
  fields: {
    name: { label: 'Name', type: line(120), required: true, unique: true, searched: true },
    /** Unset in one from before there was a switch, which is on. */
    active: { label: 'Active', type: flag, default: true },
    /** `labels/<kind>.<field>: text`. */
    labels: {
      label: 'Labels',
      type: {
        type: 'map',
        entry: { type: 'string', max: 100 },
        value: { type: 'line', max: LABEL_LENGTH_MAX },
        max: 500,
      },
    },
  },
}

/** The entry of `labels` that names a field of a kind. */
export function labelEntry(kind: Kind, field: string): string {
  return `${kind}.${field}`
}
