/**
 * Rows that are on their way, for the first sync only; put a ProgressMeter with a moving count above them.
 * Local work never shows it.
 */
import { type JSX, For } from 'solid-js'
import css from './SkeletonRows.module.css'

export function SkeletonRows(props: { readonly count?: number | undefined }): JSX.Element {
  const rows = () => Array.from({ length: props.count ?? 8 }, (_, index) => index)
  return (
    <div class={css.rows} aria-hidden="true">
      <For each={rows()}>
        {(index) => (
          <div class={css.row}>
            <i class={css.round} />
            <span>
              <i style={{ width: `${58 - ((index * 17) % 29)}%` }} />
              <i style={{ width: `${38 - ((index * 11) % 17)}%` }} />
            </span>
          </div>
        )}
      </For>
    </div>
  )
}
