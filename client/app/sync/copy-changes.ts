/** What was typed into a refused edit, to be pasted elsewhere. */
import { showToast } from '../../components/toasts.ts'
import type { QuarantineEntry } from '../../replica/stored.ts'
import { t } from '../i18n.ts'
import { fieldLabelOf, type FieldChange } from './change-words.ts'

export async function copyChanges(entry: QuarantineEntry, changes: readonly FieldChange[]): Promise<void> {
  try {
    await navigator.clipboard.writeText(copyText(changes, entry))
    showToast(t('syncScreen.copied'))
  } catch {
    showToast(t('syncScreen.copyFailed'), { tone: 'denied' })
  }
}

/** A single value alone, several with their labels. */
function copyText(changes: readonly FieldChange[], entry: QuarantineEntry): string {
  const whole = new Map(entry.changes.map(({ field, new: value }) => [field.replace(/^text:/, ''), value]))
  const textOf = (field: string, now: string) => {
    const value = whole.get(field)
    return typeof value === 'string' ? value : now
  }
  const [only, ...others] = changes
  if (only !== undefined && others.length === 0) return textOf(only.field, only.now)
  return changes
    .map(({ field, now }) => `${fieldLabelOf(entry.record, field)}: ${textOf(field, now)}`)
    .join('\n')
}
