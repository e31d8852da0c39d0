/**
 * Which label set and which bulletin board a worker's portal shows, in the order of U-26: the worker's own, then the
 * organisation's, then none, which is the labels that ship. Decides words only, never what anybody may see.
 */
import { labelEntry, LABEL_LENGTH_MAX } from './label-set.ts'
import type { Kind, Row } from './kind-spec.ts'
import { kindSpecs } from './registry.ts'

/** Labels by `<kind>.<field>`: those of one label set. */
export type LabelsByField = Readonly<Record<string, string>>

export const shippedLabels: LabelsByField = {}

/** Rows as they are at hand; `find` answers null for a record that is not there. */
export interface PortalSettings {
  readonly worker: Row | null
  readonly settings: Row | null
  readonly find: (kind: 'label-set' | 'board', id: string) => Row | null
}

/**
 * The one set that applies, whole: sets are not laid over each other. Null for the labels that ship. One that is switched
 * off counts as none, and the next in order stands.
 */
export function labelSetFor(of: PortalSettings): Row | null {
  return firstOf(of, 'label-set', of.worker?.labelSet, of.settings?.defaultLabelSet)
}

/** As with label sets. */
export function boardFor(of: PortalSettings): Row | null {
  return firstOf(of, 'board', of.worker?.board, of.settings?.defaultBoard)
}

function firstOf(of: PortalSettings, kind: 'label-set' | 'board', ...ids: readonly unknown[]): Row | null {
  for (const id of ids) {
    const row = typeof id === 'string' && id !== '' ? of.find(kind, id) : null
    if (row !== null && row.active !== false) return row
  }
  return null
}

/** What a set says of fields; blank or overlong entries say nothing. */
export function labelsOf(set: Row | null): LabelsByField {
  const held = set?.labels
  if (typeof held !== 'object' || held === null || Array.isArray(held)) return shippedLabels
  return Object.fromEntries(
    Object.entries(held).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && entry[1].trim() !== '' && entry[1].length <= LABEL_LENGTH_MAX,
    ),
  )
}

/** What a field is called under these labels; a field that no kind declares by its own name. */
export function labelIn(labels: LabelsByField, kind: Kind, field: string): string {
  const entry = labelEntry(kind, field)
  if (Object.hasOwn(labels, entry)) return labels[entry] ?? field
  const { fields } = kindSpecs[kind]
  return (Object.hasOwn(fields, field) ? fields[field]?.label : undefined) ?? field
}
