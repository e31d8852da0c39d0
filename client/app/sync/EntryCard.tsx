/** The card of a refused edit: which record, since when, and what was written, field by field. What follows is the caller's. */
import { For, type JSX } from 'solid-js'
import { Card } from '../../components/Card.tsx'
import { Diff } from '../../components/Diff.tsx'
import type { QuarantineEntry } from '../../replica/stored.ts'
import { formatTime } from '../format.ts'
import { t } from '../i18n.ts'
import { type FieldChange, fieldLabelOf } from './change-words.ts'

export interface EntryCardProps {
  readonly entry: QuarantineEntry
  readonly changes: readonly FieldChange[]
  /** Which of the two sorts of card it is, for its accessible name. */
  readonly name: 'syncScreen.refusedLabel' | 'review.answeredLabel'
  readonly lead: JSX.Element
  /** When it came to this, in milliseconds. */
  readonly at: number
  readonly children: JSX.Element
}

export function EntryCard(props: EntryCardProps): JSX.Element {
  return (
    <Card
      title={props.entry.title}
      label={t(props.name, {
        title: props.entry.title,
        fields: props.changes.map(({ field }) => fieldLabelOf(props.entry.record, field)).join(', '),
        time: new Date(props.entry.writtenAt).toLocaleTimeString(),
      })}
      lead={props.lead}
      aside={<small>{formatTime(props.at)}</small>}
    >
      <For each={props.changes}>
        {(change) => (
          <Diff
            label={fieldLabelOf(props.entry.record, change.field)}
            was={change.was || undefined}
            now={change.now || t('syncScreen.empty')}
          />
        )}
      </For>
      {props.children}
    </Card>
  )
}
