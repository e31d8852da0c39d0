/** The changes of one record, for who may see the log: the same rows, the latest first. */
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import type { RecordKey } from '../../../../core/records/kind-spec.ts'
import { usePortal } from '../../../app/context.tsx'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { RowList } from '../../../components/Row.tsx'
import { SkeletonRows } from '../../../components/SkeletonRows.tsx'
import layout from '../../../styles/layout.module.css'
import { createNow } from '../../record/use-record-form.ts'
import { changeSetHref } from '../hrefs.ts'
import { createLog } from './create-log.ts'
import { LogRow } from './LogRow.tsx'
import { LogState } from './LogState.tsx'
import { NewsChip } from './NewsChip.tsx'
import { auditRight, whyNoLog } from './may-see-log.ts'

export function HistoryTab(props: { readonly record: RecordKey; readonly title: string }): JSX.Element {
  const portal = usePortal()
  const right = () => auditRight(portal.principal())
  return (
    <Show when={right().outcome === 'allowed'} fallback={<p>{whyNoLog(right())}</p>}>
      <History {...props} />
    </Show>
  )
}

function History(props: { readonly record: RecordKey; readonly title: string }): JSX.Element {
  const now = createNow()
  const log = createLog(() => ({ record: props.record }))
  return (
    <>
      <NewsChip log={log} />
      <Card flush label={t('audit.historyOf', { title: props.title })}>
        <Switch fallback={<LogState log={log} ofRecord />}>
          <Match when={log.state() === 'loading' && log.items().length === 0}>
            <SkeletonRows count={4} />
          </Match>
          <Match when={log.items().length > 0}>
            <Show when={log.state() === 'offline' || log.state() === 'failed'}>
              <LogState log={log} brief />
            </Show>
            <RowList label={t('audit.historyOf', { title: props.title })}>
              <For each={log.items()}>
                {(item) => (
                  <li>
                    <LogRow item={item} href={changeSetHref(item.id)} now={now()} ofRecord />
                  </li>
                )}
              </For>
            </RowList>
          </Match>
        </Switch>
      </Card>
      <Show when={log.hasMore() && log.items().length > 0}>
        <div class={layout.wrap}>
          <Button onClick={log.loadMore}>{t('audit.more')}</Button>
        </div>
      </Show>
    </>
  )
}
