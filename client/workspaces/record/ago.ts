/** "Saved on this device 2 min ago. Was +1 425 555 0100.": what stands below a field that waits. */
import { formatAgo, formatDateTime } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export interface PendingField {
  /** The value before the first unsent edit, in words; null where the record is new. */
  readonly was: string | null
  readonly writtenAt: number
}

export function pendingSentence({ was, writtenAt }: PendingField, now: number): string {
  const saved = savedSentence(writtenAt, now)
  if (was === null) return saved
  return `${saved} ${was === '' ? t('record.wasEmpty') : t('record.was', { value: was })}`
}

function savedSentence(at: number, now: number): string {
  if (now - at < MINUTE_MS) return t('record.savedJustNow')
  if (now - at < DAY_MS) return t('record.savedAgo', { ago: formatAgo(at, now) })
  return t('record.savedOn', { day: formatDateTime(at, now) })
}
