/**
 * Before a change set is taken back: what that would do and to whom, told by the server, which decides it as it would an
 * edit (D27). What says something else by now stays, and nothing is taken back beside it unless the reader chooses so.
 */
import { createEffect, createSignal, For, type JSX, Match, on, Show, Switch } from 'solid-js'
import { impactOf } from '../../../../core/access/impact.ts'
import { usePortal } from '../../../app/context.tsx'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Impact, type ImpactLine } from '../../../components/Impact.tsx'
import { ProgressMeter } from '../../../components/ProgressMeter.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'
import { accountLines, deviceLines } from '../proposal/consequence-lines.ts'
import { impactLines } from '../proposal/impact-lines.ts'
import css from '../settings.module.css'
import { askUndo, type UndoReport } from './audit-api.ts'

export interface UndoSheetProps {
  readonly open: boolean
  readonly id: string
  readonly onClose: () => void
  readonly onDone: () => void
}

export function UndoSheet(props: UndoSheetProps): JSX.Element {
  const [report, setReport] = createSignal<UndoReport>()
  const [problem, setProblem] = createSignal<string>()
  const [working, setWorking] = createSignal(false)
  const [progress, setProgress] = createSignal<{ readonly done: number; readonly total: number }>()
  const onProgress = (done: number, total: number) => setProgress({ done, total })
  const ask = async (): Promise<void> => {
    setReport(undefined)
    setProblem(undefined)
    setProgress(undefined)
    const answer = await askUndo(props.id, { mode: 'dry-run', onProgress })
    setProgress(undefined)
    if (answer.type === 'told') setReport(answer.told)
    else setProblem(answer.sentence ?? t('audit.undoFailed'))
  }
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (open) void ask()
      },
    ),
  )
  const apply = async (): Promise<void> => {
    if (working()) return
    setWorking(true)
    const partly = (report()?.keptCount ?? 0) > 0
    const answer = await askUndo(props.id, { mode: 'apply', partly, onProgress })
    setWorking(false)
    setProgress(undefined)
    if (answer.type === 'not-told') return void setProblem(answer.sentence ?? t('audit.undoFailed'))
    // Something changed between the question and the answer: shown as it is now, to be decided anew.
    if (answer.told.undone === 0) return void setReport(answer.told)
    showToast(t('audit.undone'))
    props.onDone()
  }
  const mayApply = () => (report()?.undone ?? 0) > 0
  const label = () => {
    const told = report()
    return told === undefined || told.keptCount === 0
      ? t('audit.undo')
      : formatCount(told.undone, t('audit.undoPartly'))
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('audit.undoTitle')}
      lede={t('audit.undoLede')}
      actions={
        <>
          <Show when={mayApply()}>
            <div class={layout.grow}>
              <Button kind="primary" wide aria-busy={working()} onClick={() => void apply()}>
                {label()}
              </Button>
            </div>
          </Show>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <div class={layout.stack}>
        <Switch>
          <Match when={progress()}>
            {(at) => (
              <ProgressMeter
                label={working() ? t('audit.takingBack') : t('audit.undoing')}
                value={at().done}
                max={at().total}
                shown={t('audit.progress', {
                  done: formatNumber(at().done),
                  total: formatNumber(at().total),
                })}
              />
            )}
          </Match>
          <Match when={problem()}>{(sentence) => <p role="alert">{sentence()}</p>}</Match>
          <Match when={report()}>{(told) => <Told report={told()} />}</Match>
          <Match when={true}>
            <p class={layout.quiet} aria-live="polite">
              {t('audit.undoing')}
            </p>
          </Match>
        </Switch>
      </div>
    </Sheet>
  )
}

/** Sentences: one is enough to know that it may not be. */
const REFUSALS_SHOWN = 3

function Told(props: { readonly report: UndoReport }): JSX.Element {
  const portal = usePortal()
  /** Many records are often refused for one reason. */
  const refusals = () => [...new Set(props.report.errors.map(({ message }) => message))]
  const label = (feature: string) => portal.catalogue().featureById.get(feature)?.label ?? feature
  return (
    <>
      <Show when={props.report.undone === 0 && props.report.errors.length === 0}>
        <p>{t('audit.undoNothing')}</p>
      </Show>
      <Show when={props.report.undone > 0}>
        <p>{formatCount(props.report.undone, t('audit.undoCount'))}</p>
      </Show>
      <Show when={props.report.disabled > 0}>
        <p class={layout.quiet}>{formatCount(props.report.disabled, t('audit.undoDisabled'))}</p>
      </Show>
      <For each={refusals().slice(0, REFUSALS_SHOWN)}>
        {(sentence) => (
          <div class={css.notice}>
            <Banner tone="denied">{sentence}</Banner>
          </div>
        )}
      </For>
      <Show when={refusals().length > REFUSALS_SHOWN}>
        <p class={layout.quiet}>{t('audit.undoMoreRefused')}</p>
      </Show>
      <Show when={props.report.keptCount > 0}>
        <Kept report={props.report} />
      </Show>
      <Show when={props.report.consequences}>
        {(consequences) => <Impact lines={linesOf(consequences(), label)} />}
      </Show>
    </>
  )
}

function Kept(props: { readonly report: UndoReport }): JSX.Element {
  return (
    <section class={layout.stackSmall} aria-label={formatCount(props.report.keptCount, t('audit.undoKept'))}>
      <b>{formatCount(props.report.keptCount, t('audit.undoKept'))}</b>
      <ul class={css.each} tabindex="0">
        <For each={props.report.kept}>
          {({ record, label, message }) => (
            <li>
              {record.title}: {label}
              <small>{message}</small>
            </li>
          )}
        </For>
      </ul>
      <small class={layout.quiet}>{t('audit.undoPartlyNote')}</small>
    </section>
  )
}

/** The accounts are counted by the server; what is left of an effect is rights and matches. */
function linesOf(
  consequences: NonNullable<UndoReport['consequences']>,
  label: (feature: string) => string,
): readonly ImpactLine[] {
  const effects = consequences.workers.map((worker) => ({
    ...worker,
    scopeGains: [],
    scopeLoses: [],
    everything: null,
    seesOthers: false,
  }))
  return [...impactLines(impactOf(effects), label, accountLines(consequences)), ...deviceLines(consequences)]
}
