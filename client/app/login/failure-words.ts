/** Why a call that should have signed in, or kept signed in, did not. */
import type { SignInOutcome } from '../../sync/session.ts'
import { t } from '../i18n.ts'

export function failureWords(outcome: SignInOutcome): string {
  switch (outcome.type) {
    case 'wrong':
      return outcome.detail === '' ? t('logins.failed') : outcome.detail
    case 'wait':
      return t('logins.wait', { seconds: String(outcome.seconds) })
    case 'offline':
      return navigator.onLine ? t('signIn.serverTrouble') : t('logins.changeOffline')
    case 'change-due':
    case 'signed-in':
      return ''
  }
}
