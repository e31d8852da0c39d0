/** What the list of workers is filtered and ordered by, and the same as part of an address that can be sent to a colleague. */
import { accountFilters } from '../../../../core/catalogue/account-filters.ts'
import { userTypes } from '../../../../core/catalogue/user-types.ts'
import { type ActiveFilter, activeFilters } from './filter-workers.ts'

export const validityFilters = ['ends-soon', 'ended', 'not-begun'] as const
export type ValidityFilter = (typeof validityFilters)[number]

export const editFilters = ['waiting', 'refused'] as const
export type EditFilter = (typeof editFilters)[number]

/** Among user types and account filters: who has none. */
export const nothingChosen = 'none'

export interface WorkerFilters {
  readonly active: ActiveFilter
  /** Ids; a group stands for those below it, too. */
  readonly groups: readonly string[]
  readonly userTypes: readonly string[]
  readonly accountFilters: readonly string[]
  readonly repCodes: readonly string[]
  readonly validity: ValidityFilter | null
  readonly edits: readonly EditFilter[]
  /** The id of the account that the worker looks after. */
  readonly account: string | null
}

export const noWorkerFilters: WorkerFilters = {
  active: 'active',
  groups: [],
  userTypes: [],
  accountFilters: [],
  repCodes: [],
  validity: null,
  edits: [],
  account: null,
}

export const sortKeys = [
  'name',
  'username',
  'groups',
  'accounts',
  'repCodes',
  'rights',
  'lastSignIn',
  'lastSync',
  'userType',
  'validity',
  'state',
] as const
export type SortKey = (typeof sortKeys)[number]

export interface WorkerSort {
  readonly by: SortKey
  readonly descending: boolean
}

export const byName: WorkerSort = { by: 'name', descending: false }

export interface WorkerView {
  readonly query: string
  readonly filters: WorkerFilters
  readonly sort: WorkerSort
}

/** How many filters are set; the search is none of them. */
export function countFilters(filters: WorkerFilters): number {
  return (Object.keys(noWorkerFilters) as (keyof WorkerFilters)[]).filter(
    (name) => JSON.stringify(filters[name]) !== JSON.stringify(noWorkerFilters[name]),
  ).length
}

/** The parts of an address; null for what is not set. Several values stand beside each other. */
export type ViewParams = Readonly<Record<string, string | readonly string[] | null>>

export function toParams({ query, filters, sort }: WorkerView): ViewParams {
  const several = (values: readonly string[]) => (values.length === 0 ? null : values)
  return {
    q: query.trim() || null,
    active: filters.active === noWorkerFilters.active ? null : filters.active,
    group: several(filters.groups),
    type: several(filters.userTypes),
    filter: several(filters.accountFilters),
    code: several(filters.repCodes),
    validity: filters.validity,
    edits: several(filters.edits),
    account: filters.account,
    sort: sort.by === 'name' && !sort.descending ? null : `${sort.descending ? '-' : ''}${sort.by}`,
  }
}

/** What an address says; what it says wrongly is left out. */
export function fromParams(params: Readonly<Record<string, unknown>>): WorkerView {
  const several = (name: string) =>
    [params[name]].flat().filter((value): value is string => typeof value === 'string' && value !== '')
  const one = (name: string) => several(name)[0] ?? null
  const known = <T extends string>(values: readonly string[], all: readonly T[]) =>
    all.filter((value) => values.includes(value))
  const sort = one('sort') ?? 'name'
  return {
    query: one('q') ?? '',
    filters: {
      active: known(several('active'), activeFilters)[0] ?? noWorkerFilters.active,
      groups: several('group'),
      userTypes: known(several('type'), [...userTypes, nothingChosen]),
      accountFilters: known(several('filter'), [...accountFilters, nothingChosen]),
      repCodes: several('code'),
      validity: known(several('validity'), validityFilters)[0] ?? null,
      edits: known(several('edits'), editFilters),
      account: one('account'),
    },
    sort: {
      by: known([sort.replace(/^-/, '')], sortKeys)[0] ?? 'name',
      descending: sort.startsWith('-'),
    },
  }
}
