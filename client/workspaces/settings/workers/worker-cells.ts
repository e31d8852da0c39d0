/** What the cells of a worker say, in words. */
import type { Row } from '../../../../core/records/kind-spec.ts'
import { formatAgo, formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import type { SettingsData } from '../settings-data.ts'
import { validityWords } from '../validity-words.ts'
import type { Activity } from './activity.ts'
import type { SortKey } from './worker-filters.ts'
import { accountFilterLine, groupsLine, loginValidity, stringsOf, userTypeLine } from './worker-words.ts'

export type TextColumn = Exclude<SortKey, 'name' | 'rights' | 'state'>

export function cellText(
  row: Row,
  column: TextColumn,
  data: Pick<SettingsData, 'directory' | 'now'>,
  activity: Activity | undefined,
): string {
  switch (column) {
    case 'username':
      return String(row.username ?? '')
    case 'groups':
      return groupsLine(row, data.directory())
    case 'accounts':
      return accountFilterLine(row)
    case 'repCodes':
      return stringsOf(row.repCodes).join(' · ')
    case 'lastSignIn':
    case 'lastSync':
      return agoWords(activity?.[column], data.now())
    case 'userType':
      return userTypeLine(row)
    case 'validity':
      return validityWords(loginValidity(row), data.now())
  }
}

/** "–" for never, and for what is not known here. */
export function agoWords(at: number | null | undefined, now: number): string {
  return at === null || at === undefined ? t('manage.unknown') : formatAgo(at, now)
}

/** What stands at the end of a row: the rep codes, or what the list is ordered by. */
export function endWords(
  row: Row,
  sortedBy: SortKey,
  list: {
    readonly rightsOf: (id: string) => number | undefined
    readonly activityOf: (id: string) => Activity | undefined
  },
  now: number,
): string | undefined {
  switch (sortedBy) {
    case 'lastSignIn':
    case 'lastSync':
      return agoWords(list.activityOf(row.id)?.[sortedBy], now)
    case 'rights': {
      const rights = list.rightsOf(row.id)
      return rights === undefined ? undefined : formatCount(rights, t('manage.rightsCount'))
    }
    case 'validity':
      return validityWords(loginValidity(row), now)
    default:
      return stringsOf(row.repCodes).join(' · ') || undefined
  }
}
