/** From when until when a membership counts: two days, either may stay empty. */
import { createEffect, createSignal, type JSX, on } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { Button } from '../../components/Button.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { TextField } from '../../components/TextField.tsx'
import layout from '../../styles/layout.module.css'
import { dayOf, instantOf } from './days.ts'
import type { Validity } from './validity-words.ts'

export interface ValiditySheetProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Whom or what it is about. */
  readonly name: string
  readonly value: Validity
  readonly onApply: (value: Validity) => void
}

export function ValiditySheet(props: ValiditySheetProps): JSX.Element {
  const [from, setFrom] = createSignal('')
  const [until, setUntil] = createSignal('')
  const [problem, setProblem] = createSignal<{ readonly field: 'from' | 'until'; readonly text: string }>()
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        setFrom(dayOf(props.value.from, 'from'))
        setUntil(dayOf(props.value.until, 'until'))
        setProblem(undefined)
      },
    ),
  )
  const apply = () => {
    const first = instantOf(from(), 'from')
    const last = instantOf(until(), 'until')
    if (first === undefined) return setProblem({ field: 'from', text: t('settings.dateBad') })
    if (last === undefined) return setProblem({ field: 'until', text: t('settings.dateBad') })
    if (first !== null && last !== null && last <= first) {
      return setProblem({ field: 'until', text: t('settings.dayWrong') })
    }
    props.onApply({ from: first, until: last })
    props.onClose()
  }
  const errorOf = (field: 'from' | 'until') => (problem()?.field === field ? problem()?.text : undefined)
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('settings.validityTitle', { name: props.name })}
      lede={t('settings.validityLede')}
      actions={
        <>
          <Button kind="primary" onClick={apply}>
            {t('settings.apply')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <div class={layout.stack}>
        <TextField
          type="date"
          label={t('settings.firstDayShort')}
          value={from()}
          onInput={setFrom}
          error={errorOf('from')}
        />
        <TextField
          type="date"
          label={t('settings.lastDayShort')}
          value={until()}
          onInput={setUntil}
          error={errorOf('until')}
        />
      </div>
    </Sheet>
  )
}
