/** What every organisation begins with: its settings and the groups that ship (W-18). */
import { type PreconfiguredGroup, preconfiguredGroups } from '../../core/catalogue/preconfigured-groups.ts'
import type { RowValues } from '../../core/documents/writes-for.ts'
import { settingsId } from '../../core/records/settings.ts'
import type { Gate } from '../gate/types.ts'
import { createAll, type NewRecord } from './create-all.ts'

/** `more` is what its settings say besides the name. */
export async function seedPreconfigured(
  gate: Gate,
  organisationName: string | null = null,
  more: RowValues = {},
): Promise<void> {
  await createAll(gate, [
    { kind: 'settings', id: settingsId, fields: { name: organisationName, ...more } },
    ...preconfiguredGroups.map(groupRecord),
  ])
}

function groupRecord({
  code,
  name,
  description,
  type,
  parentId,
  allow,
  deny = [],
}: PreconfiguredGroup): NewRecord {
  const entries = [...allow.map((id) => [id, 'allow']), ...deny.map((id) => [id, 'deny'])]
  return {
    kind: 'group',
    id: code,
    fields: {
      code,
      name,
      description,
      type,
      parentId,
      enabled: true,
      preconfigured: true,
      features: Object.fromEntries(entries),
    },
  }
}
