/**
 * A chip with choices behind it: one, or several. From below on phones, under the chip from 48 rem.
 *
 * The choices are radio buttons or check boxes in a native popover: Escape and a press outside close it, the
 * platform keeps the keyboard, and nothing has to be loaded.
 */
import { createUniqueId, For, type JSX, Show } from 'solid-js'
import ChevronIcon from '~icons/lucide/chevron-down'
import { t } from '../app/i18n.ts'
import { Button } from './Button.tsx'
import chip from './Chip.module.css'
import css from './FilterMenu.module.css'
import { placeBeside } from './place-beside.ts'

export interface FilterOption {
  readonly value: string
  readonly label: string
  /** How many there are, formatted; shown at the end. */
  readonly count?: string | undefined
  /** How far in it stands, in levels of a tree. */
  readonly depth?: number | undefined
}

export interface FilterMenuProps {
  /** "Territory". */
  readonly label: string
  readonly options: readonly FilterOption[]
  /** What is chosen; empty for no filter. */
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  /** Several may be chosen at once. */
  readonly multiple?: boolean | undefined
  /** One is always chosen: an order, a state. */
  readonly required?: boolean | undefined
  /** On the chip, instead of what is chosen. */
  readonly shown?: string | undefined
}

export function FilterMenu(props: FilterMenuProps): JSX.Element {
  const id = `filter-${createUniqueId()}`
  const name = createUniqueId()
  let trigger: HTMLButtonElement | undefined
  let panel: HTMLFieldSetElement | undefined
  const words = () => {
    const [first, ...others] = props.options.filter((option) => props.values.includes(option.value))
    if (first === undefined) return props.label
    return others.length === 0 ? first.label : `${first.label} +${others.length}`
  }
  const toggle = (value: string, on: boolean) => {
    if (!props.multiple) {
      props.onChange(on ? [value] : [])
      return
    }
    props.onChange(on ? [...props.values, value] : props.values.filter((other) => other !== value))
  }
  return (
    <>
      <button
        ref={trigger}
        type="button"
        class={chip.chip}
        popovertarget={id}
        data-on={props.values.length > 0 && !props.required ? '' : undefined}
        aria-haspopup="dialog"
        aria-label={
          props.shown !== undefined || words() === props.label ? undefined : `${props.label}: ${words()}`
        }
      >
        {props.shown ?? words()}
        <ChevronIcon aria-hidden="true" />
      </button>
      <fieldset
        ref={panel}
        id={id}
        popover="auto"
        class={css.panel}
        on:toggle={(event: ToggleEvent) => {
          if (event.newState !== 'open' || panel === undefined || trigger === undefined) return
          if (window.matchMedia('(min-width: 48rem)').matches) placeBeside(panel, trigger)
          else panel.style.removeProperty('top')
          const checked =
            panel.querySelector<HTMLInputElement>('input:checked') ?? panel.querySelector('input')
          checked?.focus({ preventScroll: true })
        }}
      >
        <legend class={css.legend}>{props.label}</legend>
        <div class={css.options}>
          <Show when={!props.multiple && !props.required}>
            <label class={css.option}>
              <input
                type="radio"
                name={name}
                checked={props.values.length === 0}
                onChange={() => props.onChange([])}
              />
              <span>{t('common.any', { label: props.label.toLocaleLowerCase() })}</span>
            </label>
          </Show>
          <For each={props.options}>
            {(option) => (
              <label class={css.option}>
                <input
                  type={props.multiple ? 'checkbox' : 'radio'}
                  name={name}
                  checked={props.values.includes(option.value)}
                  onChange={(event) => toggle(option.value, event.currentTarget.checked)}
                />
                <span style={{ 'padding-inline-start': `${option.depth ?? 0}rem` }}>{option.label}</span>
                <Show when={option.count}>
                  <small>{option.count}</small>
                </Show>
              </label>
            )}
          </For>
        </div>
        <div class={css.actions}>
          <Button kind="primary" onClick={() => panel?.hidePopover()}>
            {t('common.done')}
          </Button>
          <Show when={props.values.length > 0 && !props.required}>
            <Button kind="quiet" onClick={() => props.onChange([])}>
              {t('common.clear')}
            </Button>
          </Show>
        </div>
      </fieldset>
    </>
  )
}
