/**
 * A set of short values, such as rep codes: each with its own remove button, and a line to add one.
 * Enter, a comma or leaving the line adds what was typed; several at once may be pasted.
 */
import { createSignal, For, type JSX, Show } from 'solid-js'
import CrossIcon from '~icons/lucide/x'
import { t } from '../app/i18n.ts'
import css from './ChipsField.module.css'
import frame from './FieldFrame.module.css'
import { FieldFrame } from './FieldFrame.tsx'
import { frameProps } from './TextField.tsx'
import type { FieldProps } from './types.ts'

export interface ChipsFieldProps extends FieldProps {
  /** In the order to show them in. */
  readonly values: readonly string[]
  readonly onAdd?: ((value: string) => void) | undefined
  readonly onRemove?: ((value: string) => void) | undefined
  /** How a value is shown, where it is not shown as it is. */
  readonly display?: ((value: string) => string) | undefined
  readonly placeholder?: string | undefined
}

export function ChipsField(props: ChipsFieldProps): JSX.Element {
  const [text, setText] = createSignal('')
  const shown = (value: string) => props.display?.(value) ?? value
  const add = (typed: string) => {
    for (const value of typed.split(/[,;\n\t]/).map((part) => part.trim())) {
      if (value !== '' && !props.values.includes(value)) props.onAdd?.(value)
    }
    setText('')
  }
  return (
    <FieldFrame {...frameProps(props)}>
      {(control) => (
        <div class={`${frame.box} ${css.box}`}>
          <ul class={css.chips}>
            <For each={props.values}>
              {(value) => (
                <li class={css.chip}>
                  {shown(value)}
                  <Show when={props.locked === undefined}>
                    <button
                      type="button"
                      aria-label={t('common.remove', { what: shown(value) })}
                      onClick={() => props.onRemove?.(value)}
                    >
                      <CrossIcon aria-hidden="true" />
                    </button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
          <input
            {...control}
            class={css.input}
            autocomplete="off"
            autocapitalize="characters"
            placeholder={props.locked === undefined ? (props.placeholder ?? t('common.add')) : ''}
            readOnly={props.locked !== undefined}
            value={text()}
            onInput={(event) => {
              const typed = event.currentTarget.value
              if (/[,;\n\t]/.test(typed)) add(typed)
              else setText(typed)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || text().trim() === '') return
              event.preventDefault()
              add(text())
            }}
            onBlur={() => add(text())}
          />
        </div>
      )}
    </FieldFrame>
  )
}
