/** Records that an edit's values may point to: shown by name where they are on this device. */
import { splitFieldKey } from '../../../core/documents/field-key.ts'
import type { Change } from '../../../core/documents/types.ts'
import type { RecordKey } from '../../../core/records/kind-spec.ts'

export function referencesOf({ changes }: { readonly changes: readonly Change[] }): readonly RecordKey[] {
  return changes.flatMap(({ field: key, old, new: value }): RecordKey[] => {
    const { field, entry } = splitFieldKey(key)
    if (entry !== null && field === 'groups') return [`group/${entry}`]
    if (entry !== null && field === 'mappedAccounts') return [`account/${entry}`]
    if (!field.endsWith('Id')) return []
    return [old, value].flatMap((id): RecordKey[] =>
      typeof id === 'string' ? [`colleague/${id}`, `account/${id}`, `contact/${id}`, `group/${id}`] : [],
    )
  })
}
