/** A set of short values, edited where it stands: each with its own remove button, and a line to add one. */
import { createSignal, For, type JSX } from 'solid-js'
import CrossIcon from '~icons/lucide/x'
import { t } from '../../app/i18n.ts'
import chips from '../../components/ChipsField.module.css'
import css from './InlineField.module.css'
import { InlineFrame } from './InlineFrame.tsx'
import type { InlineProps } from './inline-controls.tsx'

export function InlineChips(props: InlineProps<readonly string[]>): JSX.Element {
  const [text, setText] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  const save = async (next: readonly string[]) => setProblem(await props.onSave(next))
  const add = (typed: string) => {
    setText('')
    const added = typed
      .split(/[,;\n\t]/)
      .map((part) => part.trim())
      .filter((part) => part !== '' && !props.value.includes(part))
    if (added.length > 0) void save([...props.value, ...new Set(added)])
  }
  return (
    <InlineFrame {...props} error={problem() ?? props.error}>
      {(control) => (
        <div class={css.chips}>
          <ul class={chips.chips}>
            <For each={props.value}>
              {(value) => (
                <li class={chips.chip}>
                  {value}
                  <button
                    type="button"
                    aria-label={t('common.remove', { what: value })}
                    onClick={() => void save(props.value.filter((other) => other !== value))}
                  >
                    <CrossIcon aria-hidden="true" />
                  </button>
                </li>
              )}
            </For>
          </ul>
          <input
            {...control}
            class={css.input}
            autocomplete="off"
            autocapitalize="characters"
            placeholder={t('common.add')}
            value={text()}
            onInput={(event) => {
              const typed = event.currentTarget.value
              if (/[,;\n\t]/.test(typed)) add(typed)
              else setText(typed)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add(text())
              else if (event.key === 'Escape') setText('')
            }}
            onBlur={() => add(text())}
          />
        </div>
      )}
    </InlineFrame>
  )
}
