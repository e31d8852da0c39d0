/**
 * What is being typed, apart from what is stored.
 *
 * A merge, a colleague's edit or a reload of the row may change the stored value at any moment. It never touches a
 * field that somebody is typing in: the draft takes the stored value over only while the field has no focus.
 */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'

export interface Draft {
  readonly text: Accessor<string>
  /** On every keystroke. */
  readonly type: (text: string) => void
  readonly focus: () => void
  /** On blur or Enter: hands the text over if it differs from what is stored. */
  readonly commit: () => void
  readonly blur: () => void
}

export function createDraft(
  stored: Accessor<string>,
  onInput: (text: string) => void,
  onCommit: (text: string) => void,
): Draft {
  const [text, setText] = createSignal(stored())
  let focused = false
  let typed = false
  createEffect(
    on(stored, (value) => {
      // A parent that keeps every keystroke echoes it back: that is no change from outside.
      if (!focused || !typed || value === text()) setText(value)
    }),
  )
  const commit = () => {
    if (typed && text() !== stored()) onCommit(text())
    typed = false
  }
  return {
    text,
    type: (next) => {
      typed = true
      setText(next)
      onInput(next)
    },
    focus: () => {
      focused = true
      typed = false
    },
    commit,
    blur: () => {
      focused = false
      commit()
    },
  }
}
