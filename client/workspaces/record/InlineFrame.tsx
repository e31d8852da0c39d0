/**
 * The row around a field that is edited in place: label, the amber edge while it waits, the lock and its reason.
 */
import { createUniqueId, type JSX, Show } from 'solid-js'
import ClockIcon from '~icons/lucide/clock'
import LockIcon from '~icons/lucide/lock'
import type { ControlProps } from '../../components/FieldFrame.tsx'
import type { FieldProps } from '../../components/types.ts'
import { WhyLink } from '../../components/WhyLink.tsx'
import css from './InlineField.module.css'

export interface InlineFrameProps extends FieldProps {
  /** May be read and not typed in, for a reason that is said once for the whole record. */
  readonly quiet?: boolean | undefined
  /** The control stands at the end of the label's line. */
  readonly beside?: boolean | undefined
  readonly children: (control: ControlProps) => JSX.Element
}

export function InlineFrame(props: InlineFrameProps): JSX.Element {
  const id = createUniqueId()
  const noteId = createUniqueId()
  const locked = () => props.locked !== undefined || props.quiet === true
  const noted = () =>
    [props.hint, props.error, props.pending, props.locked].some((note) => note !== undefined)
  const control: ControlProps = {
    id,
    get 'aria-describedby'() {
      return noted() ? noteId : undefined
    },
    get 'aria-invalid'() {
      return props.error === undefined ? undefined : 'true'
    },
    get 'aria-required'() {
      return props.required ? 'true' : undefined
    },
    get 'aria-disabled'() {
      return locked() ? 'true' : undefined
    },
  }
  return (
    <div
      class={css.field}
      data-sync={props.pending === undefined ? undefined : 'pending'}
      data-invalid={props.error === undefined ? undefined : ''}
      data-locked={locked() ? '' : undefined}
      data-beside={props.beside ? '' : undefined}
    >
      <div class={css.label}>
        <Show when={props.pending}>
          <ClockIcon aria-hidden="true" />
        </Show>
        <Show when={props.locked}>
          <LockIcon aria-hidden="true" />
        </Show>
        <label for={id}>{props.label}</label>
        <Show when={props.required}>
          {/* For eyes; aria-required is for ears. */}
          <span class={css.star} aria-hidden="true">
            *
          </span>
        </Show>
      </div>
      <div class={css.control}>{props.children(control)}</div>
      <Show when={noted()}>
        <div id={noteId} class={css.notes}>
          <Show when={props.error}>
            <p class={css.error}>{props.error}</p>
          </Show>
          <Show when={props.hint}>
            <p>{props.hint}</p>
          </Show>
          <Show when={props.pending}>
            <p>{props.pending}</p>
          </Show>
          <Show when={props.locked}>
            {(lock) => (
              <p>
                {lock().by} <WhyLink explanation={lock()} />
              </p>
            )}
          </Show>
        </div>
      </Show>
    </div>
  )
}
