/**
 * What a change does, in numbers before adjectives. The caller sorts: the largest loss first.
 */
import { For, type JSX } from 'solid-js'
import { formatNumber } from '../app/format.ts'
import css from './Impact.module.css'
import type { Tone } from './types.ts'

export interface ImpactLine {
  readonly count: number
  /** What the number counts: "workers can no longer edit accounts". */
  readonly text: string
  /** Denied for a loss, pending for unsent edits at stake, allowed for a gain. Zero needs none. */
  readonly tone?: Tone | undefined
}

export function Impact(props: { readonly lines: readonly ImpactLine[] }): JSX.Element {
  return (
    <ul class={css.impact}>
      <For each={props.lines}>
        {(line) => (
          <li>
            <b data-tone={line.count === 0 ? 'plain' : (line.tone ?? 'plain')}>{formatNumber(line.count)}</b>{' '}
            <span>{line.text}</span>
          </li>
        )}
      </For>
    </ul>
  )
}
