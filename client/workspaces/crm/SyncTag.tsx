/** What is special about a record in a list: refused before waiting before inactive. */
import { type JSX, Match, Switch } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { Tag } from '../../components/Tag.tsx'

export type SyncMark = 'refused' | 'waiting' | undefined

export function SyncTag(props: {
  readonly mark: SyncMark
  readonly inactive?: boolean | undefined
}): JSX.Element {
  return (
    <Switch>
      <Match when={props.mark === 'refused'}>
        <Tag tone="denied">{t('crm.refused')}</Tag>
      </Match>
      <Match when={props.mark === 'waiting'}>
        <Tag tone="pending">{t('crm.waiting')}</Tag>
      </Match>
      <Match when={props.inactive}>
        <Tag>{t('crm.inactive')}</Tag>
      </Match>
    </Switch>
  )
}
