/**
 * One of many records: a manager, a parent account. The field shows the choice; pressing it opens a sheet with
 * search. The caller searches, so that the list may be as long as the device's data.
 */
import { createSignal, For, type JSX, Show } from 'solid-js'
import CheckIcon from '~icons/lucide/check'
import ChevronIcon from '~icons/lucide/chevrons-up-down'
import { t } from '../app/i18n.ts'
import { Button } from './Button.tsx'
import frame from './FieldFrame.module.css'
import { FieldFrame } from './FieldFrame.tsx'
import css from './PickField.module.css'
import { SearchField } from './SearchField.tsx'
import { Sheet } from './Sheet.tsx'
import { frameProps } from './TextField.tsx'
import type { FieldProps } from './types.ts'

export interface PickOption {
  readonly value: string
  readonly label: string
  /** The quiet line below. */
  readonly note?: string | undefined
}

export interface PickFieldProps extends FieldProps {
  readonly value: string | null
  /** Names the sheet to choose from; "Choose" and the label unless given. */
  readonly choosing?: string | undefined
  /** What is shown for the value: the record's name. */
  readonly shown: string
  /** The best matches for what was typed, best first; tracked. */
  readonly options: (query: string) => readonly PickOption[]
  readonly onChange?: ((value: string | null) => void) | undefined
}

export function PickField(props: PickFieldProps): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const [query, setQuery] = createSignal('')
  const choose = (value: string | null) => {
    setOpen(false)
    setQuery('')
    props.onChange?.(value)
  }
  return (
    <FieldFrame {...frameProps(props)}>
      {(control) => (
        <>
          <button
            id={control.id}
            type="button"
            class={`${frame.box} ${css.button}`}
            aria-describedby={control['aria-describedby']}
            aria-disabled={control['aria-disabled']}
            aria-haspopup="dialog"
            onClick={() => (props.locked === undefined ? setOpen(true) : undefined)}
          >
            <span data-empty={props.value === null ? '' : undefined}>
              {props.value === null ? t('common.notSet') : props.shown}
            </span>
            <ChevronIcon aria-hidden="true" />
          </button>
          <Sheet
            open={open()}
            onClose={() => setOpen(false)}
            title={props.choosing ?? t('common.choosing', { label: props.label.toLocaleLowerCase() })}
            placement="side"
            actions={
              <Show when={!props.required && props.value !== null}>
                <Button onClick={() => choose(null)}>{t('common.clear')}</Button>
              </Show>
            }
          >
            <SearchField label={props.label} value={query()} onInput={setQuery} />
            <ul class={css.options}>
              <For
                each={props.options(query())}
                fallback={<li class={css.none}>{t('common.nothingFound', { query: query() })}</li>}
              >
                {(option) => (
                  <li>
                    <button
                      type="button"
                      class={css.option}
                      aria-pressed={option.value === props.value}
                      onClick={() => choose(option.value)}
                    >
                      <span>
                        {option.label}
                        <Show when={option.note}>
                          <small>{option.note}</small>
                        </Show>
                      </span>
                      <Show when={option.value === props.value}>
                        <CheckIcon aria-hidden="true" />
                      </Show>
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </Sheet>
        </>
      )}
    </FieldFrame>
  )
}
