/**
 * The two panes of the seed: Available Worker Rights, each with a plus; Selected, each with where it comes
 * from. Direct rights can be taken away here; what a group gives is changed in the group (R-i).
 */
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import PlusIcon from '~icons/lucide/plus'
import RemoveIcon from '~icons/lucide/x'
import type { Principal } from '../../../../core/access/types.ts'
import { isAllowed } from '../../../../core/access/types.ts'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Card } from '../../../components/Card.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import layout from '../../../styles/layout.module.css'
import { createKeys } from '../create-keys.ts'
import { featureLabel } from '../names.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { offeredRights } from './offered-rights.ts'
import { sourceOf } from './right-source.ts'
import { SourceTag } from './SourceTag.tsx'
import { stringsOf } from './worker-words.ts'

export interface RightsCardProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  /** The same worker compiled, as if the login were on: what it would hold. */
  readonly principal: Principal
  readonly locked: boolean
  readonly onSet: (field: string, value: true | null) => void
}

export function RightsCard(props: RightsCardProps): JSX.Element {
  const data = useSettings()
  const label = (id: string) => featureLabel(data.directory(), id)
  const direct = createMemo(() => new Set(stringsOf(props.row.rights)))
  const rights = createMemo(() => offeredRights(data.directory().catalogue, direct()))
  const isSelected = (id: string) => {
    const right = props.principal.rights.get(id)
    return direct().has(id) || (right !== undefined && isAllowed(right))
  }
  const available = createKeys(() => rights().filter((id) => !isSelected(id)))
  const selected = createKeys(() => rights().filter(isSelected))
  const source = (id: string) => {
    const found = sourceOf(props.principal.rights.get(id))
    // An administrator's direct right is theirs even so: it would stay if they left the group.
    return direct().has(id) && found.type === 'administrator' ? ({ type: 'direct' } as const) : found
  }
  const [said, setSaid] = createSignal('')
  let panes: HTMLDivElement | undefined
  /** The controls of one side, those of the other where it has none: somewhere to go on from. */
  const controls = (side: Side) => {
    const of = (one: Side) => [
      ...(panes?.querySelectorAll<HTMLElement>(`[data-side="${one}"] li button`) ?? []),
    ]
    const own = of(side)
    return own.length > 0 ? own : of(side === 'available' ? 'selected' : 'available')
  }
  /** The one that was pressed goes to the other side: the focus stays on this one, where the next is at hand. */
  const set = (side: Side, id: string, value: true | null) => {
    const place = controls(side).indexOf(document.activeElement as HTMLElement)
    props.onSet(fieldKey('rights', id), value)
    setSaid(
      value === null
        ? t('manage.rightTaken', { right: label(id) })
        : t('manage.rightGiven', { right: label(id) }),
    )
    const left = controls(side)
    if (place !== -1) left[Math.min(place, left.length - 1)]?.focus({ preventScroll: true })
  }
  return (
    <Card flush label={t('manage.workerRights')}>
      <p class={layout.hidden} role="status">
        {said()}
      </p>
      <div ref={panes} class={css.panes}>
        <Pane
          side="available"
          label={t('settings.available')}
          ids={available()}
          empty={t('settings.noneAvailable')}
        >
          {(id) => (
            <li class={css.item}>
              <RightWords label={label(id)} id={id}>
                <Show when={source(id).type === 'denied-by' || source(id).type === 'capped'}>
                  <SourceTag source={source(id)} />
                </Show>
              </RightWords>
              <Show when={!props.locked}>
                <IconButton
                  kind="soft"
                  icon={PlusIcon}
                  label={t('settings.give', { right: label(id) })}
                  onClick={() => set('available', id, true)}
                />
              </Show>
            </li>
          )}
        </Pane>
        <Pane
          side="selected"
          label={t('settings.selected')}
          ids={selected()}
          empty={t('settings.noneSelected')}
        >
          {(id) => (
            <li class={css.item}>
              <RightWords label={label(id)} id={id} />
              <SourceTag source={source(id)} />
              <Show when={direct().has(id) && !props.locked}>
                <IconButton
                  icon={RemoveIcon}
                  label={t('settings.take', { right: label(id) })}
                  onClick={() => set('selected', id, null)}
                />
              </Show>
            </li>
          )}
        </Pane>
      </div>
    </Card>
  )
}

type Side = 'available' | 'selected'

function Pane(props: {
  readonly side: Side
  readonly label: string
  readonly ids: readonly string[]
  readonly empty: string
  readonly children: (id: string) => JSX.Element
}): JSX.Element {
  const headId = createUniqueId()
  return (
    <section data-side={props.side} aria-labelledby={headId}>
      <div class={css.paneHead}>
        <h2 id={headId}>{props.label}</h2>
        <small>{formatNumber(props.ids.length)}</small>
      </div>
      <Show when={props.ids.length > 0} fallback={<p class={css.empty}>{props.empty}</p>}>
        <ul aria-labelledby={headId}>
          <For each={props.ids}>{(id) => props.children(id)}</For>
        </ul>
      </Show>
    </section>
  )
}

function RightWords(props: {
  readonly label: string
  readonly id: string
  readonly children?: JSX.Element
}): JSX.Element {
  return (
    <div class={css.words}>
      {props.label}
      <code>{props.id}</code>
      {props.children}
    </div>
  )
}
