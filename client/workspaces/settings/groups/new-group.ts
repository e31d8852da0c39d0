/** What the id of a new group has to be, whoever makes it: from nothing, or as a copy. */
import { foldValue } from '../../../../core/records/fold.ts'
import { recordIdPattern } from '../../../../core/records/kind-spec.ts'
import type { Directory } from '../../../../core/access/types.ts'
import { t } from '../../../app/i18n.ts'
import type { Values } from '../../record/RecordFormSheet.tsx'

/** A sentence by field; nothing where it may be used. */
export function checkNewGroup(values: Values, { groups }: Directory): Record<string, string> {
  const code = codeOf(values)
  if (code === '') return {}
  if (!recordIdPattern.test(code)) return { code: t('settings.codeBad') }
  const taken = [...groups.values()].some((group) => foldValue(group.code) === foldValue(code))
  return taken ? { code: t('settings.codeTaken') } : {}
}

/** It is also the record's id: a file that names the group by it finds it (REQUIREMENTS, Add-Edit). */
export function codeOf(values: Values): string {
  return String(values['code'] ?? '').trim()
}
