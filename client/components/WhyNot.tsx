/**
 * Why something may not be done: the sentence, then the way there, from where the reader stands to what decides.
 * Made from a denied decision: its sentence, and a step for each group of its reasons.
 */
import { For, type JSX, Show } from 'solid-js'
import LockIcon from '~icons/lucide/lock'
import { t } from '../app/i18n.ts'
import type { Explanation } from './types.ts'
import css from './WhyNot.module.css'

export interface WhyNotProps extends Explanation {
  /** A link to what decides was followed. */
  readonly onLeave?: (() => void) | undefined
}

export function WhyNot(props: WhyNotProps): JSX.Element {
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
                    <Show when={step.href} fallback={<b>{step.text}</b>}>
                      {(href) => (
                        <a href={href()} onClick={() => props.onLeave?.()}>
                          <b>{step.text}</b>
                        </a>
                      )}
                    </Show>
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
