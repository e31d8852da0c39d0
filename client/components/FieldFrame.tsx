/**
 * What every field looks like around its control: label, hint, error, the amber edge while it waits, the lock.
 * The control comes as a function that is given the ids and the state it has to carry.
 */
import { createUniqueId, type JSX, Show } from 'solid-js'
import AlertIcon from '~icons/lucide/circle-alert'
import ClockIcon from '~icons/lucide/clock'
import LockIcon from '~icons/lucide/lock'
import css from './FieldFrame.module.css'
import type { FieldProps } from './types.ts'
import { WhyLink } from './WhyLink.tsx'

/** Spread on the control. */
export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
  readonly 'aria-required': 'true' | undefined
  readonly 'aria-disabled': 'true' | undefined
}

export interface FieldFrameProps extends FieldProps {
  readonly children: (control: ControlProps) => JSX.Element
  /** The label stands beside the control, for switches and check boxes. */
  readonly beside?: boolean | undefined
}

export function FieldFrame(props: FieldFrameProps): JSX.Element {
  const id = createUniqueId()
  const noteId = createUniqueId()
  const noted = () =>
    props.hint !== undefined ||
    props.error !== undefined ||
    props.pending !== undefined ||
    props.locked !== undefined
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
      return props.locked === undefined ? undefined : 'true'
    },
  }
  return (
    <div
      class={css.field}
      data-sync={props.pending === undefined ? undefined : 'pending'}
      data-invalid={props.error === undefined ? undefined : ''}
      data-locked={props.locked === undefined ? undefined : ''}
      data-beside={props.beside ? '' : undefined}
    >
      <div class={css.label}>
        <Show when={props.pending}>
          <ClockIcon aria-hidden="true" />
        </Show>
        <Show when={props.locked}>
          <LockIcon aria-hidden="true" />
        </Show>
        <label for={id} data-required={props.required ? '' : undefined}>
          {props.label}
        </label>
      </div>
      <div class={css.control}>{props.children(control)}</div>
      <Show when={noted()}>
        <div id={noteId} class={css.notes}>
          <Show when={props.error}>
            <p class={css.error}>
              <AlertIcon aria-hidden="true" />
              <span>{props.error}</span>
            </p>
          </Show>
          <Show when={props.hint}>
            <p>{props.hint}</p>
          </Show>
          <Show when={props.pending}>
            <p>{props.pending}</p>
          </Show>
          <Show when={props.locked}>
            {(locked) => (
              <p>
                {locked().by} <WhyLink explanation={locked()} />
              </p>
            )}
          </Show>
        </div>
      </Show>
    </div>
  )
}
