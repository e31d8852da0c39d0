/** What did not work, where the reader is looking, and read out when it comes. */
import { type JSX, Show } from 'solid-js'
import AlertIcon from '~icons/lucide/circle-alert'
import { Banner } from '../../../components/Banner.tsx'
import css from '../settings.module.css'

export function Problem(props: { readonly sentence: string | null }): JSX.Element {
  return (
    <div class={css.notice} aria-live="polite" hidden={props.sentence === null}>
      <Show when={props.sentence}>
        {(sentence) => (
          <Banner tone="denied" icon={AlertIcon}>
            {sentence()}
          </Banner>
        )}
      </Show>
    </div>
  )
}
