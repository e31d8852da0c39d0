/** A worker's own desk: saved views, favourites, preferences. Its id is the worker's; it roams over their devices. */
import { line } from './common.ts'
import type { KindSpec } from './kind-spec.ts'

export const desk: KindSpec = {
  kind: 'desk',
  label: 'Desk',
  plural: 'Desks',
  read: { type: 'own' },
  write: { type: 'own' },
  scope: 'self',
  title: () => 'Desk',
  fields: {
    favourites: {
      label: 'Favourites',
      type: { type: 'set', entry: { type: 'string', max: 130 }, max: 500 },
    },
    theme: { label: 'Theme', type: { type: 'enum', values: ['system', 'light', 'dark'] } },
    views: {
      label: 'Saved views',
      type: { type: 'map', entry: { type: 'string', max: 64 }, value: { type: 'json' }, max: 100 },
    },
    language: { label: 'Language', type: line(20) },
  },
}
