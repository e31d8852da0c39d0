/** Something is added to a list: a plus, and a sheet with search to choose it from. */
import { createSignal, For, type JSX } from 'solid-js'
import PlusIcon from '~icons/lucide/plus'
import { t } from '../../app/i18n.ts'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import type { PickOption } from '../../components/PickField.tsx'
import pick from '../../components/PickField.module.css'
import { SearchField } from '../../components/SearchField.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import css from './settings.module.css'

export interface AddSheetProps {
  /** "Add member": names the button and the sheet. */
  readonly label: string
  /** With the words on it instead of a plus alone. */
  readonly wordy?: boolean | undefined
  /** The sentence that says why nothing may be added. */
  readonly denied?: string | undefined
  /** The best matches for what was typed, best first; tracked. */
  readonly options: (query: string) => readonly PickOption[]
  readonly onAdd: (value: string) => void
}

export function AddSheet(props: AddSheetProps): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const add = (value: string) => {
    setOpen(false)
    props.onAdd(value)
  }
  return (
    <>
      {props.wordy ? (
        <Button icon={PlusIcon} denied={props.denied} onClick={() => setOpen(true)}>
          {props.label}
        </Button>
      ) : (
        <span class={css.headAction}>
          <IconButton
            kind="soft"
            icon={PlusIcon}
            label={props.label}
            denied={props.denied}
            onClick={() => setOpen(true)}
          />
        </span>
      )}
      <ChooseSheet
        open={open()}
        onClose={() => setOpen(false)}
        label={props.label}
        options={props.options}
        onChoose={add}
      />
    </>
  )
}

export interface ChooseSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Names the sheet and its list. */
  readonly label: string
  readonly options: AddSheetProps['options']
  readonly onChoose: (value: string) => void
}

/** One of many, found by typing; whoever opens it closes it. */
export function ChooseSheet(props: ChooseSheetProps): JSX.Element {
  return (
    <Sheet open={props.open} onClose={props.onClose} title={props.label} placement="side">
      <Choices label={props.label} options={props.options} onChoose={props.onChoose} />
    </Sheet>
  )
}

function Choices(props: {
  readonly label: string
  readonly options: AddSheetProps['options']
  readonly onChoose: (value: string) => void
}): JSX.Element {
  const [query, setQuery] = createSignal('')
  return (
    <>
      <SearchField label={t('settings.search')} value={query()} onInput={setQuery} />
      <ul class={pick.options} aria-label={props.label}>
        <For
          each={props.options(query())}
          fallback={<li class={pick.none}>{t('common.nothingFound', { query: query() })}</li>}
        >
          {(option) => (
            <li>
              <button type="button" class={pick.option} onClick={() => props.onChoose(option.value)}>
                <span>
                  {option.label}
                  {option.note === undefined ? null : <small>{option.note}</small>}
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </>
  )
}
