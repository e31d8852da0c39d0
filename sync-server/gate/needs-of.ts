/**
 * What a submission will surely ask for, so that a whole batch is loaded with a few questions. Only a hint: what is
 * missing is loaded when it turns up (`NeedsLoading`).
 */
import { FIELDS_ROOT } from '../../core/documents/field-key.ts'
import { foldValue } from '../../core/records/fold.ts'
import { houseContactId } from '../../core/records/contact.ts'
import { type KindSpec, recordIdPattern, type Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Arrival } from './arrival.ts'
import { referenceOf } from './check-references.ts'
import type { Need } from './loaded.ts'
import { feedsScope } from './record-consequences.ts'
import type { FieldWrite } from '../../core/documents/row-after-writes.ts'
import type { RecordRef } from '../storage/storage.ts'
import type { WritesSubmission } from './types.ts'

export function needsOfUpdate({ submission, parsed }: Arrival): Need[] {
  const { author, record, edit, creates } = submission
  const needs: Need[] = [{ type: 'record', ref: record }]
  if (edit === null) needs.push({ type: 'refusals', workerId: author.workerId })
  else {
    needs.push(
      { type: 'verdict', deviceId: edit.deviceId, editId: edit.id },
      { type: 'device', id: edit.deviceId },
      { type: 'lease', clientId: edit.lease },
    )
  }
  if (!parsed.ok) return needs
  if (edit === null) {
    for (const { client } of parsed.update.groups) needs.push({ type: 'lease', clientId: client })
  }
  // A new record names its fields on the wire; in an old one most writes go by their origin.
  return creates ? [...needs, ...needsOfWrites(record, namedWrites(parsed.update), true)] : needs
}

export function needsOfSubmission({ record, writes, creates }: WritesSubmission): Need[] {
  return [{ type: 'record', ref: record }, ...needsOfWrites(record, writes, creates)]
}

function namedWrites(update: (Arrival['parsed'] & { ok: true })['update']): FieldWrite[] {
  return update.groups.flatMap(({ structs }) =>
    structs.flatMap((struct) => {
      if (struct.type !== 'item' || struct.parent?.root !== FIELDS_ROOT || struct.parent.key === null)
        return []
      const value = struct.content.type === 'any' ? struct.content.values.at(-1) : undefined
      return value === undefined ? [] : [{ field: struct.parent.key, value }]
    }),
  )
}

function needsOfWrites(ref: RecordRef, writes: readonly FieldWrite[], creates: boolean): Need[] {
  const spec: KindSpec = kindSpecs[ref.kind]
  const needs: Need[] = []
  for (const write of writes) {
    const reference = referenceOf(spec, write)
    if (
      reference !== null &&
      recordIdPattern.test(reference.id) &&
      reference.kind !== 'worker' &&
      reference.kind !== 'group'
    ) {
      needs.push({ type: 'record', ref: reference })
    }
    if (
      Object.hasOwn(spec.fields, write.field) &&
      spec.fields[write.field]?.unique &&
      typeof write.value === 'string'
    ) {
      const folded = foldValue(write.value)
      if (folded !== '') needs.push({ type: 'owners', kind: spec.kind, field: write.field, folded })
    }
  }
  if (spec.kind === 'account') {
    if (creates) needs.push({ type: 'record', ref: { kind: 'contact', id: houseContactId(ref.id) } })
    else if (writes.some(({ field }) => feedsScope(spec, field)))
      needs.push({ type: 'dependants', accountId: ref.id })
  }
  if (spec.kind === 'worker') needs.push({ type: 'record', ref: { kind: 'colleague', id: ref.id } })
  return needs
}

/** Second round: the account that a loaded record hangs on. */
export function needsOfRow(row: Row | null): Need[] {
  return typeof row?.['accountId'] === 'string' && recordIdPattern.test(row['accountId'])
    ? [{ type: 'record', ref: { kind: 'account', id: row['accountId'] } }]
    : []
}
