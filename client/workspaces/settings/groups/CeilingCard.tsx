/** The ceiling above a group: which ancestor denies what here, read where the group's place is decided. */
import { createMemo, For, type JSX, Show } from 'solid-js'
import LockIcon from '~icons/lucide/lock'
import { groupFromRow } from '../../../../core/access/from-rows.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { groupHref } from '../hrefs.ts'
import { firstNames } from '../names.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { ceilingOf } from './ceiling.ts'

/** Of each ancestor's. */
const NAMED_MAX = 5

export function CeilingCard(props: { readonly row: Row }): JSX.Element {
  const data = useSettings()
  const entries = createMemo(() =>
    ceilingOf(data.directory().groups, data.directory().catalogue, groupFromRow(props.row)),
  )
  const words = (labels: readonly string[]) => {
    const { names, rest } = firstNames(labels, NAMED_MAX)
    return rest === 0 ? names : formatCount(rest, t('settings.andMore')).replace('{names}', names)
  }
  return (
    <Card flush title={t('manage.ceiling')}>
      <p class={css.empty}>
        {typeof props.row.parentId !== 'string'
          ? t('manage.ceilingTop')
          : entries().length === 0
            ? t('manage.ceilingNone')
            : t('manage.ceilingLede')}
      </p>
      <Show when={entries().length > 0}>
        <ul class={css.divided} aria-label={t('manage.ceiling')}>
          <For each={entries()}>
            {({ group, labels }) => (
              <li class={css.item}>
                <LockIcon aria-hidden="true" />
                <div class={css.words}>
                  <a href={groupHref(group.id)}>{group.name}</a>
                  <small>{words(labels)}</small>
                </div>
                <small>{formatCount(labels.length, t('manage.ceilingBy'))}</small>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  )
}
