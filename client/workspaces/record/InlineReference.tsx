/**
 * A field that names another record: pressing it opens a sheet with search.
 */
import { createSignal, For, type JSX, Show } from 'solid-js'
import CheckIcon from '~icons/lucide/check'
import ChevronIcon from '~icons/lucide/chevrons-up-down'
import { t } from '../../app/i18n.ts'
import { Button } from '../../components/Button.tsx'
import type { PickOption } from '../../components/PickField.tsx'
import pick from '../../components/PickField.module.css'
import { SearchField } from '../../components/SearchField.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import css from './InlineField.module.css'
import { InlineFrame } from './InlineFrame.tsx'
import type { InlineProps } from './inline-controls.tsx'

export interface InlineReferenceProps extends InlineProps<string | null> {
  /** The record's name. */
  readonly shown: string
  /** The best matches, best first; tracked. */
  readonly options: (query: string) => readonly PickOption[]
}

export function InlineReference(props: InlineReferenceProps): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const [problem, setProblem] = createSignal<string>()
  const readOnly = () => props.locked !== undefined || props.quiet === true
  const choose = (value: string | null) => {
    setOpen(false)
    if (value !== props.value) void props.onSave(value).then(setProblem)
  }
  return (
    <InlineFrame {...props} error={problem() ?? props.error}>
      {(control) =>
        readOnly() ? (
          <input
            {...control}
            class={css.input}
            readOnly
            value={props.shown}
            placeholder={t('common.notSet')}
          />
        ) : (
          <>
            <button
              id={control.id}
              type="button"
              class={`${css.input} ${pick.button}`}
              aria-describedby={control['aria-describedby']}
              aria-haspopup="dialog"
              onClick={() => setOpen(true)}
            >
              <span data-empty={props.value === null ? '' : undefined}>
                {props.value === null ? t('common.notSet') : props.shown}
              </span>
              <ChevronIcon aria-hidden="true" />
            </button>
            <Sheet
              open={open()}
              onClose={() => setOpen(false)}
              title={t('common.choosing', { label: props.label.toLocaleLowerCase() })}
              placement="side"
              actions={
                <Show when={props.value !== null}>
                  <Button onClick={() => choose(null)}>{t('common.clear')}</Button>
                </Show>
              }
            >
              <Choices label={props.label} value={props.value} options={props.options} onChoose={choose} />
            </Sheet>
          </>
        )
      }
    </InlineFrame>
  )
}

interface ChoicesProps {
  readonly label: string
  readonly value: string | null
  readonly options: (query: string) => readonly PickOption[]
  readonly onChoose: (value: string) => void
}

function Choices(props: ChoicesProps): JSX.Element {
  const [query, setQuery] = createSignal('')
  return (
    <>
      <SearchField label={props.label} value={query()} onInput={setQuery} />
      <ul class={pick.options}>
        <For
          each={props.options(query())}
          fallback={<li class={pick.none}>{t('common.nothingFound', { query: query() })}</li>}
        >
          {(option) => (
            <li>
              <button
                type="button"
                class={pick.option}
                aria-pressed={option.value === props.value}
                onClick={() => props.onChoose(option.value)}
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
    </>
  )
}
