/** What the list of workers can be filtered by, with how many workers have each: of all workers on the device. */
import { accountFilters } from '../../../../core/catalogue/account-filters.ts'
import { userTypeLabels, userTypes } from '../../../../core/catalogue/user-types.ts'
import type { Directory } from '../../../../core/access/types.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import type { FilterOption } from '../../../components/FilterMenu.tsx'
import { type GroupNode, groupTree } from '../groups/group-tree.ts'
import { activeFilters } from './filter-workers.ts'
import { editFilters, nothingChosen, validityFilters } from './worker-filters.ts'
import { stringsOf } from './worker-words.ts'

export interface WorkerFacets {
  readonly active: readonly FilterOption[]
  readonly groups: readonly FilterOption[]
  readonly userTypes: readonly FilterOption[]
  readonly accountFilters: readonly FilterOption[]
  readonly repCodes: readonly FilterOption[]
  readonly validity: readonly FilterOption[]
  readonly edits: readonly FilterOption[]
}

export function workerFacets(rows: readonly Row[], directory: Directory): WorkerFacets {
  const types = tally(rows, ({ userType }) => [String(userType ?? nothingChosen)])
  const filters = tally(rows, ({ accountsQueryType }) => [String(accountsQueryType ?? nothingChosen)])
  const codes = tally(rows, ({ repCodes }) => stringsOf(repCodes))
  const active = rows.filter((row) => row.active === true).length
  const counted = (counts: ReadonlyMap<string, number>, value: string, label: string): FilterOption => ({
    value,
    label,
    count: formatNumber(counts.get(value) ?? 0),
  })
  const none = (counts: ReadonlyMap<string, number>) =>
    counts.has(nothingChosen) ? [counted(counts, nothingChosen, t('common.none'))] : []
  const byActive = { active, disabled: rows.length - active, both: rows.length }
  return {
    active: activeFilters.map((value) => ({
      value,
      label: t(`settings.${value}`),
      count: formatNumber(byActive[value]),
    })),
    groups: groupOptions(groupTree(directory), 0),
    userTypes: [...userTypes.map((type) => counted(types, type, userTypeLabels[type])), ...none(types)],
    accountFilters: [
      ...accountFilters.map((one) => counted(filters, one, t(`settings.filterNames.${one}`))),
      ...none(filters),
    ],
    repCodes: [...codes.keys()].sort(byText).map((code) => counted(codes, code, code)),
    validity: validityFilters.map((value) => ({ value, label: t(`manage.validityNames.${value}`) })),
    edits: editFilters.map((value) => ({ value, label: t(`settings.${value}`) })),
  }
}

/** Groups as the tree that they are: each a little further in than the one above it. */
function groupOptions(nodes: readonly GroupNode[], depth: number): readonly FilterOption[] {
  return nodes.flatMap(({ group, workers, children }) => [
    { value: group.id, label: group.name, count: formatNumber(workers), depth },
    ...groupOptions(children, depth + 1),
  ])
}

function tally(rows: readonly Row[], valuesOf: (row: Row) => readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) for (const value of valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function byText(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true })
}
