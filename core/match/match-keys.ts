/**
 * Under which keys Check for Match finds a record: a name by its words in any order, an e-mail address, the digits of
 * a phone number. Equal keys are a match; what is nearly equal is none.
 *
 * Storage indexes records by these keys, so a change here needs a migration there (sync-server/storage/derived.ts).
 */
import { foldValue, foldWords } from '../records/fold.ts'
import type { MatchKeyType } from '../records/kind-spec.ts'

/** Empty for what has no key. */
export function matchKey(type: MatchKeyType, value: unknown): string {
  if (typeof value !== 'string') return ''
  switch (type) {
    case 'name':
      return [...new Set(foldWords(value))].sort().join(' ')
    case 'email':
      return foldValue(value)
    case 'phone':
      return value.normalize('NFKC').replaceAll(/\D/gu, '')
  }
}
