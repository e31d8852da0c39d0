/** What to say of a call about a login that did not do what it should. */
import type { Answer } from './worker-logins.ts'
import { t } from '../i18n.ts'

/** The server's sentence, or that it could not be asked; undefined where all went well. */
export function failureOf(answer: Answer<unknown> | undefined): string | undefined {
  if (answer === undefined || answer.type === 'done') return undefined
  if (answer.type === 'refused' && answer.detail !== '') return answer.detail
  return answer.type === 'offline' ? t('logins.needsServer') : t('logins.failed')
}
