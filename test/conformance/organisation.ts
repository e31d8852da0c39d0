/**
 * A case's organisation as core sees it: its rows over the groups that ship, and the principals compiled from them at
 * its clock. The server makes the same from the same file (served-organisation.ts).
 */
import {
  catalogueFromSettings,
  groupFromRow,
  makeDirectory,
  workerFromRow,
} from '../../core/access/directory.ts'
import { compile } from '../../core/access/principal.ts'
import type { Directory, Instant, Principal, Target } from '../../core/access/types.ts'
import { preconfiguredGroups } from '../../core/catalogue/preconfigured-groups.ts'
import { emptyRow, rowAfterWrites } from '../../core/documents/row-after-writes.ts'
import { type RowValues, writesFor } from '../../core/documents/writes-for.ts'
import { houseContactId } from '../../core/records/contact.ts'
import { type Kind, type RecordKey, recordKey, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import { settingsId } from '../../core/records/settings.ts'
import type { NewRecord } from '../../sync-server/seed/create-all.ts'
import type { OrganisationFile } from './case-files.ts'

export interface Organisation {
  readonly now: Instant
  readonly rows: ReadonlyMap<RecordKey, Row>
  readonly directory: Directory
  readonly principalOf: (workerId: string) => Principal
  readonly row: (kind: Kind, id: string) => Row | null
}

/** What the file says, in an order in which every reference names what is there. */
export function recordsOf(file: OrganisationFile): readonly NewRecord[] {
  const of = (kind: Kind, records: OrganisationFile['workers']): NewRecord[] =>
    records.map(({ id, ...fields }) => ({ kind, id, fields }))
  return [
    { kind: 'settings', id: settingsId, fields: file.settings },
    ...of('group', file.groups),
    ...of('account', file.accounts),
    ...of('label-set', file.labelSets),
    ...of('board', file.boards),
    ...of('campaign', file.campaigns),
    ...of('worker', file.workers),
    ...of('contact', file.contacts),
    ...of('address', file.addresses),
    ...of('desk', file.desks),
  ]
}

export function organisationOf(file: OrganisationFile): Organisation {
  const rows = new Map<RecordKey, Row>()
  const put = (kind: Kind, id: string, fields: RowValues) => {
    const key = recordKey(kind, id)
    rows.set(key, rowWith(rows.get(key) ?? null, kind, id, fields))
  }
  for (const { code, name, description, type, parentId, allow } of preconfiguredGroups) {
    const features = Object.fromEntries(allow.map((feature) => [feature, 'allow']))
    put('group', code, {
      code,
      name,
      description,
      type,
      parentId,
      enabled: true,
      preconfigured: true,
      features,
    })
  }
  for (const { kind, id, fields } of recordsOf(file)) {
    put(kind, id, fields)
    if (kind === 'account') put('contact', houseContactId(id), { ...house, accountId: id })
  }
  const ofKind = (kind: Kind) => [...rows.values()].filter((row) => row.kind === kind)
  for (const row of ofKind('worker')) {
    put('colleague', row.id, { name: kindSpecs.worker.title(row), active: row.active })
  }
  const now = Date.parse(file.now)
  const row = (kind: Kind, id: string) => rows.get(recordKey(kind, id)) ?? null
  const directory = makeDirectory(
    catalogueFromSettings(row('settings', settingsId)),
    ofKind('worker').map(workerFromRow),
    ofKind('group').map(groupFromRow),
    1,
  )
  const compiled = new Map<string, Principal>()
  const principalOf = (id: string) => {
    const principal = compiled.get(id) ?? compile(directory, id, now)
    compiled.set(id, principal)
    return principal
  }
  return { now, rows, directory, principalOf, row }
}

/** As the server makes it (P22). */
const house = { firstName: 'House', lastName: 'Contact', house: true, active: true }

/** The row that these values would leave. */
export function rowWith(before: Row | null, kind: Kind, id: string, values: RowValues): Row {
  const spec = kindSpecs[kind]
  return rowAfterWrites(spec, before ?? emptyRow(spec, id), writesFor(spec, before, values))
}

/** A record as decisions read it: with its account, where it hangs on one. */
export function targetOf(organisation: Organisation, kind: Kind, id: string, row: Row | null): Target {
  if (kindSpecs[kind].scope !== 'account') return { kind, id, row }
  const account = row === null ? null : organisation.row('account', String(row.accountId))
  return { kind, id, row, account }
}
