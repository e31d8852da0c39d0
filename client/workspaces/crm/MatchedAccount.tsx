/** An account that Check for Match opens although it is not the reader's: to read, and nothing of it stays here (S13). */
import { createResource, For, type JSX, Match, Show, Switch } from 'solid-js'
import { kindSpecs } from '../../../core/records/registry.ts'
import { fieldLabel } from '../../access/field-label.ts'
import { t } from '../../app/i18n.ts'
import { Field, FieldList } from '../../components/FieldList.tsx'
import layout from '../../styles/layout.module.css'
import { showValue } from '../record/show-value.ts'
import { readMatch } from './find-matches.ts'
import css from './MatchesFound.module.css'

export function MatchedAccount(props: { readonly id: string; readonly name: string }): JSX.Element {
  const [row] = createResource(() => props.id, readMatch)
  const fields = () => {
    const read = row()
    return Object.entries(kindSpecs.account.fields).flatMap(([name, spec]) => {
      // References would need the names of records that are not here.
      if (spec.type.type === 'reference') return []
      const value = showValue(spec, read?.[name])
      return value === '' ? [] : [{ label: fieldLabel('account', name), value }]
    })
  }
  return (
    <section class={css.account} aria-label={props.name}>
      <Switch>
        <Match when={row.loading}>
          <small class={layout.quiet}>{t('crm.matchReading')}</small>
        </Match>
        <Match when={row() === null}>
          <small class={layout.quiet}>{t('crm.matchClosed')}</small>
        </Match>
        <Match when={row()}>
          <small class={layout.quiet}>{t('crm.matchReadOnly')}</small>
          <Show when={fields().length > 0}>
            <FieldList>
              <For each={fields()}>{({ label, value }) => <Field label={label}>{value}</Field>}</For>
            </FieldList>
          </Show>
        </Match>
      </Switch>
    </section>
  )
}
