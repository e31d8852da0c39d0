/** To how many workers a label set or board is given, and whether it is the organisation's. */
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { useSettings } from '../settings-data.ts'

const FIELDS = {
  'label-set': { worker: 'labelSet', settings: 'defaultLabelSet' },
  board: { worker: 'board', settings: 'defaultBoard' },
} as const

/** "The organisation's · Given to 3 workers", as far as the reader sees workers. */
export function useGiven(kind: keyof typeof FIELDS): (id: string) => string {
  const data = useSettings()
  const { worker, settings } = FIELDS[kind]
  return (id) => {
    const count = data.workers().filter((row) => row[worker] === id).length
    const parts = [
      data.settings()?.[settings] === id ? t('organisation.usedAsDefault') : '',
      count > 0 ? formatCount(count, t('organisation.usedBy')) : '',
    ].filter(Boolean)
    return parts.join(' · ') || t('organisation.unused')
  }
}
