/** The order of the list. What is not known, or not set, stands last in both directions; equals stand by name. */
import { accountFilters } from '../../../../core/catalogue/account-filters.ts'
import { userTypes } from '../../../../core/catalogue/user-types.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import type { Activity } from './activity.ts'
import { stringsOf } from './worker-words.ts'
import type { SortKey, WorkerSort } from './worker-filters.ts'

export interface SortContext {
  /** The worker's groups, in words. */
  readonly groupsOf: (row: Row) => string
  /** Undefined until it is counted. */
  readonly rightsOf: (id: string) => number | undefined
  readonly activityOf: (id: string) => Activity | undefined
}

type Value = string | number | null

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** A new list; each value is read once, not once for each comparison. */
export function sortWorkers(rows: readonly Row[], { by, descending }: WorkerSort, context: SortContext) {
  const valued = rows.map((row) => ({ row, value: valueOf(row, by, context), name: nameOf(row) }))
  const sign = descending ? -1 : 1
  valued.sort((a, b) => {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1
    } else {
      const order = compare(a.value, b.value)
      if (order !== 0) return order * sign
    }
    return collator.compare(a.name, b.name) || (a.row.id < b.row.id ? -1 : 1)
  })
  return valued.map(({ row }): Row => row)
}

function valueOf(row: Row, by: SortKey, context: SortContext): Value {
  switch (by) {
    case 'name':
      return nameOf(row)
    case 'username':
      return textOf(row.username)
    case 'groups':
      return textOf(context.groupsOf(row))
    case 'accounts':
      return placeIn(accountFilters, row.accountsQueryType)
    case 'repCodes':
      return textOf(stringsOf(row.repCodes)[0])
    case 'rights':
      return context.rightsOf(row.id) ?? null
    case 'lastSignIn':
      return context.activityOf(row.id)?.lastSignIn ?? null
    case 'lastSync':
      return context.activityOf(row.id)?.lastSync ?? null
    case 'userType':
      return placeIn(userTypes, row.userType)
    case 'validity':
      return typeof row.validUntil === 'string' ? Date.parse(row.validUntil) : null
    case 'state':
      return row.active === true ? 0 : 1
  }
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}

function nameOf(row: Row): string {
  return kindSpecs.worker.title(row)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function placeIn(order: readonly string[], value: unknown): number | null {
  const place = order.indexOf(String(value))
  return place === -1 ? null : place
}
