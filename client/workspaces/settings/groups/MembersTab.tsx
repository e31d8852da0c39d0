/** The workers in a group, each for a time: added, removed and timed in the draft, and saved with it. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import ClockIcon from '~icons/lucide/calendar-clock'
import GroupsIcon from '~icons/lucide/users-round'
import RemoveIcon from '~icons/lucide/user-minus'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { type RecordKey, recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Avatar } from '../../../components/Avatar.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import { Tag } from '../../../components/Tag.tsx'
import layout from '../../../styles/layout.module.css'
import { sentenceOf } from '../../record/why.ts'
import { AddSheet } from '../AddSheet.tsx'
import { accessOf } from '../access-lock.ts'
import { createKeys } from '../create-keys.ts'
import { groupHref, workerHref } from '../hrefs.ts'
import { workerName } from '../names.ts'
import type { Proposal } from '../proposal/create-proposal.ts'
import css from '../settings.module.css'
import { type SettingsData, useSettings } from '../settings-data.ts'
import { type Validity, validityOf, validityState, validityWords } from '../validity-words.ts'
import { ValiditySheet } from '../ValiditySheet.tsx'
import { filterWorkers } from '../workers/filter-workers.ts'
import { workersBelow } from './group-tree.ts'
import { membershipsOf } from '../workers/worker-words.ts'
import { valueUnder } from '../proposal/overlay.ts'

export interface MembersTabProps {
  readonly groupId: string
  readonly proposal: Proposal
  /** The sentence that says why nobody may be added or removed. */
  readonly locked: string | undefined
  readonly side: JSX.Element
}

/** A list that is seen at once needs no search. */
const SEARCH_FROM = 12

export function MembersTab(props: MembersTabProps): JSX.Element {
  const data = useSettings()
  const [timed, setTimed] = createSignal<string>()
  const field = () => fieldKey('groups', props.groupId)
  const drafted = createMemo(
    () => new Set(props.proposal.edits().flatMap(({ row }) => (row.kind === 'worker' ? [row.id] : []))),
  )
  /** Members as stored and as drafted: one who leaves stays in sight until it is saved. */
  const members = createKeys(() =>
    data
      .workers()
      .filter((row) => isMember(row, props.groupId) || drafted().has(row.id))
      .map(({ id }) => id),
  )
  const staying = () => members().filter((id) => membership(id) !== null)
  const [query, setQuery] = createSignal('')
  const shown = createKeys(() => {
    if (query().trim() === '') return members()
    const rows = members().flatMap((id) => data.rowByKey().get(workerKey(id)) ?? [])
    return filterWorkers(rows, query(), 'both').map(({ id }) => id)
  })
  const set = (id: string, value: Validity | null) =>
    props.proposal.set(
      workerKey(id),
      field(),
      value === null ? null : { from: value.from, until: value.until },
    )
  const options = (query: string) =>
    filterWorkers(data.workers(), query, 'both')
      .filter(({ id }) => !members().includes(id))
      .slice(0, 40)
      .map((row) => ({
        value: row.id,
        label: workerName(data.directory(), row.id),
        note: [row.username, row.jobTitle].filter(Boolean).join(' · '),
      }))
  const membership = (id: string) => validityIn(props.proposal.rowOf(workerKey(id)), props.groupId)
  return (
    <div class={layout.columns}>
      <Card
        flush
        title={formatCount(staying().length, t('settings.membersCount'))}
        aside={
          <AddSheet
            label={t('settings.addMember')}
            denied={props.locked}
            options={options}
            onAdd={(id) => set(id, { from: null, until: null })}
          />
        }
      >
        <Show when={members().length > SEARCH_FROM}>
          <div class={css.headSearch}>
            <SearchField label={t('settings.searchMembers')} value={query()} onInput={setQuery} />
          </div>
        </Show>
        <Show
          when={members().length > 0}
          fallback={
            <EmptyState icon={GroupsIcon} title={t('settings.noMembers')}>
              {t('settings.noMembersNote')}
            </EmptyState>
          }
        >
          <ul class={css.divided} aria-label={t('settings.members')}>
            <For
              each={shown()}
              fallback={<li class={css.none}>{t('common.nothingFound', { query: query().trim() })}</li>}
            >
              {(id) => (
                <Member
                  id={id}
                  groupId={props.groupId}
                  validity={membership(id)}
                  onSet={(value) => set(id, value)}
                  onTime={() => setTimed(id)}
                />
              )}
            </For>
          </ul>
        </Show>
      </Card>
      {props.side}
      <ValiditySheet
        open={timed() !== undefined}
        onClose={() => setTimed(undefined)}
        name={workerName(data.directory(), timed() ?? '')}
        value={membership(timed() ?? '') ?? { from: null, until: null }}
        onApply={(value) => set(timed() ?? '', value)}
      />
    </div>
  )
}

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

function Member(props: {
  readonly id: string
  readonly groupId: string
  /** Null for one who leaves. */
  readonly validity: Validity | null
  readonly onSet: (value: Validity | null) => void
  readonly onTime: () => void
}): JSX.Element {
  const data = useSettings()
  const stored = createMemo(() => data.rowByKey().get(workerKey(props.id)))
  const name = () => workerName(data.directory(), props.id)
  const denied = createMemo(() => whyFixed(data, stored()))
  const was = () => validityIn(stored(), props.groupId)
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
      <Avatar name={name()} kind="person" />
      <div class={css.words}>
        <a href={workerHref(props.id)}>{name()}</a>
        <small>
          {props.validity === null ? t('settings.leaves') : validityWords(props.validity, data.now())}
        </small>
      </div>
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

function isMember(row: Row, groupId: string): boolean {
  return membershipsOf(row).some(({ id }) => id === groupId)
}

/** Null where the row holds no membership of the group. */
function validityIn(row: Row | undefined, groupId: string): Validity | null {
  const value = row === undefined ? null : valueUnder(row, fieldKey('groups', groupId))
  return value === null ? null : validityOf(value)
}

function workerKey(id: string): RecordKey {
  return recordKey('worker', id)
}
