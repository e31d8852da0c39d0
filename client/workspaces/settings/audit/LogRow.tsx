/** One line of the log: what in one line, who and by which way, when, and whether it stands. */
import { type JSX, Match, Show, Switch } from 'solid-js'
import { formatAgo } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Avatar } from '../../../components/Avatar.tsx'
import { Row } from '../../../components/Row.tsx'
import { Tag } from '../../../components/Tag.tsx'
import type { LogEntry, LogItem } from './audit-api.ts'
import { actorName, entryTitleOf, ledeOf, touchedWords, whatTitleOf, whoLedeOf } from './log-words.ts'

export interface LogRowProps {
  readonly item: LogEntry
  readonly href: string
  readonly now: number
  readonly current?: boolean | undefined
  /** In the history of one record, whose name is known. */
  readonly ofRecord?: boolean | undefined
}

export function LogRow(props: LogRowProps): JSX.Element {
  return (
    <Row
      href={props.href}
      lead={<Avatar name={actorName(props.item)} kind={props.item.actor === null ? 'record' : 'person'} />}
      title={props.ofRecord ? whatTitleOf(props.item) : entryTitleOf(props.item)}
      lede={props.ofRecord ? whoLedeOf(props.item) : ledeOf(props.item)}
      end={formatAgo(Date.parse(props.item.at), props.now)}
      tag={
        <Show when={props.item.type === 'changes' && props.item} fallback={<Tag>{t('audit.access')}</Tag>}>
          {(item) => <Mark item={item()} />}
        </Show>
      }
      current={props.current}
    />
  )
}

/** What was taken back says so before how many it touched. */
function Mark(props: { readonly item: LogItem }): JSX.Element {
  return (
    <Switch>
      <Match when={props.item.undoneBy !== null}>
        <Tag>{t('audit.takenBack')}</Tag>
      </Match>
      <Match when={(props.item.touched ?? 0) > 1 ? props.item.touched : undefined}>
        {(touched) => <Tag tone="notice">{touchedWords(touched())}</Tag>}
      </Match>
    </Switch>
  )
}
