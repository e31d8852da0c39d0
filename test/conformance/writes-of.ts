/** What a case's edit writes: its own values, or where any will do, one that differs from what is there. */
import type { Write } from '../../core/documents/author-change.ts'
import { textKey } from '../../core/documents/field-key.ts'
import { writesFor } from '../../core/documents/writes-for.ts'
import type { FieldSpec, FieldValue, Row } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Case, RecordQuestion } from './case-files.ts'

export function writesOf(
  { kind, field }: RecordQuestion,
  row: Row | null,
  set: Case['set'],
): readonly Write[] {
  const spec = kindSpecs[kind]
  if (set !== undefined) return writesFor(spec, row, set)
  if (field === null) throw new Error('an edit names its field')
  if (field.includes('/')) return [{ field, value: true }]
  const known = Object.hasOwn(spec.fields, field) ? spec.fields[field] : undefined
  return [otherValue(field, known, row?.[field])]
}

function otherValue(field: string, spec: FieldSpec | undefined, old: unknown): Write {
  const said = (value: FieldValue): Write => ({ field, value })
  switch (spec?.type.type) {
    case 'boolean':
      return said(old !== true)
    case 'number':
      return said(spec.type.min + 1)
    case 'enum':
      return said(spec.type.values.find((value) => value !== old) ?? null)
    case 'text':
      return { field: textKey(field), value: 'Said today. ' }
    case 'set':
      return { field: `${field}/${spec.type.entry.type === 'feature' ? 'crm.export' : '999'}`, value: true }
    case 'email':
      return said('other@example.org')
    case 'string':
    case undefined:
      return said('Other')
    default:
      throw new Error(`${field} needs a value of its own: say it in the case's "set"`)
  }
}
