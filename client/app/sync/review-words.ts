/** What a card says of an edit to be reviewed: one that was refused, or one that a restored server lost (L20). */
import { t } from '../i18n.ts'
import { moment } from './moment.ts'
import type { ReviewItem } from './review.ts'

/** `title` of the record; `name` of who wrote it, or whose device found it; `author` of a find, where it is guessed. */
export interface ReviewNames {
  readonly title: string
  readonly name: string
  readonly author: string | undefined
}

export function labelWords({ at, recovered }: ReviewItem, { title, name }: ReviewNames, now: number): string {
  const time = moment(Date.parse(at), now)
  return recovered ? t('review.foundLabel', { title, time }) : t('review.label', { title, name, time })
}

export function whenWords(
  { at, writtenAt, recovered }: ReviewItem,
  { name }: ReviewNames,
  now: number,
): string {
  const time = moment(Date.parse(at), now)
  if (recovered) return t('review.found', { name, time })
  return writtenAt === null
    ? t('review.typedLive', { name, refused: time })
    : t('review.typed', { name, typed: moment(Date.parse(writtenAt), now), refused: time })
}

/** What else helps to decide, a sentence each. */
export function marks(
  { beforePolicy, recovered, sentence }: ReviewItem,
  { name, author }: ReviewNames,
): readonly string[] {
  if (recovered)
    return [author === undefined ? t('review.foundUnknown') : t('review.foundAuthor', { name: author })]
  const told = t('review.wasTold', { name, sentence })
  return beforePolicy === null ? [told] : [t(beforePolicy ? 'review.before' : 'review.after'), told]
}

export function acceptWords({ recovered }: ReviewItem, { title, name }: ReviewNames): string {
  return recovered ? t('review.acceptFoundText', { title }) : t('review.acceptText', { title, name })
}

export function wordHint({ recovered }: ReviewItem, { name }: ReviewNames): string {
  return recovered ? t('review.wordFoundHint') : t('review.wordHint', { name })
}
