/** One thing done to many workers: what it writes in each, and what a review says of it. */
import type { AccountFilter } from '../../../../../core/catalogue/account-filters.ts'
import { fieldKey } from '../../../../../core/documents/field-key.ts'
import type { Row } from '../../../../../core/records/kind-spec.ts'
import { formatCount } from '../../../../app/format.ts'
import { t } from '../../../../app/i18n.ts'
import type { ChangeLine } from '../../proposal/change-lines.ts'
import type { Overlay } from '../../proposal/overlay.ts'
import { type Validity, validityWords } from '../../validity-words.ts'
import { stringsOf } from '../worker-words.ts'

export type BulkChange =
  | { readonly type: 'join'; readonly groupId: string; readonly validity: Validity }
  | { readonly type: 'leave'; readonly groupId: string }
  | { readonly type: 'filter'; readonly filter: AccountFilter }
  | { readonly type: 'validity'; readonly validity: Validity }
  | { readonly type: 'active'; readonly active: boolean }

/** The same for every worker; what is so already in one of them is no change there. */
export function overlayOf(change: BulkChange): Overlay {
  switch (change.type) {
    case 'join': {
      const { from, until } = change.validity
      return { [fieldKey('groups', change.groupId)]: { from, until } }
    }
    case 'leave':
      return { [fieldKey('groups', change.groupId)]: null }
    case 'filter':
      return { accountsQueryType: change.filter }
    case 'validity':
      return { validFrom: change.validity.from, validUntil: change.validity.until }
    case 'active':
      return { active: change.active }
  }
}

/** "Add 3 workers to Field Sales North, until 31 Mar". */
export function summaryOf(
  change: BulkChange,
  count: number,
  groupName: (id: string) => string,
  now: number,
): ChangeLine {
  const workers = formatCount(count, t('manage.workers'))
  switch (change.type) {
    case 'join':
      return {
        verb: t('settings.verb.join'),
        tone: 'allowed',
        what: t('manage.toGroup', { workers, group: groupName(change.groupId) }),
        note: validityWords(change.validity, now),
      }
    case 'leave':
      return {
        verb: t('settings.verb.leave'),
        tone: 'denied',
        what: t('manage.fromGroup', { workers, group: groupName(change.groupId) }),
      }
    case 'filter':
      return {
        verb: t('settings.verb.change'),
        tone: 'notice',
        what: t('manage.filterOf', { workers }),
        note: t(`settings.filterNames.${change.filter}`),
      }
    case 'validity':
      return {
        verb: t('settings.verb.time'),
        tone: 'notice',
        what: t('manage.validityOf', { workers }),
        note: validityWords(change.validity, now),
      }
    case 'active':
      return change.active
        ? { verb: t('manage.enableVerb'), tone: 'allowed', what: workers }
        : { verb: t('manage.disableVerb'), tone: 'denied', what: workers, note: t('manage.disableNote') }
  }
}

/** How many of them the filter would leave without any account, as a sentence; undefined where none. */
export function blindedBy(filter: AccountFilter, rows: readonly Row[]): string | undefined {
  const without = (has: (row: Row) => boolean) => rows.filter((row) => !has(row)).length
  const said = (count: number, texts: { readonly one: string; readonly other: string }) =>
    count === 0 ? undefined : formatCount(count, texts)
  switch (filter) {
    case 'rep':
      return said(
        without(({ repCodes }) => stringsOf(repCodes).length > 0),
        t('manage.withoutCodes'),
      )
    case 'mapped':
      return said(
        without(({ mappedAccounts }) => stringsOf(mappedAccounts).length > 0),
        t('manage.withoutMapped'),
      )
    case 'my-acct':
      return said(
        without(({ aId }) => typeof aId === 'string' && aId.trim() !== ''),
        t('manage.withoutAId'),
      )
    case 'all':
      return undefined
  }
}
