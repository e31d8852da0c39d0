/** Why a worker holds a feature or does not: a sentence, and a step for each rule that had a say. */
import { clause } from '../../../../core/access/explain.ts'
import { isAllowed, type Right } from '../../../../core/access/types.ts'
import { t } from '../../../app/i18n.ts'
import type { ChainStep, Explanation } from '../../../components/types.ts'
import { groupLink } from '../../record/why.ts'

type Context = Parameters<typeof clause>[1]

/** The sentence, then a step for each rule that had a say, from the worker to the group that decides. */
export function explainRight(
  right: Right | undefined,
  worker: string,
  catalogue: Context['catalogue'],
): Explanation {
  const context: Context = { catalogue, kind: '' }
  const [first] = right?.reasons ?? []
  if (right === undefined || first === undefined) {
    return { sentence: t('settings.source.notGiven') }
  }
  const because = clause(first, context)
  const steps = right.reasons.map((reason, index): ChainStep => {
    const words = clause(reason, context)
    const path = reason.groups?.map(({ name }) => name).join(' › ')
    return {
      text: words.charAt(0).toLocaleUpperCase() + words.slice(1),
      note: path || t('record.rule', { rule: reason.rule }),
      href: reason.groups === undefined ? undefined : groupLink(reason.groups.at(-1)?.id ?? ''),
      decides: index === 0 && right.outcome === 'denied',
    }
  })
  return {
    sentence: isAllowed(right)
      ? t('settings.has', { worker, because })
      : t('settings.hasNot', { worker, because }),
    chain: [{ text: worker, note: '' }, ...steps],
  }
}
