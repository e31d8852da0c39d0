/**
 * What is being typed into a field of a record, until it is saved there or taken back.
 *
 * A value that arrives from elsewhere never replaces what is being typed. Long texts merge instead: the other
 * person's change is made in the draft too, so that saving does not undo it.
 */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { holdUpdates } from '../../app/unsaved.ts'

export interface InlineDraft {
  readonly text: Accessor<string>
  /** The sentence that says why it was not saved. */
  readonly problem: Accessor<string | undefined>
  readonly type: (text: string) => void
  readonly focus: () => void
  /** On Enter. */
  readonly commit: () => void
  /** On leaving the field: commits. */
  readonly blur: () => void
  /** On Escape: back to what is stored. */
  readonly cancel: () => void
}

export interface InlineDraftOptions {
  readonly stored: Accessor<string>
  /** Resolves with a sentence when it was not saved. */
  readonly save: (text: string) => Promise<string | undefined>
  /** Makes the change from `before` to `after` in `draft`. */
  readonly merge?: ((draft: string, before: string, after: string) => string) | undefined
  /** Told after a merge changed what is shown, with the text before it. */
  readonly onMerged?: ((before: string, after: string) => void) | undefined
}

export function createInlineDraft({ stored, save, merge, onMerged }: InlineDraftOptions): InlineDraft {
  const [text, setText] = createSignal(stored())
  const [problem, setProblem] = createSignal<string>()
  let focused = false
  const [isDirty, setDirty] = createSignal(false)
  holdUpdates(isDirty)
  createEffect(
    on(stored, (after, before) => {
      if (before === undefined || after === before) return
      const shown = text()
      if (!isDirty()) setText(after)
      else if (merge !== undefined) setText(merge(shown, before, after))
      if (focused && text() !== shown) onMerged?.(shown, text())
      if (text() === after) setDirty(false)
    }),
  )
  const commit = () => {
    if (!isDirty()) return
    const typed = text()
    if (typed === stored()) {
      setDirty(false)
      setProblem(undefined)
      return
    }
    void save(typed).then((sentence) => {
      setProblem(sentence)
      // Refused here: what was typed stays in sight until it is mended or taken back.
      if (sentence === undefined && text() === typed) setDirty(false)
    })
  }
  return {
    text,
    problem,
    type: (next) => {
      setDirty(true)
      setText(next)
      setProblem(undefined)
    },
    focus: () => {
      focused = true
    },
    commit,
    blur: () => {
      focused = false
      commit()
    },
    cancel: () => {
      setDirty(false)
      setProblem(undefined)
      setText(stored())
    },
  }
}
