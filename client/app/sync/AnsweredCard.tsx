/** A refused edit that a reviewer has answered: accepted, or declined with a word. Read, it goes from this page (D21). */
import type { JSX } from 'solid-js'
import { Button } from '../../components/Button.tsx'
import { Tag } from '../../components/Tag.tsx'
import type { QuarantineEntry } from '../../replica/stored.ts'
import layout from '../../styles/layout.module.css'
import { t } from '../i18n.ts'
import { changesByField } from './change-words.ts'
import { copyChanges } from './copy-changes.ts'
import { EntryCard } from './EntryCard.tsx'

export interface AnsweredCardProps {
  readonly entry: QuarantineEntry
  readonly nameOf: (record: string) => string | undefined
  readonly onRead: (entry: QuarantineEntry) => Promise<void>
}

export function AnsweredCard(props: AnsweredCardProps): JSX.Element {
  const changes = () => changesByField(props.entry.record, props.entry.changes, props.nameOf)
  const isAccepted = () => props.entry.settled?.how === 'accepted'
  const answer = () => {
    const { by = '', word } = props.entry.settled ?? {}
    const name = props.nameOf(`colleague/${by}`) ?? by
    return isAccepted()
      ? t('review.acceptedBy', { name })
      : t('review.declinedBy', { name, word: word ?? '' })
  }
  return (
    <EntryCard
      entry={props.entry}
      changes={changes()}
      name="review.answeredLabel"
      lead={
        <Tag tone={isAccepted() ? 'allowed' : 'denied'}>
          {isAccepted() ? t('review.accepted') : t('review.declined')}
        </Tag>
      }
      at={props.entry.settled?.at ?? props.entry.at}
    >
      <p>{answer()}</p>
      <div class={layout.wrap}>
        <Button onClick={() => void props.onRead(props.entry)}>{t('review.read')}</Button>
        <Button kind="quiet" onClick={() => void copyChanges(props.entry, changes())}>
          {t('syncScreen.copy')}
        </Button>
      </div>
    </EntryCard>
  )
}
