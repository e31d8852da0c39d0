/** What a password that is being typed still lacks, and how it would do. Advice: the server asks for the length alone. */
import { PASSWORD_LENGTH_MIN } from '../../../core/protocol/limits.ts'
import { formatCount, formatNumber } from '../format.ts'
import { t } from '../i18n.ts'

/** From here on guessing is hopeless, whatever it is made of. */
const STRONG_LENGTH = 20
/** Fewer different characters than this are a pattern. */
const DIFFERENT_MIN = 5

export function passwordAdvice(password: string): string {
  const characters = [...password]
  if (characters.length === 0) return t('logins.passwordRule', { min: formatNumber(PASSWORD_LENGTH_MIN) })
  const missing = PASSWORD_LENGTH_MIN - characters.length
  if (missing > 0) return formatCount(missing, t('logins.passwordMore'))
  if (new Set(characters).size < DIFFERENT_MIN) return t('logins.passwordSame')
  return characters.length < STRONG_LENGTH ? t('logins.passwordFits') : t('logins.passwordStrong')
}

/** The sentence that keeps it from being sent; undefined where it may be. */
export function passwordGap(password: string): string | undefined {
  const missing = PASSWORD_LENGTH_MIN - [...password].length
  return missing > 0 ? formatCount(missing, t('logins.passwordMore')) : undefined
}
