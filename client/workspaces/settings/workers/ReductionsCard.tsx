/** What one administrator may not do although administrators may do everything (G-13, P6). */
import { For, type JSX, Show } from 'solid-js'
import RemoveIcon from '~icons/lucide/x'
import { workspaceLabels } from '../../../../core/catalogue/features.ts'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { foldText } from '../../../../core/records/fold.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { AddSheet } from '../AddSheet.tsx'
import { createKeys } from '../create-keys.ts'
import { featureLabel } from '../names.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { stringsOf } from './worker-words.ts'

export interface ReductionsCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  /** The sentence that says why none of it may be changed here. */
  readonly locked: string | undefined
  readonly onSet: (field: string, value: true | null) => void
}

export function ReductionsCard(props: ReductionsCardProps): JSX.Element {
  const data = useSettings()
  const ids = createKeys(() => stringsOf(props.row.reductions))
  const label = (id: string) => featureLabel(data.directory(), id)
  const options = (query: string) =>
    data
      .directory()
      .catalogue.features.filter(
        (feature) =>
          !ids().includes(feature.id) && foldText(`${feature.label} ${feature.id}`).includes(foldText(query)),
      )
      .map(({ id, label: name, workspace }) => ({ value: id, label: name, note: workspaceLabels[workspace] }))
  return (
    <Card
      flush
      title={t('settings.reductions')}
      aside={
        <AddSheet
          label={t('settings.addReduction')}
          denied={props.locked}
          options={options}
          onAdd={(id) => props.onSet(fieldKey('reductions', id), true)}
        />
      }
    >
      <p class={css.empty}>{t('settings.reductionsLede')}</p>
      <Show when={ids().length > 0}>
        <ul class={css.divided} aria-label={t('settings.reductions')}>
          <For each={ids()}>
            {(id) => (
              <li class={css.item}>
                <div class={css.words}>
                  {label(id)}
                  <code>{id}</code>
                </div>
                <IconButton
                  icon={RemoveIcon}
                  label={t('settings.giveBack', { feature: label(id) })}
                  denied={props.locked}
                  onClick={() => props.onSet(fieldKey('reductions', id), null)}
                />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  )
}
