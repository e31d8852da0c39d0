/** Workers to choose from, by what was typed: the first few by name. */
import type { PickOption } from '../../../components/PickField.tsx'
import { workerName } from '../names.ts'
import type { SettingsData } from '../settings-data.ts'
import { type ActiveFilter, filterWorkers } from './filter-workers.ts'

/** A list to choose from, not to read: who wants more types more. */
const OPTIONS_MAX = 40

export function workerOptions(
  data: Pick<SettingsData, 'workers' | 'directory'>,
  query: string,
  filter: ActiveFilter = 'both',
): readonly PickOption[] {
  return filterWorkers(data.workers(), query, filter)
    .slice(0, OPTIONS_MAX)
    .map((row) => ({
      value: row.id,
      label: workerName(data.directory(), row.id),
      note: String(row.jobTitle ?? row.username ?? ''),
    }))
}
