/** How many are chosen, "all found", and what can be done with them; at the lower edge, within the thumb's reach. */
import { createMemo, type JSX, Show } from 'solid-js'
import CrossIcon from '~icons/lucide/x'
import { formatCount, formatNumber } from '../../app/format.ts'
import { t } from '../../app/i18n.ts'
import { IconButton } from '../../components/IconButton.tsx'
import type { Selection } from './create-selection.ts'
import css from './SelectionBar.module.css'
import settings from './settings.module.css'

export interface SelectionBarProps {
  readonly selection: Selection
  /** The ids that the list shows. */
  readonly shown: readonly string[]
  /** The actions, the main one first. */
  readonly children: JSX.Element
}

export function SelectionBar(props: SelectionBarProps): JSX.Element {
  const count = () => props.selection.ids().size
  const hidden = createMemo(() => {
    const shown = new Set(props.shown)
    return [...props.selection.ids()].filter((id) => !shown.has(id)).length
  })
  const allShown = () => count() - hidden() === props.shown.length
  return (
    <Show when={props.selection.isOn()}>
      <section class={css.bar} aria-label={t('manage.selection')}>
        <div class={css.words}>
          <span role="status">
            <b>{formatCount(count(), t('manage.selectedCount'))}</b>
            <Show when={hidden() > 0}>
              <small> {t('manage.notShown', { count: formatNumber(hidden()) })}</small>
            </Show>
          </span>
          <Show when={!allShown()}>
            <button type="button" class={settings.linkButton} onClick={() => props.selection.all()}>
              {formatCount(props.shown.length, t('manage.selectAll'))}
            </button>
          </Show>
          <span class={css.end}>
            <IconButton
              icon={CrossIcon}
              label={t('manage.endSelection')}
              onClick={() => props.selection.end()}
            />
          </span>
        </div>
        <div class={css.actions}>{props.children}</div>
      </section>
    </Show>
  )
}
