/** What is special about a worker or group in a list: refused before waiting before disabled. */
import { type JSX, Match, Switch } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { Tag } from '../../components/Tag.tsx'
import type { SyncMark } from '../crm/SyncTag.tsx'

export function MarkTag(props: {
  readonly mark: SyncMark
  readonly disabled?: boolean | undefined
}): JSX.Element {
  return (
    <Switch>
      <Match when={props.mark === 'refused'}>
        <Tag tone="denied">{t('settings.refused')}</Tag>
      </Match>
      <Match when={props.mark === 'waiting'}>
        <Tag tone="pending">{t('settings.waiting')}</Tag>
      </Match>
      <Match when={props.disabled}>
        <Tag>{t('settings.disabled')}</Tag>
      </Match>
    </Switch>
  )
}
