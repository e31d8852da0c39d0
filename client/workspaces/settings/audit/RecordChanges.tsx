/** One record of a change set: its name, and each field as it was and as it became. */
import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { t } from '../../../app/i18n.ts'
import { Diff } from '../../../components/Diff.tsx'
import { Tag } from '../../../components/Tag.tsx'
import layout from '../../../styles/layout.module.css'
import type { LogChange } from './audit-api.ts'
import css from './RecordChanges.module.css'
import { diffWords, madeWords, recordHref, type ValueWords } from './log-words.ts'

export function RecordChanges(props: {
  /** All of one record. */
  readonly changes: readonly LogChange[]
  readonly context: ValueWords
}): JSX.Element {
  const first = () => props.changes[0] as LogChange
  const kind = () => kindSpecs[first().record.kind].label
  return (
    <article class={css.record} aria-label={`${kind()}: ${first().record.title}`}>
      <header class={layout.line}>
        <h3 class={layout.grow}>{first().record.title}</h3>
        <Show when={first().creates} fallback={<small class={layout.quiet}>{kind()}</small>}>
          <Tag tone="allowed">{madeWords(first())}</Tag>
        </Show>
      </header>
      <For each={props.changes}>
        {(change) => {
          const shown = () => diffWords(change, props.context)
          return <Diff label={change.label} was={shown().was} now={shown().now} />
        }}
      </For>
      <Show when={recordHref(first().record)}>
        {(href) => (
          <div>
            <A class={layout.strongLink} href={href()}>
              {t('audit.openRecord', { title: first().record.title })}
            </A>
          </div>
        )}
      </Show>
    </article>
  )
}
