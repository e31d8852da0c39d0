/** What was done, and the way back while there is one. */
import { createSignal, type JSX, Show } from 'solid-js'
import DoneIcon from '~icons/lucide/circle-check'
import UndoIcon from '~icons/lucide/undo-2'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { ConfirmSheet } from '../../../components/ConfirmSheet.tsx'
import { Impact } from '../../../components/Impact.tsx'
import { showToast } from '../../../components/toasts.ts'
import { askUndo, NotAnswered } from './exchange-api.ts'
import { type CheckedViewProps, countLines } from './CheckedView.tsx'
import css from './exchange.module.css'

export function AppliedView(props: CheckedViewProps): JSX.Element {
  const [undone, setUndone] = createSignal(false)
  return (
    <Card label={undone() ? t('exchange.undone') : t('exchange.doneTitle')}>
      <div class={css.done}>
        <DoneIcon aria-hidden="true" />
        <div>
          <h2>{undone() ? t('exchange.undone') : t('exchange.doneTitle')}</h2>
          <small>
            {undone()
              ? t('exchange.undoneNote')
              : t('exchange.doneNote', { name: props.flow.file()?.name ?? '' })}
          </small>
        </div>
      </div>
      <Show when={!undone()}>
        <Impact lines={countLines(props.report, props.flow.kind() === 'membership')} />
        <Show when={props.report.changeSet}>
          {(changeSet) => <Undo changeSet={changeSet()} onUndone={() => setUndone(true)} />}
        </Show>
      </Show>
    </Card>
  )
}

/** Asked first what would stay as it is, because somebody has changed it since. */
function Undo(props: { readonly changeSet: string; readonly onUndone: () => void }): JSX.Element {
  const [kept, setKept] = createSignal<number | null>(null)
  const [busy, setBusy] = createSignal(false)
  const ask = async (mode: 'dry-run' | 'apply') => {
    if (busy()) return
    setBusy(true)
    try {
      const answer = await askUndo(props.changeSet, mode, (kept() ?? 0) > 0)
      if (mode === 'dry-run') setKept(answer.kept)
      else {
        setKept(null)
        props.onUndone()
      }
    } catch (error) {
      setKept(null)
      const sentence = error instanceof NotAnswered ? error.message : t('exchange.lost')
      showToast(sentence, { tone: 'denied', durationMs: 12_000 })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon={UndoIcon} onClick={() => void ask('dry-run')}>
        {t('exchange.undo')}
      </Button>
      <ConfirmSheet
        open={kept() !== null}
        title={t('exchange.undoTitle')}
        confirm={t('exchange.undo')}
        onConfirm={() => void ask('apply')}
        onClose={() => setKept(null)}
      >
        <p>{t('exchange.undoText')}</p>
        <Show when={(kept() ?? 0) > 0}>
          <p>{formatCount(kept() ?? 0, t('exchange.undoKept'))}</p>
        </Show>
      </ConfirmSheet>
    </>
  )
}
