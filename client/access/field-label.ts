/**
 * What a field is called on this screen: by the label set of whoever is signed in, else as it ships (U-09, U-26).
 *
 * The one place where the client reads a label. Tracked: a set that is changed or given arrives under open screens.
 */
import { type FieldSpec, type Kind, recordKey, type Row } from '../../core/records/kind-spec.ts'
import {
  boardFor,
  labelIn,
  type LabelsByField,
  labelSetFor,
  labelsOf,
} from '../../core/records/portal-words.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { settingsId } from '../../core/records/settings.ts'
import type { Replica } from '../replica/database.ts'
import { surroundings } from './surroundings.ts'

export function fieldLabel(kind: Kind, field: string): string {
  return labelIn(surroundings().labels, kind, field)
}

/** The field under its label here, so that what a form checks is told by it, too; undefined for no field. */
export function shownField(kind: Kind, field: string): FieldSpec | undefined {
  const spec = kindSpecs[kind].fields[field]
  return spec === undefined ? undefined : { ...spec, label: fieldLabel(kind, field) }
}

/** What the portal of one worker is told in, and the board on its home screen. */
export interface PortalWords {
  readonly labels: LabelsByField
  readonly board: Row | null
}

/** From this device: offline, too. */
export async function readPortalWords(db: Replica, workerId: string): Promise<PortalWords> {
  const [worker, settings] = await rowsOf(db, [
    { kind: 'worker', id: workerId },
    { kind: 'settings', id: settingsId },
  ])
  const ids = [worker?.labelSet, settings?.defaultLabelSet, worker?.board, settings?.defaultBoard]
  const [ownSet, commonSet, ownBoard, commonBoard] = await rowsOf(
    db,
    ids.map((id, index) => ({
      kind: index < 2 ? 'label-set' : 'board',
      id: typeof id === 'string' ? id : '',
    })),
  )
  const held = [ownSet, commonSet, ownBoard, commonBoard]
  const of = {
    worker: worker ?? null,
    settings: settings ?? null,
    find: (kind: Kind, id: string) => held.find((row) => row?.kind === kind && row.id === id) ?? null,
  }
  return { labels: labelsOf(labelSetFor(of)), board: boardFor(of) }
}

async function rowsOf(
  db: Replica,
  refs: readonly { readonly kind: Kind; readonly id: string }[],
): Promise<readonly (Row | undefined)[]> {
  const records = await db.records.bulkGet(refs.map(({ kind, id }) => recordKey(kind, id)))
  return records.map((record) => record?.row)
}
