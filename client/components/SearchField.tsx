/**
 * Search, with role searchbox. Answers while the reader types; Escape or the cross clears it.
 */
import { type JSX, Show } from 'solid-js'
import SearchIcon from '~icons/lucide/search'
import CrossIcon from '~icons/lucide/x'
import { t } from '../app/i18n.ts'
import css from './SearchField.module.css'

export interface SearchFieldProps {
  /** "Search accounts": names the field. */
  readonly label: string
  /** "Search 77 accounts": the label with a number in it. */
  readonly placeholder?: string | undefined
  readonly value: string
  readonly onInput: (value: string) => void
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined
}

export function SearchField(props: SearchFieldProps): JSX.Element {
  let input: HTMLInputElement | undefined
  const clear = () => {
    props.onInput('')
    input?.focus()
  }
  return (
    <div class={css.search}>
      <SearchIcon aria-hidden="true" />
      <input
        ref={input}
        type="search"
        class={css.input}
        aria-label={props.label}
        placeholder={props.placeholder ?? props.label}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && props.value !== '') {
            event.preventDefault()
            event.stopPropagation()
            clear()
          }
          props.onKeyDown?.(event)
        }}
      />
      <Show when={props.value !== ''}>
        <button type="button" class={css.clear} aria-label={t('common.clearSearch')} onClick={clear}>
          <CrossIcon aria-hidden="true" />
        </button>
      </Show>
    </div>
  )
}
