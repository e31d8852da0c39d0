/**
 * Why something may not be done: the sentence, then the way there, from where the reader stands to what decides.
 * Made from a denied decision: its sentence, and a step for each group of its reasons.
 */
import { For, type JSX, Show } from 'solid-js'
import LockIcon from '~icons/lucide/lock'
import { t } from '../app/i18n.ts'
import type { Explanation } from './types.ts'
import css from './WhyNot.module.css'

export function WhyNot(props: Explanation): JSX.Element {
  return (
    <div class={css.why}>
      <p>{props.sentence}</p>
      <Show when={props.chain?.length ? props.chain : undefined}>
        {(chain) => (
          <ol class={css.chain}>
            <For each={chain()}>
              {(step) => (
                <li data-decides={step.decides ? '' : undefined}>
                  <span class={css.mark}>
                    <Show when={step.decides}>
                      <LockIcon aria-hidden="true" />
                    </Show>
                  </span>
                  <span>
                    <b>{step.text}</b>
                    <small>{step.note ?? (step.decides ? t('access.decidedHere') : '')}</small>
                  </span>
                </li>
              )}
            </For>
          </ol>
        )}
      </Show>
      <Show when={props.wayOut}>
        <p class={css.wayOut}>{props.wayOut}</p>
      </Show>
    </div>
  )
}
