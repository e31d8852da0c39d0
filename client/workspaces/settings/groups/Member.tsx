/** One member of a group: when the membership counts, what the draft makes of it, and how it is changed. */
import { createMemo, type JSX, Show } from 'solid-js'
import ClockIcon from '~icons/lucide/calendar-clock'
import RemoveIcon from '~icons/lucide/user-minus'
import { administratorsId } from '../../../../core/catalogue/preconfigured-groups.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Avatar } from '../../../components/Avatar.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { sentenceOf } from '../../record/why.ts'
import { accessOf } from '../access-lock.ts'
import type { Selection } from '../create-selection.ts'
import { workerHref } from '../hrefs.ts'
import { workerName } from '../names.ts'
import { PickBox } from '../PickBox.tsx'
import css from '../settings.module.css'
import { type SettingsData, useSettings } from '../settings-data.ts'
import { type Validity, validityState, validityWords } from '../validity-words.ts'
import { stringsOf } from '../workers/worker-words.ts'
import { validityIn, workerKey } from './membership.ts'

export function Member(props: {
  readonly id: string
  readonly groupId: string
  /** Null for one who leaves. */
  readonly validity: Validity | null
  readonly onSet: (value: Validity | null) => void
  readonly onTime: () => void
  /** While members are chosen for something done with several. */
  readonly selection: Selection | undefined
}): JSX.Element {
  const data = useSettings()
  const stored = createMemo(() => data.rowByKey().get(workerKey(props.id)))
  const name = () => workerName(data.directory(), props.id)
  const denied = createMemo(() => whyFixed(data, stored()))
  const was = () => validityIn(stored(), props.groupId)
  /** What another administrator took from this one (G-13): without it they would hold everything. */
  const reductions = () => (props.groupId === administratorsId ? stringsOf(stored()?.reductions).length : 0)
  const change = () => {
    const before = was()
    const now = props.validity
    if (before === null) return now === null ? null : 'joins'
    if (now === null) return 'leaves'
    return before.from === now.from && before.until === now.until ? null : 'time'
  }
  const state = () => (props.validity === null ? 'now' : validityState(props.validity, data.now()))
  return (
    <li class={css.item}>
      <Show
        when={props.validity !== null && denied() === undefined ? props.selection : undefined}
        fallback={<Avatar name={name()} kind="person" />}
      >
        {(selection) => (
          <PickBox
            label={t('manage.selectOne', { name: name() })}
            checked={selection().has(props.id)}
            onPick={(range) => selection().toggle(props.id, range)}
          />
        )}
      </Show>
      <div class={css.words}>
        <a href={workerHref(props.id)}>{name()}</a>
        <small>
          {props.validity === null ? t('settings.leaves') : validityWords(props.validity, data.now())}
        </small>
      </div>
      <Show when={reductions() > 0}>
        <Tag tone="denied">{formatCount(reductions(), t('manage.reductionsOf'))}</Tag>
      </Show>
      <Show when={stored()?.active === false}>
        <Tag>{t('settings.disabled')}</Tag>
      </Show>
      <Show when={state() !== 'now'}>
        <Tag>{state() === 'over' ? t('settings.over') : t('settings.notYet')}</Tag>
      </Show>
      <Show when={change()}>
        {(kind) => (
          <Tag tone="pending">
            {kind() === 'joins'
              ? t('settings.joins')
              : kind() === 'leaves'
                ? t('settings.leaves')
                : t('settings.timeChanges')}
          </Tag>
        )}
      </Show>
      <Show
        when={props.validity}
        fallback={
          <button type="button" class={css.linkButton} onClick={() => props.onSet(was())}>
            {t('common.undo')}
          </button>
        }
      >
        <IconButton
          icon={ClockIcon}
          label={t('settings.editValidity', { name: name() })}
          denied={denied()}
          onClick={props.onTime}
        />
        <IconButton
          icon={RemoveIcon}
          label={t('settings.removeMember', { name: name() })}
          denied={denied()}
          onClick={() => props.onSet(null)}
        />
      </Show>
    </li>
  )
}

/** Why this worker's groups may not be changed by the reader; undefined where they may. */
function whyFixed(data: SettingsData, row: Row | undefined): string | undefined {
  if (row === undefined) return undefined
  const decision = accessOf(row, {
    directory: data.directory(),
    principal: data.principal(),
    now: data.now(),
  })
  if (decision.outcome === 'allowed') return undefined
  const { catalogue } = data.directory()
  return sentenceOf(decision, { action: 'edit', kind: 'worker', field: 'groups', catalogue })
}
