/**
 * A refused edit: what it said, why it was refused, when it was typed, and what can be done with it. Kept until a
 * person decides (D18).
 */
import { createSignal, For, type JSX, Show } from 'solid-js'
import layout from '../../styles/layout.module.css'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { ConfirmSheet } from '../../components/ConfirmSheet.tsx'
import { Diff } from '../../components/Diff.tsx'
import { Tag } from '../../components/Tag.tsx'
import { showToast } from '../../components/toasts.ts'
import type { QuarantineEntry } from '../../replica/stored.ts'
import { formatDay, formatTime } from '../format.ts'
import { t } from '../i18n.ts'
import { changesByField, fieldLabel } from './change-words.ts'

export interface RefusedActions {
  /** Whether the reader may do it now: the rights have changed since. */
  readonly mayNow: (entry: QuarantineEntry) => boolean
  /** Whether it was typed before rights changed that this device knows of now. */
  readonly before: (entry: QuarantineEntry) => boolean
  /** Resolves with a sentence when it could not be written again. */
  readonly onRetry: (entry: QuarantineEntry) => Promise<string | undefined>
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
    <Card
      title={props.entry.title}
      label={t('syncScreen.refusedLabel', {
        title: props.entry.title,
        fields: changes()
          .map(({ field }) => fieldLabel(props.entry.record, field))
          .join(', '),
        time: new Date(props.entry.writtenAt).toLocaleTimeString(),
      })}
      lead={<Tag tone="denied">{t('syncScreen.refused')}</Tag>}
      aside={<small>{formatTime(props.entry.at)}</small>}
    >
      <For each={changes()}>
        {(change) => (
          <Diff
            label={fieldLabel(props.entry.record, change.field)}
            was={change.was || undefined}
            now={change.now || t('syncScreen.empty')}
          />
        )}
      </For>
      <p>{props.entry.sentence}</p>
      <p class={layout.quiet}>{when()}</p>
      <Show when={mayNow()}>
        <p>
          <Tag tone="allowed">{t('syncScreen.reasonGone')}</Tag>
        </p>
      </Show>
      <Show when={!mayNow() && problem()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
      <div class={layout.wrap}>
        <Button kind={mayNow() ? 'primary' : 'default'} onClick={() => void retry()}>
          {t('syncScreen.tryAgain')}
        </Button>
        <Button onClick={() => void copy(copyText(changes(), props.entry))}>{t('syncScreen.copy')}</Button>
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
    </Card>
  )
}

/** "at 10:15" today, "on Monday, 10:15" before. */
function moment(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  const time = formatTime(at)
  return isToday
    ? t('syncScreen.momentToday', { time })
    : t('syncScreen.moment', { day: formatDay(at, now), time })
}

/** What was typed, to be pasted elsewhere: a single value alone, several with their labels. */
function copyText(changes: ReturnType<typeof changesByField>, entry: QuarantineEntry): string {
  const whole = new Map(entry.changes.map(({ field, new: value }) => [field.replace(/^text:/, ''), value]))
  const textOf = (field: string, now: string) => {
    const value = whole.get(field)
    return typeof value === 'string' ? value : now
  }
  const [only, ...others] = changes
  if (only !== undefined && others.length === 0) return textOf(only.field, only.now)
  return changes
    .map(({ field, now }) => `${fieldLabel(entry.record, field)}: ${textOf(field, now)}`)
    .join('\n')
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast(t('syncScreen.copied'))
  } catch {
    showToast(t('syncScreen.copyFailed'), { tone: 'denied' })
  }
}
