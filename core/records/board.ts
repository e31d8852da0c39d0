/** A bulletin board: notices that stand on the home screen of those to whom it is given (U-08). */
import { active, line } from './common.ts'
import type { KindSpec, Row } from './kind-spec.ts'

export const NOTICE_TITLE_MAX = 120
export const NOTICE_BODY_MAX = 2_000

export interface Notice {
  readonly id: string
  readonly title: string
  readonly body: string
  /** When it was put up or last changed, as an instant; the latest stands first. */
  readonly at: string
}

export const board: KindSpec = {
  kind: 'board',
  label: 'Bulletin board',
  plural: 'Bulletin boards',
  // For the whole organisation, as a board in a corridor is: which one is shown is a setting, not a secret.
  read: { type: 'everyone' },
  write: { type: 'feature', create: 'settings.system', edit: 'settings.system' },
  scope: 'self',
  title: (row) => String(row.name ?? ''),
  fields: {
    name: { label: 'Name', type: line(120), required: true, unique: true, searched: true },
    active,
    /** `notices/<id>: {title, body, at}`, each replaced whole: two people at two notices never meet. */
    notices: {
      label: 'Notices',
      type: {
        type: 'map',
        entry: { type: 'string', max: 64 },
        value: { type: 'notice', titleMax: NOTICE_TITLE_MAX, bodyMax: NOTICE_BODY_MAX },
        max: 50,
      },
    },
  },
}

/** The latest first; one that cannot be read is left out. */
export function noticesOf(row: Row): readonly Notice[] {
  const held = row.notices
  if (typeof held !== 'object' || held === null || Array.isArray(held)) return []
  return Object.entries(held)
    .flatMap(([id, notice]: [string, unknown]): Notice[] => {
      if (typeof notice !== 'object' || notice === null) return []
      const { title, body, at } = notice as Readonly<Record<string, unknown>>
      return typeof title === 'string' && typeof body === 'string' && typeof at === 'string'
        ? [{ id, title, body, at }]
        : []
    })
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1))
}
