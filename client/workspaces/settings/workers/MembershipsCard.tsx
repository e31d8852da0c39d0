/** The groups a worker is in, each for a time. The one that is left stays in sight until it is saved. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import ClockIcon from '~icons/lucide/calendar-clock'
import RemoveIcon from '~icons/lucide/x'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { foldText } from '../../../../core/records/fold.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { AddSheet } from '../AddSheet.tsx'
import { createKeys } from '../create-keys.ts'
import { groupHref } from '../hrefs.ts'
import { groupName, placeOfGroup } from '../names.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { type Validity, validityState, validityWords } from '../validity-words.ts'
import { ValiditySheet } from '../ValiditySheet.tsx'
import { membershipsOf } from './worker-words.ts'

export interface MembershipsCardProps {
  /** As it is stored, and as it would be. */
  readonly stored: Row
  readonly row: Row
  readonly locked: boolean
  readonly onSet: (
    field: string,
    value: { readonly from: string | null; readonly until: string | null } | null,
  ) => void
}

const always: Validity = { from: null, until: null }

export function MembershipsCard(props: MembershipsCardProps): JSX.Element {
  const data = useSettings()
  const [timed, setTimed] = createSignal<string>()
  const ids = createKeys(() => [
    ...new Set([...membershipsOf(props.stored), ...membershipsOf(props.row)].map(({ id }) => id)),
  ])
  const now = createMemo(() => new Map(membershipsOf(props.row).map((one) => [one.id, one])))
  const was = createMemo(() => new Map(membershipsOf(props.stored).map((one) => [one.id, one])))
  const set = (id: string, value: Validity | null) =>
    props.onSet(fieldKey('groups', id), value === null ? null : { from: value.from, until: value.until })
  const name = (id: string) => groupName(data.directory(), id)
  const options = (query: string) =>
    [...data.directory().groups.values()]
      .filter(({ id, name: shown }) => !now().has(id) && foldText(shown).includes(foldText(query)))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((group) => ({
        value: group.id,
        label: group.name,
        note: group.enabled ? placeOfGroup(data.directory(), group) : t('settings.groupDisabled'),
      }))
  return (
    <Card
      flush
      title={t('settings.memberships')}
      aside={
        <Show when={!props.locked}>
          <AddSheet label={t('settings.addMembership')} options={options} onAdd={(id) => set(id, always)} />
        </Show>
      }
    >
      <Show when={ids().length > 0} fallback={<p class={css.empty}>{t('settings.noMemberships')}</p>}>
        <ul class={css.divided} aria-label={t('settings.memberships')}>
          <For each={ids()}>
            {(id) => (
              <li class={css.item}>
                <div class={css.words}>
                  <a href={groupHref(id)}>{name(id)}</a>
                  <small>{validityWords(now().get(id) ?? was().get(id) ?? always, data.now())}</small>
                </div>
                <MembershipTag
                  was={was().get(id)}
                  now={now().get(id)}
                  enabled={data.directory().groups.get(id)?.enabled !== false}
                />
                <Show when={!props.locked}>
                  <Show
                    when={now().has(id)}
                    fallback={
                      <button
                        type="button"
                        class={css.linkButton}
                        onClick={() => set(id, was().get(id) ?? always)}
                      >
                        {t('common.undo')}
                      </button>
                    }
                  >
                    <IconButton
                      icon={ClockIcon}
                      label={t('settings.editValidity', { name: name(id) })}
                      onClick={() => setTimed(id)}
                    />
                    <IconButton
                      icon={RemoveIcon}
                      label={t('settings.leave', { group: name(id) })}
                      onClick={() => set(id, null)}
                    />
                  </Show>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <ValiditySheet
        open={timed() !== undefined}
        onClose={() => setTimed(undefined)}
        name={name(timed() ?? '')}
        value={now().get(timed() ?? '') ?? always}
        onApply={(value) => set(timed() ?? '', value)}
      />
    </Card>
  )
}

function MembershipTag(props: {
  readonly was: Validity | undefined
  readonly now: Validity | undefined
  readonly enabled: boolean
}): JSX.Element {
  const data = useSettings()
  const words = () => {
    if (props.now === undefined) return t('settings.leaves')
    if (props.was === undefined) return t('settings.joins')
    const same = props.was.from === props.now.from && props.was.until === props.now.until
    return same ? undefined : t('settings.timeChanges')
  }
  const state = () => (props.now === undefined ? 'now' : validityState(props.now, data.now()))
  return (
    <>
      <Show when={state() !== 'now'}>
        <Tag>{state() === 'over' ? t('settings.over') : t('settings.notYet')}</Tag>
      </Show>
      <Show when={!props.enabled}>
        <Tag>{t('settings.groupDisabled')}</Tag>
      </Show>
      <Show when={words()}>{(text) => <Tag tone="pending">{text()}</Tag>}</Show>
    </>
  )
}
