/** How a worker is spoken of in lists and titles. */
import type { Directory } from '../../../../core/access/types.ts'
import { userTypeLabels } from '../../../../core/catalogue/user-types.ts'
import { accountFilters } from '../../../../core/catalogue/account-filters.ts'
import type { FieldValue, Row } from '../../../../core/records/kind-spec.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { groupName, workerName } from '../names.ts'
import { type Validity, validityOf } from '../validity-words.ts'

/** The groups, or the job title of who is in none. */
export function workerLede(row: Row, directory: Directory): string {
  return groupsLine(row, directory) || String(row.jobTitle ?? '')
}

export function groupsLine(row: Row, directory: Directory): string {
  return membershipsOf(row)
    .map(({ id }) => groupName(directory, id))
    .join(', ')
}

export function userTypeLine(row: Row): string {
  return userTypeLabels[row.userType as keyof typeof userTypeLabels] ?? ''
}

/** The filter with what it works with; rep codes stand beside it. "Accounts mapped: 3". */
export function accountFilterLine(row: Row): string {
  const filter = accountFilters.find((one) => one === row.accountsQueryType)
  switch (filter) {
    case undefined:
      return ''
    case 'mapped':
      return formatCount(stringsOf(row.mappedAccounts).length, t('manage.mappedCount'))
    case 'my-acct':
      return t('manage.ownAccount', { aId: String(row.aId ?? '') }).trim()
    default:
      return t(`settings.filterNames.${filter}`)
  }
}

export function loginValidity(row: Row): Validity {
  return validityOf({ from: row.validFrom ?? null, until: row.validUntil ?? null } as FieldValue)
}

/** "michael9 · Account Manager · reports to Stephen Jiang". */
export function workerTitleLede(row: Row, directory: Directory): string {
  const type = userTypeLine(row)
  const manager = typeof row.managerId === 'string' ? workerName(directory, row.managerId) : null
  return [row.username, type, manager === null ? null : t('settings.reportsTo', { name: manager })]
    .filter(Boolean)
    .join(' · ')
}

export interface StoredMembership {
  readonly id: string
  readonly from: string | null
  readonly until: string | null
}

export function membershipsOf(row: Row): readonly StoredMembership[] {
  return Array.isArray(row.groups) ? (row.groups as StoredMembership[]) : []
}

export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
