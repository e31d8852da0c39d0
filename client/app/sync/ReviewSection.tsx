/** What others were refused and the reader may accept or decline. Needs the server: nothing of it is on this device. */
import { createResource, For, type JSX, Match, Show, Switch } from 'solid-js'
import type { RecordKey } from '../../../core/records/kind-spec.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import layout from '../../styles/layout.module.css'
import { createKeyed } from '../../workspaces/record/create-keyed.ts'
import { namesOf } from '../../workspaces/record/lookups.ts'
import { useLiveQuery } from '../context.tsx'
import { t } from '../i18n.ts'
import { referencesOf } from './references-of.ts'
import { acceptEdit, declineEdit, loadReview, type ReviewItem, type Settling } from './review.ts'
import { ReviewCard } from './ReviewCard.tsx'

export interface ReviewSectionProps {
  readonly now: number
  readonly online: boolean
}

export function ReviewSection(props: ReviewSectionProps): JSX.Element {
  const [asked, { refetch }] = createResource(
    () => props.online,
    () => loadReview(),
  )
  const answer = () => (asked.error === undefined ? asked.latest : undefined)
  const items = createKeyed((): readonly ReviewItem[] | undefined => {
    const found = answer()
    return found?.type === 'items' ? found.items : undefined
  }, 'id')
  const names = useLiveQuery((db) => {
    const wanted = (items() ?? []).flatMap((item) => [
      `colleague/${item.worker}` as RecordKey,
      ...(item.recovered?.author ? [`colleague/${item.recovered.author}` as RecordKey] : []),
      ...referencesOf(item),
    ])
    return () => namesOf(db, [...new Set(wanted)])
  })
  // Whatever came of it, somebody else may have been quicker: the list is asked for again.
  const settled = async (settling: Promise<Settling>) => {
    const outcome = await settling
    await refetch()
    return outcome
  }
  return (
    <section class={layout.stack} aria-labelledby="review-title">
      <h2 id="review-title">{t('review.title')}</h2>
      <Switch>
        <Match when={items()?.length ? items() : undefined}>
          {(found) => (
            <div class={layout.columns}>
              <For each={found()}>
                {(item) => (
                  <ReviewCard
                    item={item}
                    now={props.now}
                    online={props.online}
                    nameOf={(record) => names()?.get(record as RecordKey)}
                    onAccept={({ id }) => settled(acceptEdit(id))}
                    onDecline={({ id }, word) => settled(declineEdit(id, word))}
                  />
                )}
              </For>
            </div>
          )}
        </Match>
        <Match when={!props.online}>
          <Card>
            <p class={layout.quiet}>{t('review.offline')}</p>
          </Card>
        </Match>
        <Match when={asked.loading}>
          <Card>
            <p class={layout.quiet} aria-live="polite">
              {t('review.loading')}
            </p>
          </Card>
        </Match>
        <Match when={items()}>
          <Card>
            <p class={layout.quiet}>{t('review.empty')}</p>
          </Card>
        </Match>
        <Match when={true}>
          <Card>
            <p>{t('review.failed')}</p>
            <div>
              <Button onClick={() => void refetch()}>{t('review.again')}</Button>
            </div>
          </Card>
        </Match>
      </Switch>
      <Show when={(items()?.length ?? 0) > 0 && !props.online}>
        <p class={layout.quiet}>{t('review.offline')}</p>
      </Show>
    </section>
  )
}
