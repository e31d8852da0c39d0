/**
 * One of a few: the platform's own list, which every phone shows best. For hundreds, PickField.
 */
import { For, type JSX, Show } from 'solid-js'
import ChevronIcon from '~icons/lucide/chevron-down'
import { t } from '../app/i18n.ts'
import frame from './FieldFrame.module.css'
import { FieldFrame } from './FieldFrame.tsx'
import css from './SelectField.module.css'
import { frameProps } from './TextField.tsx'
import type { FieldProps } from './types.ts'

export interface Option {
  readonly value: string
  readonly label: string
  /** Offered but not to be taken, with the sentence in its label. */
  readonly disabled?: boolean | undefined
}

export interface SelectFieldProps extends FieldProps {
  /** null while nothing is chosen. */
  readonly value: string | null
  readonly options: readonly Option[]
  readonly onChange?: ((value: string | null) => void) | undefined
  /** The words for nothing chosen; offered unless the field is required and already set. */
  readonly none?: string | undefined
}

export function SelectField(props: SelectFieldProps): JSX.Element {
  const shown = () => props.options.find((option) => option.value === props.value)?.label ?? ''
  return (
    <FieldFrame {...frameProps(props)}>
      {(control) => (
        <Show
          when={props.locked === undefined}
          fallback={<input {...control} class={frame.box} readOnly value={shown()} />}
        >
          <div class={css.place}>
            <select
              {...control}
              class={`${frame.box} ${css.select}`}
              onChange={(event) => props.onChange?.(event.currentTarget.value || null)}
            >
              <Show when={!props.required || props.value === null}>
                <option value="" selected={props.value === null}>
                  {props.none ?? t('common.none')}
                </option>
              </Show>
              <For each={props.options}>
                {(option) => (
                  <option
                    value={option.value}
                    disabled={option.disabled}
                    selected={option.value === props.value}
                  >
                    {option.label}
                  </option>
                )}
              </For>
            </select>
            <ChevronIcon aria-hidden="true" />
          </div>
        </Show>
      )}
    </FieldFrame>
  )
}
