/** The groups below one, with how many workers each reaches. */
import { For, type JSX, Show } from 'solid-js'
import { formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { groupHref } from '../hrefs.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { workersBelow } from './group-tree.ts'

/** The groups below, whose members are reached by what is denied here. */
export function GroupsBelow(props: { readonly groupId: string }): JSX.Element {
  const data = useSettings()
  const below = () =>
    (data.directory().childrenByGroup.get(props.groupId) ?? [])
      .flatMap((id) => data.directory().groups.get(id) ?? [])
      .sort((a, b) => a.name.localeCompare(b.name))
  return (
    <Show when={below().length > 0}>
      <Card flush title={t('settings.groupsBelow')}>
        <ul class={css.divided} aria-label={t('settings.groupsBelow')}>
          <For each={below()}>
            {(group) => (
              <li class={css.item}>
                <div class={css.words}>
                  <a href={groupHref(group.id, 'members')}>{group.name}</a>
                </div>
                <Show when={!group.enabled}>
                  <Tag>{t('settings.disabled')}</Tag>
                </Show>
                <small>{formatNumber(workersBelow(data.directory(), group.id).size)}</small>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  )
}
