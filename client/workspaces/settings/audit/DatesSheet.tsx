/** From which day to which: a choice that is made often, or two days. Days are those of this device. */
import { createEffect, createSignal, For, type JSX, on } from 'solid-js'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Chip, ChipRow } from '../../../components/Chip.tsx'
import { Sheet } from '../../../components/Sheet.tsx'
import { TextField } from '../../../components/TextField.tsx'
import layout from '../../../styles/layout.module.css'
import { instantAfter, instantOf, lastDayOf, localDay } from './local-days.ts'

export interface DatesSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Instants. */
  readonly from: string | undefined
  readonly until: string | undefined
  readonly onApply: (dates: { readonly from: string | undefined; readonly until: string | undefined }) => void
}

/** Days back, today included. */
const PERIODS = [
  { days: 1, label: () => t('audit.today') },
  { days: 7, label: () => t('audit.week') },
  { days: 30, label: () => t('audit.month') },
] as const

export function DatesSheet(props: DatesSheetProps): JSX.Element {
  const [from, setFrom] = createSignal('')
  const [until, setUntil] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return
        setFrom(props.from === undefined ? '' : localDay(new Date(props.from)))
        setUntil(props.until === undefined ? '' : lastDayOf(props.until))
        setProblem(undefined)
      },
    ),
  )
  const apply = () => {
    if (from() !== '' && until() !== '' && until() < from()) return setProblem(t('settings.dayWrong'))
    props.onApply({ from: instantOf(from()), until: instantAfter(until()) })
  }
  const back = (days: number) => {
    const first = new Date()
    first.setDate(first.getDate() - days + 1)
    props.onApply({ from: instantOf(localDay(first)), until: undefined })
  }
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('audit.datesTitle')}
      lede={t('audit.datesLede')}
      actions={
        <>
          <Button kind="primary" onClick={apply}>
            {t('audit.apply')}
          </Button>
          <Button onClick={() => props.onApply({ from: undefined, until: undefined })}>
            {t('audit.anyTime')}
          </Button>
        </>
      }
    >
      <div class={layout.stack}>
        <ChipRow label={t('audit.dates')} wrap>
          <For each={PERIODS}>
            {(period) => <Chip onClick={() => back(period.days)}>{period.label()}</Chip>}
          </For>
        </ChipRow>
        <TextField type="date" label={t('audit.firstDay')} value={from()} onInput={setFrom} />
        <TextField
          type="date"
          label={t('audit.lastDay')}
          value={until()}
          onInput={setUntil}
          error={problem()}
        />
      </div>
    </Sheet>
  )
}
