/**
 * One line or several of text. `onInput` at every keystroke, `onCommit` once when the reader is done with it.
 * What arrives from elsewhere never replaces what is being typed.
 */
import { type JSX, splitProps } from 'solid-js'
import { createDraft } from './create-draft.ts'
import { FieldFrame } from './FieldFrame.tsx'
import frame from './FieldFrame.module.css'
import css from './TextField.module.css'
import type { FieldProps } from './types.ts'

export interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onInput?: ((value: string) => void) | undefined
  /** On leaving the field or Enter, if it changed. */
  readonly onCommit?: ((value: string) => void) | undefined
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'date' | undefined
  readonly name?: string | undefined
  readonly autocomplete?: JSX.HTMLAutocomplete | undefined
  readonly placeholder?: string | undefined
  /** In characters. */
  readonly maxLength?: number | undefined
  readonly ref?: ((input: HTMLInputElement) => void) | undefined
}

export function TextField(props: TextFieldProps): JSX.Element {
  const draft = createDraft(
    () => props.value,
    (value) => props.onInput?.(value),
    (value) => props.onCommit?.(value),
  )
  return (
    <FieldFrame {...frameProps(props)}>
      {(control) => (
        <input
          {...control}
          ref={(input) => props.ref?.(input)}
          class={frame.box}
          type={props.type ?? 'text'}
          name={props.name}
          autocomplete={props.autocomplete ?? 'off'}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
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

export interface TextAreaProps extends FieldProps {
  readonly value: string
  readonly onInput?: ((value: string) => void) | undefined
  readonly onCommit?: ((value: string) => void) | undefined
  readonly placeholder?: string | undefined
  readonly maxLength?: number | undefined
  /** Lines to begin with; it grows with what is typed. */
  readonly rows?: number | undefined
  /** For binding a shared text, whose cursor must survive a merge. */
  readonly ref?: ((area: HTMLTextAreaElement) => void) | undefined
}

export function TextArea(props: TextAreaProps): JSX.Element {
  const draft = createDraft(
    () => props.value,
    (value) => props.onInput?.(value),
    (value) => props.onCommit?.(value),
  )
  return (
    <FieldFrame {...frameProps(props)}>
      {(control) => (
        <textarea
          {...control}
          ref={(area) => props.ref?.(area)}
          class={`${frame.box} ${css.area}`}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          rows={props.rows ?? 3}
          readOnly={props.locked !== undefined}
          value={draft.text()}
          onFocus={draft.focus}
          onBlur={draft.blur}
          onInput={(event) => draft.type(event.currentTarget.value)}
        />
      )}
    </FieldFrame>
  )
}

/** The part of a field's props that its frame takes; props stay reactive. */
export function frameProps(props: FieldProps): FieldProps {
  const [frameOnly] = splitProps(props, ['label', 'hint', 'error', 'required', 'pending', 'locked'])
  return frameOnly
}
