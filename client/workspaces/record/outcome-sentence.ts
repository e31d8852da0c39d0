/** What became of an edit, as a sentence; undefined where it was saved. */
import type { Action } from '../../../core/access/types.ts'
import type { Kind } from '../../../core/records/kind-spec.ts'
import { t } from '../../app/i18n.ts'
import type { EditOutcome } from '../../replica/edit-record.ts'
import { reasonSentence } from './why.ts'

export function outcomeSentence(
  outcome: EditOutcome,
  kind: Kind,
  action: Action = 'edit',
): string | undefined {
  switch (outcome.type) {
    case 'saved':
    case 'unchanged':
      return undefined
    case 'denied':
      return reasonSentence(outcome.decision, { action, kind })
    case 'not-here':
      return t('record.notHere')
    case 'not-ready':
      return t('record.notReady')
    case 'too-large':
      return t('record.tooLarge')
    case 'read-only':
      return t('record.readOnly')
  }
}
