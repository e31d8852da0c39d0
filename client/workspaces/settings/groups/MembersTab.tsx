/** The workers in a group, each for a time: added, removed and timed in the draft, and saved with it. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import GroupsIcon from '~icons/lucide/users-round'
import PlusIcon from '~icons/lucide/plus'
import SelectIcon from '~icons/lucide/list-checks'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import layout from '../../../styles/layout.module.css'
import { createSelection } from '../create-selection.ts'
import { createKeys } from '../create-keys.ts'
import { workerName } from '../names.ts'
import type { Proposal } from '../proposal/create-proposal.ts'
import { SelectionBar } from '../SelectionBar.tsx'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import type { Validity } from '../validity-words.ts'
import { ValiditySheet } from '../ValiditySheet.tsx'
import { filterWorkers } from '../workers/filter-workers.ts'
import { AddMembersSheet } from './AddMembersSheet.tsx'
import { Member } from './Member.tsx'
import { isMember, validityIn, workerKey } from './membership.ts'
import type { Overlay } from '../proposal/overlay.ts'

export interface MembersTabProps {
  readonly groupId: string
  readonly proposal: Proposal
  /** The sentence that says why nobody may be added or removed. */
  readonly locked: string | undefined
  /** The group that this one was copied from: its members are offered at once. */
  readonly template: string | undefined
  readonly onTemplateDone: () => void
  readonly side: JSX.Element
}

/** A list that is seen at once needs no search. */
const SEARCH_FROM = 12

/** Members in the page at once. */
const SHOWN_MAX = 200

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
  const setMany = (ids: readonly string[], value: Validity | null) => {
    const overlay: Overlay = { [field()]: value === null ? null : { from: value.from, until: value.until } }
    props.proposal.setMany(new Map(ids.map((id) => [workerKey(id), overlay])))
  }
  const [adding, setAdding] = createSignal(props.template !== undefined && props.locked === undefined)
  const [timing, setTiming] = createSignal(false)
  const [limit, setLimit] = createSignal(SHOWN_MAX)
  const selection = createSelection(() => shown().filter((id) => membership(id) !== null))
  const chosen = () => [...selection.ids()]
  const membership = (id: string) => validityIn(props.proposal.rowOf(workerKey(id)), props.groupId)
  const takeOut = () => {
    setMany(chosen(), null)
    selection.end()
  }
  return (
    <>
      <div class={layout.columns}>
        <Card
          flush
          title={formatCount(staying().length, t('settings.membersCount'))}
          aside={
            <span class={css.headAction}>
              <Show when={props.locked === undefined && staying().length > 0}>
                <IconButton
                  icon={SelectIcon}
                  label={t('manage.selectMembers')}
                  onClick={() => (selection.isOn() ? selection.end() : selection.begin())}
                />
              </Show>
              <IconButton
                kind="soft"
                icon={PlusIcon}
                label={t('manage.addMembers')}
                denied={props.locked}
                onClick={() => setAdding(true)}
              />
            </span>
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
                each={shown().slice(0, limit())}
                fallback={<li class={css.none}>{t('common.nothingFound', { query: query().trim() })}</li>}
              >
                {(id) => (
                  <Member
                    id={id}
                    groupId={props.groupId}
                    validity={membership(id)}
                    onSet={(value) => set(id, value)}
                    onTime={() => setTimed(id)}
                    selection={selection.isOn() ? selection : undefined}
                  />
                )}
              </For>
            </ul>
            <Show when={shown().length > limit()}>
              <div class={css.none}>
                <Button onClick={() => setLimit(limit() + SHOWN_MAX)}>
                  {formatCount(shown().length - limit(), t('manage.moreMembers'))}
                </Button>
              </div>
            </Show>
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
        <AddMembersSheet
          open={adding()}
          onClose={() => {
            setAdding(false)
            props.onTemplateDone()
          }}
          isMember={(id) => membership(id) !== null}
          template={props.template}
          onAdd={setMany}
        />
        <ValiditySheet
          open={timing()}
          onClose={() => setTiming(false)}
          name={formatCount(chosen().length, t('settings.membersCount'))}
          value={{ from: null, until: null }}
          onApply={(value) => {
            setMany(chosen(), value)
            selection.end()
          }}
        />
      </div>
      <Show when={selection.isOn()}>
        <div class={css.sticky}>
          <SelectionBar selection={selection} shown={shown().filter((id) => membership(id) !== null)}>
            <Show when={selection.ids().size > 0}>
              <Button kind="primary" onClick={takeOut}>
                {formatCount(selection.ids().size, t('manage.takeOutSelected'))}
              </Button>
              <Button onClick={() => setTiming(true)}>{t('manage.setTime')}</Button>
            </Show>
          </SelectionBar>
        </div>
      </Show>
    </>
  )
}
