/**
 * A number, typed as text with the numeric keyboard. `onCommit` gets a number, or null for empty; what is no number
 * stays in the field with a sentence, and is not handed on.
 */
import { createSignal, type JSX } from 'solid-js'
import { formatNumber } from '../app/format.ts'
import { t } from '../app/i18n.ts'
import { createDraft } from './create-draft.ts'
import frame from './FieldFrame.module.css'
import { FieldFrame } from './FieldFrame.tsx'
import { parseNumber } from './parse-number.ts'
import { frameProps } from './TextField.tsx'
import type { FieldProps } from './types.ts'

export interface NumberFieldProps extends FieldProps {
  readonly value: number | null
  readonly onCommit?: ((value: number | null) => void) | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly placeholder?: string | undefined
}

export function NumberField(props: NumberFieldProps): JSX.Element {
  const [problem, setProblem] = createSignal<string>()
  const commit = (text: string) => {
    const parsed = parseNumber(text)
    const sentence = problemOf(parsed, props.min, props.max)
    setProblem(sentence)
    if (sentence === undefined && parsed !== 'not-a-number') props.onCommit?.(parsed)
  }
  const draft = createDraft(
    () => (props.value === null ? '' : String(props.value)),
    () => setProblem(undefined),
    commit,
  )
  return (
    <FieldFrame {...frameProps(props)} error={problem() ?? props.error}>
      {(control) => (
        <input
          {...control}
          class={frame.box}
          inputMode="decimal"
          autocomplete="off"
          placeholder={props.placeholder}
          readOnly={props.locked !== undefined}
          value={draft.text()}
          onFocus={draft.focus}
          onBlur={draft.blur}
          onInput={(event) => draft.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') draft.commit()
          }}
        />
      )}
    </FieldFrame>
  )
}

function problemOf(
  value: number | null | 'not-a-number',
  min: number | undefined,
  max: number | undefined,
): string | undefined {
  if (value === 'not-a-number') return t('common.writeANumber')
  if (value === null) return undefined
  if (min !== undefined && value < min) return t('common.atLeast', { min: formatNumber(min) })
  if (max !== undefined && value > max) return t('common.atMost', { max: formatNumber(max) })
  return undefined
}
