/**
 * What a group allows and denies: workspace by workspace, each feature inherited, allowed or denied. What an ancestor
 * denies is locked and names it (G-17). Nothing is saved from here; every press is a change of the draft.
 */
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import SearchIcon from '~icons/lucide/search-x'
import ShieldIcon from '~icons/lucide/shield-check'
import { groupFromRow } from '../../../../core/access/from-rows.ts'
import { administratorsId } from '../../../../core/catalogue/preconfigured-groups.ts'
import { fieldKey } from '../../../../core/documents/field-key.ts'
import type { Row } from '../../../../core/records/kind-spec.ts'
import { t } from '../../../app/i18n.ts'
import { Button } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { SearchField } from '../../../components/SearchField.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { FeatureRow, type FeatureState, TriState } from '../../../components/TriState.tsx'
import layout from '../../../styles/layout.module.css'
import { groupHref } from '../hrefs.ts'
import css from '../settings.module.css'
import { useSettings } from '../settings-data.ts'
import { createKeys } from '../create-keys.ts'
import { type FeatureEntry, featureTree, searchTree, type WorkspaceEntries } from './feature-tree.ts'

export interface FeaturesTabProps {
  /** As it would be: the stored row with the draft over it. */
  readonly row: Row
  readonly onSet: (field: string, value: 'allow' | 'deny' | null) => void
  /** The sentence that says why nothing can be changed here. */
  readonly locked: string | undefined
  /** The review of the draft, beside the tree where there is room. */
  readonly side: JSX.Element
}

export function FeaturesTab(props: FeaturesTabProps): JSX.Element {
  const data = useSettings()
  const [query, setQuery] = createSignal('')
  const tree = createMemo(() =>
    featureTree(data.directory().groups, data.directory().catalogue, groupFromRow(props.row)),
  )
  const shown = createMemo(() => searchTree(tree(), query()))
  // Ids, and entries looked up by them: a press redraws one row, and its radio button keeps the focus.
  const workspaces = createKeys(() => shown().map(({ id }) => id))
  const isTop = () => props.row.id === administratorsId
  return (
    <Show when={!isTop()} fallback={<HoldsEverything />}>
      <div class={layout.columns}>
        <div class={layout.stack}>
          <SearchField label={t('settings.searchFeatures')} value={query()} onInput={setQuery} />
          <Switch>
            <Match when={shown().length === 0}>
              <EmptyState
                icon={SearchIcon}
                title={t('settings.noFeatureMatch', { query: query().trim() })}
                action={<Button onClick={() => setQuery('')}>{t('settings.clearSearch')}</Button>}
              />
            </Match>
            <Match when={shown().length > 0}>
              <Card flush label={t('settings.features')}>
                <For each={workspaces()}>
                  {(id) => (
                    <WorkspaceRows
                      entry={shown().find((entry) => entry.id === id)}
                      locked={props.locked}
                      onSet={props.onSet}
                    />
                  )}
                </For>
              </Card>
            </Match>
          </Switch>
        </div>
        {props.side}
      </div>
    </Show>
  )
}

function WorkspaceRows(props: {
  readonly entry: WorkspaceEntries | undefined
  readonly locked: string | undefined
  readonly onSet: FeaturesTabProps['onSet']
}): JSX.Element {
  const features = createKeys(() => props.entry?.features.map(({ id }) => id) ?? [])
  return (
    <Show when={props.entry}>
      {(workspace) => (
        <ul class={css.list} aria-label={workspace().label}>
          <Entry
            entry={workspace()}
            workspace={workspace()}
            locked={props.locked}
            onSet={props.onSet}
            whole
          />
          <For each={features()}>
            {(id) => (
              <Show when={workspace().features.find((entry) => entry.id === id)}>
                {(entry) => (
                  <Entry entry={entry()} workspace={workspace()} locked={props.locked} onSet={props.onSet} />
                )}
              </Show>
            )}
          </For>
        </ul>
      )}
    </Show>
  )
}

function Entry(props: {
  readonly entry: FeatureEntry
  readonly workspace: WorkspaceEntries
  readonly whole?: boolean
  readonly locked: string | undefined
  readonly onSet: FeaturesTabProps['onSet']
}): JSX.Element {
  const above = () => props.entry.lockedBy
  const lock = () => {
    const ancestor = above()
    return ancestor === null ? props.locked : t('settings.deniedAboveBy', { group: ancestor.name })
  }
  const set = (state: FeatureState) =>
    props.onSet(fieldKey('features', props.entry.id), state === 'inherit' ? null : state)
  return (
    <FeatureRow
      name={props.entry.label}
      workspace={props.whole}
      note={
        <>
          <Show when={props.entry.right}>
            <code>{props.entry.id}</code>
          </Show>
          <Show when={above()} fallback={<Hint {...props} />}>
            {(ancestor) => (
              <span>
                {t('settings.deniedAbove')} <a href={groupHref(ancestor().id)}>{ancestor().name}</a>
              </span>
            )}
          </Show>
        </>
      }
    >
      <Show
        when={props.locked === undefined || above() !== null}
        fallback={<StateTag state={props.entry.own} />}
      >
        <TriState
          label={props.entry.label}
          value={above() === null ? props.entry.own : 'deny'}
          onChange={set}
          locked={lock()}
        />
      </Show>
    </FeatureRow>
  )
}

/** For who reads only: the entry as a word. Why it is closed is said once, above. */
function StateTag(props: { readonly state: FeatureState }): JSX.Element {
  return (
    <Switch>
      <Match when={props.state === 'allow'}>
        <Tag tone="allowed">{t('access.allow')}</Tag>
      </Match>
      <Match when={props.state === 'deny'}>
        <Tag tone="denied">{t('access.deny')}</Tag>
      </Match>
    </Switch>
  )
}

/** What holds where the group says nothing itself. */
function Hint(props: {
  readonly entry: FeatureEntry
  readonly workspace: WorkspaceEntries
  readonly whole?: boolean
}): JSX.Element {
  const words = () => {
    const { own, inherited } = props.entry
    const quiet = props.whole && !props.entry.right ? t('settings.workspace') : undefined
    if (own !== 'inherit') return quiet
    switch (inherited.type) {
      case 'workspace':
        return inherited.state === 'allow'
          ? t('settings.inherited.workspaceAllow', { workspace: props.workspace.label })
          : t('settings.inherited.workspaceDeny', { workspace: props.workspace.label })
      case 'above':
        return t('settings.inherited.above', { group: inherited.group.name })
      case 'base':
        return t('settings.inherited.base')
      case 'nothing':
        return quiet
    }
  }
  return <Show when={words()}>{(sentence) => <span>{sentence()}</span>}</Show>
}

function HoldsEverything(): JSX.Element {
  return (
    <Card flush label={t('settings.features')}>
      <EmptyState icon={ShieldIcon} title={t('settings.holdsEverything')}>
        {t('settings.holdsEverythingNote')}
      </EmptyState>
    </Card>
  )
}

/** What the three words mean, while there is nothing to review. */
export function Legend(): JSX.Element {
  return (
    <Card title={t('settings.legend')}>
      <div class={css.legend}>
        <Tag>{t('access.inherit')} –</Tag>
        <span>{t('settings.legendInherit')}</span>
        <Tag tone="allowed">{t('access.allow')}</Tag>
        <span>{t('settings.legendAllow')}</span>
        <Tag tone="denied">{t('access.deny')}</Tag>
        <span>{t('settings.legendDeny')}</span>
      </div>
    </Card>
  )
}
