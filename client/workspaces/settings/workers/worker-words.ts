/** How a worker is spoken of in lists and titles. */
import type { Directory } from '../../../../core/access/types.ts'
import { userTypeLabels } from '../../../../core/catalogue/user-types.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { t } from '../../../app/i18n.ts'
import { groupName, workerName } from '../names.ts'

/** The groups, or the job title of who is in none. */
export function workerLede(row: Row, directory: Directory): string {
  const names = membershipsOf(row).map(({ id }) => groupName(directory, id))
  return names.length > 0 ? names.join(', ') : String(row.jobTitle ?? '')
}

/** "michael9 · Account Manager · reports to Stephen Jiang". */
export function workerTitleLede(row: Row, directory: Directory): string {
  const type = userTypeLabels[row.userType as keyof typeof userTypeLabels]
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
