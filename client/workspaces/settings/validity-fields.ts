/** Two days that somebody is typing, and the time that they make. */
import { createSignal } from 'solid-js'
import { t } from '../../app/i18n.ts'
import { dayOf, instantOf } from './days.ts'
import type { Validity } from './validity-words.ts'

type Which = 'from' | 'until'

export interface ValidityFieldsState {
  readonly textOf: (which: Which) => string
  readonly errorOf: (which: Which) => string | undefined
  readonly type: (which: Which, text: string) => void
  readonly fill: (validity: Validity) => void
  /** Null where it is none yet; the field then says why. */
  readonly read: () => Validity | null
}

export function createValidityFields(): ValidityFieldsState {
  const [from, setFrom] = createSignal('')
  const [until, setUntil] = createSignal('')
  const [problem, setProblem] = createSignal<{ readonly field: Which; readonly text: string }>()
  const refuse = (field: Which, text: string): null => {
    setProblem({ field, text })
    return null
  }
  return {
    textOf: (which) => (which === 'from' ? from() : until()),
    errorOf: (which) => (problem()?.field === which ? problem()?.text : undefined),
    type: (which, text) => {
      setProblem(undefined)
      if (which === 'from') setFrom(text)
      else setUntil(text)
    },
    fill: (validity) => {
      setFrom(dayOf(validity.from, 'from'))
      setUntil(dayOf(validity.until, 'until'))
      setProblem(undefined)
    },
    read: () => {
      const first = instantOf(from(), 'from')
      const last = instantOf(until(), 'until')
      if (first === undefined) return refuse('from', t('settings.dateBad'))
      if (last === undefined) return refuse('until', t('settings.dateBad'))
      if (first !== null && last !== null && last <= first) return refuse('until', t('settings.dayWrong'))
      return { from: first, until: last }
    },
  }
}
