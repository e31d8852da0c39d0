/** What fields that are saved at once need to know of their record: names, phone, description. Never access. */
import { decide } from '../../../core/access/decide.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { recordKey } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import type { RecordForm } from '../record/RecordField.tsx'
import { workerName } from './names.ts'
import type { SettingsData } from './settings-data.ts'

/** `row` is tracked: the form follows it. */
export function recordForm(data: SettingsData, row: () => Row): RecordForm {
  const target = () => ({ kind: row().kind, id: row().id, row: row() })
  return {
    get kind() {
      return row().kind
    },
    get title() {
      return kindSpecs[row().kind].title(row())
    },
    get reader() {
      return data.principal().name
    },
    get now() {
      return data.now()
    },
    valueOf: (field) => row()[field],
    get decision() {
      return decide(data.principal(), 'edit', target())
    },
    decisionOf: (field) => decide(data.principal(), 'edit', target(), field),
    pendingOf: (field) => data.pendingOf(recordKey(row().kind, row().id), field),
    save: (field, value) => {
      const { kind, id } = row()
      return data.save([{ kind: kind === 'worker' ? 'worker' : 'group', id, fields: { [field]: value } }])
    },
    nameOf: (kind, id) => (kind === 'worker' ? workerName(data.directory(), id) : undefined),
    optionsFor: () => [],
  }
}
