/**
 * A refused edit: what it said, why it was refused, when it was typed, and what can be done with it. Kept until a
 * person decides (D18).
 */
import { createSignal, type JSX, Show } from 'solid-js'
import layout from '../../styles/layout.module.css'
import { Button } from '../../components/Button.tsx'
import { ConfirmSheet } from '../../components/ConfirmSheet.tsx'
import { Tag } from '../../components/Tag.tsx'
import { showToast } from '../../components/toasts.ts'
import type { QuarantineEntry } from '../../replica/stored.ts'
import { t } from '../i18n.ts'
import { changesByField } from './change-words.ts'
import { copyChanges } from './copy-changes.ts'
import { EntryCard } from './EntryCard.tsx'
import { moment } from './moment.ts'

export interface RefusedActions {
  /** Whether the reader may do it now: the rights have changed since. */
  readonly mayNow: (entry: QuarantineEntry) => boolean
  /** Whether it was typed before rights changed that this device knows of now. */
  readonly before: (entry: QuarantineEntry) => boolean
  /** Resolves with a sentence when it could not be written again. */
  readonly onRetry: (entry: QuarantineEntry) => Promise<string | undefined>
  /** Asks who may make the edit to look at it. */
  readonly onAsk: (entry: QuarantineEntry) => Promise<void>
  readonly onDiscard: (entry: QuarantineEntry) => Promise<void>
}

export interface RefusedCardProps extends RefusedActions {
  readonly entry: QuarantineEntry
  readonly now: number
  readonly nameOf: (record: string) => string | undefined
}

export function RefusedCard(props: RefusedCardProps): JSX.Element {
  const [asking, setAsking] = createSignal(false)
  const [problem, setProblem] = createSignal<string>()
  const changes = () => changesByField(props.entry.record, props.entry.changes, props.nameOf)
  const mayNow = () => props.mayNow(props.entry)
  // What the server does not keep nobody else can see.
  const mayAsk = () => !mayNow() && props.entry.serverId !== null && props.entry.asked === undefined
  const retry = async () => {
    const sentence = await props.onRetry(props.entry)
    setProblem(sentence === undefined ? undefined : t('syncScreen.stillRefused', { sentence }))
    if (sentence === undefined) showToast(t('syncScreen.triedAgain'))
  }
  const discard = async () => {
    setAsking(false)
    await props.onDiscard(props.entry)
    showToast(t('syncScreen.discarded'))
  }
  const when = () =>
    props.entry.by === 'device'
      ? t('syncScreen.typedOffline')
      : t(props.before(props.entry) ? 'syncScreen.typedBefore' : 'syncScreen.typed', {
          typed: moment(props.entry.writtenAt, props.now),
          refused: moment(props.entry.at, props.now),
        })
  return (
    <EntryCard
      entry={props.entry}
      changes={changes()}
      name="syncScreen.refusedLabel"
      lead={<Tag tone="denied">{t('syncScreen.refused')}</Tag>}
      at={props.entry.at}
    >
      <p>{props.entry.sentence}</p>
      <p class={layout.quiet}>{when()}</p>
      <Show when={mayNow()}>
        <p>
          <Tag tone="allowed">{t('syncScreen.reasonGone')}</Tag>
        </p>
      </Show>
      <Show when={props.entry.asked}>
        {(asked) => (
          <p class={layout.quiet} aria-live="polite">
            {asked() === 'sent' ? t('review.askSent') : t('review.askWaiting')}
          </p>
        )}
      </Show>
      <Show when={!mayNow() && problem()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
      <div class={layout.wrap}>
        <Button kind={mayNow() ? 'primary' : 'default'} onClick={() => void retry()}>
          {t('syncScreen.tryAgain')}
        </Button>
        <Button onClick={() => void copyChanges(props.entry, changes())}>{t('syncScreen.copy')}</Button>
        <Show when={mayAsk()}>
          <Button onClick={() => void props.onAsk(props.entry)}>{t('review.ask')}</Button>
        </Show>
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t('syncScreen.discard')}
        </Button>
      </div>
      <ConfirmSheet
        open={asking()}
        title={t('syncScreen.discardTitle')}
        confirm={t('syncScreen.discard')}
        danger
        onConfirm={() => void discard()}
        onClose={() => setAsking(false)}
      >
        {t('syncScreen.discardText', { title: props.entry.title })}
      </ConfirmSheet>
    </EntryCard>
  )
}
