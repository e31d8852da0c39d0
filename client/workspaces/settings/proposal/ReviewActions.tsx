/** Save and Cancel below a review; while many records are saved, how many are. */
import { type JSX, Show } from 'solid-js'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { ProgressMeter } from '../../../components/ProgressMeter.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'
import type { Proposal } from './create-proposal.ts'

export interface ReviewActionsProps {
  readonly proposal: Proposal
  readonly blocked?: boolean | undefined
  readonly onSaved?: (() => void) | undefined
  readonly onDone: () => void
}

export function ReviewActions(props: ReviewActionsProps): JSX.Element {
  const workers = () => props.proposal.dryRun()?.effects.length ?? 0
  const progress = () => props.proposal.progress()
  const denied = () =>
    props.blocked || props.proposal.decision().outcome === 'denied' ? t('settings.wouldBeRefused') : undefined
  const save = async () => {
    if (progress() !== null) return
    const sentence = await props.proposal.save()
    if (sentence !== undefined) return showToast(sentence, { tone: 'denied', durationMs: 12_000 })
    props.onSaved?.()
    props.onDone()
  }
  return (
    <Show
      when={(progress()?.total ?? 0) > 1 ? progress() : null}
      fallback={
        <>
          <div class={layout.grow}>
            <Button kind="primary" wide denied={denied()} onClick={() => void save()}>
              {workers() === 0 ? t('settings.save') : formatCount(workers(), t('settings.saveFor'))}
            </Button>
          </div>
          <Button
            onClick={() => {
              props.proposal.cancel()
              props.onDone()
            }}
          >
            {t('settings.cancelChanges')}
          </Button>
        </>
      }
    >
      {(at) => <Saving {...at()} />}
    </Show>
  )
}

function Saving(props: { readonly done: number; readonly total: number }): JSX.Element {
  const shown = () =>
    t('settings.savingOf', { done: formatNumber(props.done), total: formatNumber(props.total) })
  return (
    <div class={layout.grow}>
      <ProgressMeter label={t('settings.saving')} value={props.done} max={props.total} shown={shown()} />
    </div>
  )
}
