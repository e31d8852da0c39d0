/** Where an import is: four words, the present one marked. */
import { For, type JSX, Show } from 'solid-js'
import CheckIcon from '~icons/lucide/check'
import { t } from '../../../app/i18n.ts'
import type { Stage } from './create-import.ts'
import css from './exchange.module.css'

const steps = ['file', 'columns', 'check', 'done'] as const

const stepOf: Readonly<Record<Stage, (typeof steps)[number]>> = {
  choose: 'file',
  reading: 'file',
  columns: 'columns',
  checking: 'check',
  checked: 'check',
  applying: 'check',
  applied: 'done',
}

export function StepLine(props: { readonly stage: Stage }): JSX.Element {
  const current = () => steps.indexOf(stepOf[props.stage])
  const isDone = (index: number) => index < current() || props.stage === 'applied'
  return (
    <ol class={css.steps} aria-label={t('exchange.steps')}>
      <For each={steps}>
        {(step, index) => (
          <li
            aria-current={index() === current() ? 'step' : undefined}
            data-done={isDone(index()) ? '' : undefined}
          >
            <Show when={isDone(index())} fallback={<span aria-hidden="true">{index() + 1}</span>}>
              <CheckIcon aria-hidden="true" />
            </Show>
            {t(`exchange.step.${step}`)}
          </li>
        )}
      </For>
    </ol>
  )
}
