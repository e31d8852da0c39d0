/**
 * The controls that stand in an InlineFrame: a line, a long text, one of a few, on or off.
 */
import { For, type JSX, onCleanup, onMount } from 'solid-js'
import ChevronIcon from '~icons/lucide/chevron-down'
import { spliceBetween } from '../../../core/documents/splice-between.ts'
import { t } from '../../app/i18n.ts'
import toggle from '../../components/SwitchField.module.css'
import type { FieldProps } from '../../components/types.ts'
import { carriedOver } from '../../replica/author-entry.ts'
import { createInlineDraft } from './create-inline-draft.ts'
import css from './InlineField.module.css'
import { InlineFrame } from './InlineFrame.tsx'

export interface InlineProps<Value> extends FieldProps {
  readonly value: Value
  readonly quiet?: boolean | undefined
  /** Resolves with a sentence when it was not saved. */
  readonly onSave: (value: Value) => Promise<string | undefined>
}

export interface InlineLineProps extends InlineProps<string> {
  readonly type?: 'text' | 'email' | 'tel' | undefined
  readonly inputMode?: 'decimal' | 'numeric' | undefined
  readonly maxLength?: number | undefined
}

export function InlineLine(props: InlineLineProps): JSX.Element {
  const draft = createInlineDraft({ stored: () => props.value, save: (text) => props.onSave(text) })
  const readOnly = () => props.locked !== undefined || props.quiet === true
  return (
    <InlineFrame {...props} error={draft.problem() ?? props.error}>
      {(control) => (
        <input
          {...control}
          class={css.input}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          autocomplete="off"
          maxLength={props.maxLength}
          placeholder={t('common.notSet')}
          readOnly={readOnly()}
          value={draft.text()}
          onFocus={draft.focus}
          onBlur={draft.blur}
          onInput={(event) => draft.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') draft.commit()
            else if (event.key === 'Escape') draft.cancel()
          }}
        />
      )}
    </InlineFrame>
  )
}

/** A shared text. Saved on leaving it, and when the app goes to the background; the cursor survives a merge. */
export function InlineText(
  props: InlineProps<string> & { readonly maxLength?: number | undefined },
): JSX.Element {
  let area: HTMLTextAreaElement | undefined
  const draft = createInlineDraft({
    stored: () => props.value,
    save: (text) => props.onSave(text),
    merge: carriedOver,
    onMerged: (before, after) => keepCursor(area, before, after),
  })
  onMount(() => {
    const saveWhenHidden = () => {
      if (document.visibilityState === 'hidden') draft.commit()
    }
    document.addEventListener('visibilitychange', saveWhenHidden)
    onCleanup(() => {
      document.removeEventListener('visibilitychange', saveWhenHidden)
      // Another tab of the record was chosen without leaving the field first.
      draft.commit()
    })
  })
  return (
    <InlineFrame {...props} error={draft.problem() ?? props.error}>
      {(control) => (
        <textarea
          {...control}
          ref={area}
          class={`${css.input} ${css.area}`}
          rows={4}
          maxLength={props.maxLength}
          placeholder={t('common.notSet')}
          readOnly={props.locked !== undefined || props.quiet === true}
          value={draft.text()}
          onFocus={draft.focus}
          onBlur={draft.blur}
          onInput={(event) => draft.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') draft.cancel()
            else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draft.commit()
          }}
        />
      )}
    </InlineFrame>
  )
}

/** Where the reader was typing, moved by what was put in or taken out before it. */
function keepCursor(area: HTMLTextAreaElement | undefined, before: string, after: string): void {
  if (area === undefined || document.activeElement !== area) return
  const { at, remove, insert } = spliceBetween(before, after)
  const moved = (position: number) =>
    position <= at ? position : Math.max(at, position - remove) + insert.length
  const [start, end] = [moved(area.selectionStart), moved(area.selectionEnd)]
  area.value = after
  area.setSelectionRange(start, end)
}

export interface InlineChoiceProps extends InlineProps<string | null> {
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export function InlineChoice(props: InlineChoiceProps): JSX.Element {
  const shown = () => props.options.find(({ value }) => value === props.value)?.label ?? ''
  const readOnly = () => props.locked !== undefined || props.quiet === true
  return (
    <InlineFrame {...props}>
      {(control) =>
        readOnly() ? (
          <input {...control} class={css.input} readOnly value={shown()} placeholder={t('common.notSet')} />
        ) : (
          <div class={css.select}>
            <select
              {...control}
              class={css.input}
              onChange={(event) => void props.onSave(event.currentTarget.value || null)}
            >
              {props.required ? null : (
                <option value="" selected={props.value === null}>
                  {t('record.noChoice')}
                </option>
              )}
              <For each={props.options}>
                {(option) => (
                  <option value={option.value} selected={option.value === props.value}>
                    {option.label}
                  </option>
                )}
              </For>
            </select>
            <ChevronIcon aria-hidden="true" />
          </div>
        )
      }
    </InlineFrame>
  )
}

export function InlineSwitch(props: InlineProps<boolean>): JSX.Element {
  const readOnly = () => props.locked !== undefined || props.quiet === true
  return (
    <InlineFrame {...props} beside>
      {(control) => (
        <input
          {...control}
          type="checkbox"
          role="switch"
          class={toggle.switch}
          checked={props.value}
          onClick={(event) => {
            if (readOnly()) event.preventDefault()
          }}
          onChange={(event) => {
            const next = event.currentTarget.checked
            event.currentTarget.checked = props.value
            void props.onSave(next)
          }}
        />
      )}
    </InlineFrame>
  )
}
