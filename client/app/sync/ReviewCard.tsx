/**
 * Somebody else's refused edit, for who may make it: who wrote it and when, what it would change, why it was refused.
 * Accepting writes it in the reader's own name and cannot be taken back by itself, so that it is asked before (D21).
 */
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { DECLINE_WORD_MAX } from '../../../core/protocol/limits.ts'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { ConfirmSheet } from '../../components/ConfirmSheet.tsx'
import { Diff } from '../../components/Diff.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { Tag } from '../../components/Tag.tsx'
import { TextArea } from '../../components/TextField.tsx'
import { showToast } from '../../components/toasts.ts'
import layout from '../../styles/layout.module.css'
import { formatAgo } from '../format.ts'
import { t } from '../i18n.ts'
import { changesByField, fieldLabelOf, kindLabel } from './change-words.ts'
import type { ReviewItem, Settling } from './review.ts'
import { acceptWords, labelWords, marks, type ReviewNames, whenWords, wordHint } from './review-words.ts'

export interface ReviewActions {
  readonly onAccept: (item: ReviewItem) => Promise<Settling>
  readonly onDecline: (item: ReviewItem, word: string) => Promise<Settling>
}

export interface ReviewCardProps extends ReviewActions {
  readonly item: ReviewItem
  readonly now: number
  readonly online: boolean
  readonly nameOf: (record: string) => string | undefined
}

export function ReviewCard(props: ReviewCardProps): JSX.Element {
  const [asks, setAsks] = createSignal<'accept' | 'decline'>()
  const [problem, setProblem] = createSignal<string>()
  const close = () => setAsks(undefined)
  const nameOf = (worker: string) => props.nameOf(`colleague/${worker}`) ?? worker
  const title = () => props.item.title ?? t('syncScreen.isNew', { kind: kindLabel(props.item.record) })
  const names = (): ReviewNames => {
    const author = props.item.recovered?.author ?? undefined
    return {
      title: title(),
      name: nameOf(props.item.worker),
      author: author === undefined ? undefined : nameOf(author),
    }
  }
  const settle = async (settling: Promise<Settling>, done: string) => {
    close()
    const outcome = await settling
    if (outcome.type === 'settled') showToast(done)
    else setProblem(outcome.sentence ?? t('review.noAnswer'))
  }
  const denied = () => (props.online ? undefined : t('review.offlineShort'))
  return (
    <Card
      title={title()}
      label={labelWords(props.item, names(), props.now)}
      lead={
        <Tag tone={props.item.askedAt === null ? 'plain' : 'notice'}>
          {props.item.askedAt === null ? t('review.toReview') : t('review.asked')}
        </Tag>
      }
      aside={<small>{formatAgo(Date.parse(props.item.at), props.now)}</small>}
    >
      <ReviewDiffs {...props} />
      <p>{whenWords(props.item, names(), props.now)}</p>
      <For each={marks(props.item, names())}>{(words) => <p class={layout.quiet}>{words}</p>}</For>
      <Show when={problem()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
      <div class={layout.wrap}>
        <Button
          denied={props.item.isWhole ? denied() : t('review.notWhole')}
          onClick={() => setAsks('accept')}
        >
          {t('review.accept')}
        </Button>
        <Button denied={denied()} onClick={() => setAsks('decline')}>
          {t('review.decline')}
        </Button>
      </div>
      <ConfirmSheet
        open={asks() === 'accept'}
        title={t('review.acceptTitle')}
        confirm={t('review.accept')}
        onConfirm={() => void settle(props.onAccept(props.item), t('review.acceptedToast'))}
        onClose={close}
      >
        {acceptWords(props.item, names())}
      </ConfirmSheet>
      <DeclineSheet
        open={asks() === 'decline'}
        hint={wordHint(props.item, names())}
        onClose={close}
        onDecline={(word) => void settle(props.onDecline(props.item, word), t('review.declinedToast'))}
      />
    </Card>
  )
}

function ReviewDiffs(props: Pick<ReviewCardProps, 'item' | 'nameOf'>): JSX.Element {
  const changes = () => changesByField(props.item.record, props.item.changes, props.nameOf)
  /** What the fields say now, in words, where it is not what the author knew. */
  const stands = () =>
    new Map(
      changesByField(
        props.item.record,
        props.item.changes.map(({ field, old }, index) => ({
          field,
          old,
          new: (props.item.stands[index] ?? null) as typeof old,
        })),
        props.nameOf,
      ).map(({ field, was, now }) => [field, was === now ? undefined : now || t('syncScreen.empty')]),
    )
  const note = (field: string) => {
    const value = props.item.creates ? undefined : stands().get(field)
    return value === undefined ? undefined : t('review.standsNow', { value })
  }
  return (
    <For each={changes()}>
      {(change) => (
        <Diff
          label={fieldLabelOf(props.item.record, change.field)}
          was={change.was || undefined}
          now={change.now || t('syncScreen.empty')}
          note={note(change.field)}
        />
      )}
    </For>
  )
}

interface DeclineSheetProps {
  readonly open: boolean
  /** Who reads the word. */
  readonly hint: string
  readonly onDecline: (word: string) => void
  readonly onClose: () => void
}

function DeclineSheet(props: DeclineSheetProps): JSX.Element {
  const [word, setWord] = createSignal('')
  const [isMissing, setMissing] = createSignal(false)
  const formId = createUniqueId()
  const submit = (event: Event) => {
    event.preventDefault()
    setMissing(word().trim() === '')
    if (!isMissing()) props.onDecline(word().trim())
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('review.declineTitle')}
      actions={
        <>
          <Button kind="primary" type="submit" form={formId}>
            {t('review.decline')}
          </Button>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <TextArea
          label={t('review.word')}
          required
          hint={props.hint}
          error={isMissing() && word().trim() === '' ? t('review.wordMissing') : undefined}
          value={word()}
          maxLength={DECLINE_WORD_MAX}
          onInput={setWord}
        />
      </form>
    </Sheet>
  )
}
