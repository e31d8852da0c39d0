/** The reader's bulletin board: its notices, the latest first. From this device, so that it stands there offline, too. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import BoardIcon from '~icons/lucide/megaphone'
import { noticesOf } from '../../../core/records/board.ts'
import type { Row } from '../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { formatCount, formatDay } from '../format.ts'
import { t } from '../i18n.ts'
import css from './Home.module.css'

/** More are a page to read, and stand behind a button. */
const SHOWN_AT_FIRST = 3

/** Nothing at all while nothing is on it. */
export function BoardCard(props: { readonly board: Row }): JSX.Element {
  const [all, setAll] = createSignal(false)
  const notices = () => noticesOf(props.board)
  const shown = () => (all() ? notices() : notices().slice(0, SHOWN_AT_FIRST))
  const hidden = () => notices().length - shown().length
  /** Something is not shown whole: what the reader works with must not slide below a long text. */
  const isShort = () => hidden() > 0 || (!all() && shown().some(({ body }) => isLong(body)))
  return (
    <Show when={notices().length > 0}>
      <Card
        title={kindSpecs.board.title(props.board)}
        lead={<BoardIcon class={css.boardIcon} aria-hidden="true" />}
      >
        <ul class={css.notices} data-short={all() ? undefined : ''} aria-label={t('internal.notices')}>
          <For each={shown()}>
            {(notice) => (
              <li>
                <div class={css.noticeHead}>
                  <b>{notice.title}</b>
                  <small>{formatDay(Date.parse(notice.at), Date.now())}</small>
                </div>
                <Show when={notice.body}>
                  <p>{notice.body}</p>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={isShort()}>
          <div>
            <Button onClick={() => setAll(true)}>
              {hidden() > 0 ? formatCount(hidden(), t('internal.moreNotices')) : t('internal.wholeNotices')}
            </Button>
          </div>
        </Show>
      </Card>
    </Show>
  )
}

/** About the four lines that a short one gets on a phone. */
function isLong(body: string): boolean {
  return body.length > 160 || body.split('\n').length > 4
}
