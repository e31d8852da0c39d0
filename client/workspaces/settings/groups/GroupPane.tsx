/** One worker group: who and where it is, and its three parts General, Features and Members (W-20). */
import { createMemo, type JSX, Match, Show, Switch } from 'solid-js'
import { decideKind } from '../../../../core/access/decide.ts'
import { groupTypeLabels, type GroupType } from '../../../../core/catalogue/group-types.ts'
import { recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { formatCount, formatNumber } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { NotHere } from '../../../app/Fallbacks.tsx'
import { createMedia } from '../../../app/shell/create-media.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { Tabs } from '../../../components/Tabs.tsx'
import { Tag } from '../../../components/Tag.tsx'
import layout from '../../../styles/layout.module.css'
import { useRecordForm } from '../../record/use-record-form.ts'
import { useLookups } from '../../record/lookups.ts'
import { explanationOf, sentenceOf } from '../../record/why.ts'
import { accessOf } from '../access-lock.ts'
import { HistoryTab } from '../audit/HistoryTab.tsx'
import { historyTab } from '../audit/may-see-log.ts'
import { groupHref, groupsHref, type GroupTab } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { groupName } from '../names.ts'
import { createProposal, type Proposal } from '../proposal/create-proposal.ts'
import { ReviewBar, ReviewCard, type ReviewProps } from '../proposal/Review.tsx'
import css from '../settings.module.css'
import { SettingsNotice } from '../SettingsNotice.tsx'
import { useSettings } from '../settings-data.ts'
import { FeaturesTab, Legend } from './FeaturesTab.tsx'
import { workersBelow } from './group-tree.ts'
import { GeneralTab } from './GeneralTab.tsx'
import { GroupsBelow, MembersTab } from './MembersTab.tsx'

export interface GroupPaneProps {
  readonly id: string
  readonly tab: GroupTab
}

export function GroupPane(props: GroupPaneProps): JSX.Element {
  const data = useSettings()
  const stored = createMemo(() => data.rowByKey().get(recordKey('group', props.id)))
  return (
    <Show
      when={stored()}
      fallback={
        <>
          <DetailTitle
            title={t('frame.notHereTitle')}
            back={{ href: groupsHref, label: t('settings.backToGroups') }}
          />
          <NotHere />
        </>
      }
    >
      {(row) => <Found row={row()} tab={props.tab} />}
    </Show>
  )
}

function Found(props: { readonly row: Row; readonly tab: GroupTab }): JSX.Element {
  const data = useSettings()
  const key = () => recordKey('group', props.row.id)
  const proposal = createProposal(data, () => `settings/${key()}`)
  // From 64 rem the review stands beside what it is about; below, behind a bar at the thumb.
  const roomy = createMedia('(min-width: 64rem)')
  const row = createMemo(() => proposal.rowOf(key()) ?? props.row)
  const form = useRecordForm(
    'group',
    () => props.row,
    useLookups(() => []),
  )
  const lock = createMemo(() =>
    accessOf(props.row, { directory: data.directory(), principal: data.principal(), now: data.now() }),
  )
  const why = () => ({
    action: 'edit' as const,
    kind: 'group' as const,
    title: title(),
    reader: data.principal().name,
    catalogue: data.directory().catalogue,
  })
  const title = () => kindSpecs.group.title(props.row)
  const locked = () => (lock().outcome === 'denied' ? sentenceOf(lock(), why()) : undefined)
  /** Members are written in their own records: who may not write any worker may add nobody. */
  const memberLock = () => {
    const decision = decideKind(data.principal(), 'edit', 'worker')
    return decision.outcome === 'denied'
      ? sentenceOf(decision, { ...why(), kind: 'worker', title: undefined })
      : undefined
  }
  const members = () => data.directory().membersByGroup.get(props.row.id)?.length ?? 0
  const review: ReviewProps = {
    proposal,
    get note() {
      return isAboutGroup(proposal) ? t('settings.scopeOfGroup', { name: title() }) : undefined
    },
  }
  const side = (otherwise?: () => JSX.Element) => (
    <Show when={roomy()}>
      <div class={css.stickySide}>
        <Show when={proposal.count() > 0} fallback={otherwise?.()}>
          <ReviewCard {...review} />
        </Show>
      </div>
    </Show>
  )
  return (
    <article aria-label={title()} class={css.pane}>
      <DetailTitle
        title={title()}
        lede={lede(
          props.row,
          members(),
          workersBelow(data.directory(), props.row.id).size,
          groupParent(props.row),
        )}
        aside={<StateTag row={props.row} />}
        back={{ href: groupsHref, label: t('settings.backToGroups') }}
        parent={t('settings.groups')}
      />
      <Tabs
        label={t('settings.groupTabs')}
        current={props.tab}
        tabs={[
          { id: 'general', label: t('settings.general'), href: groupHref(props.row.id, 'general') },
          { id: 'features', label: t('settings.features'), href: groupHref(props.row.id, 'features') },
          {
            id: 'members',
            label: t('settings.members'),
            count: formatNumber(members()),
            href: groupHref(props.row.id, 'members'),
          },
          ...historyTab(data.principal(), groupHref(props.row.id, 'history')),
        ]}
      />
      <PaneBody>
        <Show when={lock().outcome === 'denied'}>
          <SettingsNotice explanation={explanationOf(lock(), why())}>
            {t('settings.readOnlyGroup')}
          </SettingsNotice>
        </Show>
        <Show when={!data.complete()}>
          <small class={layout.quiet}>{t('settings.incomplete')}</small>
        </Show>
        <Switch>
          <Match when={props.tab === 'general'}>
            <GeneralTab
              row={row()}
              form={form}
              locked={locked() !== undefined}
              onSet={(field, value) => proposal.set(key(), field, value)}
              side={side()}
            />
          </Match>
          <Match when={props.tab === 'features'}>
            <FeaturesTab
              row={row()}
              onSet={(field, value) => proposal.set(key(), field, value)}
              locked={locked()}
              side={side(Legend)}
            />
          </Match>
          <Match when={props.tab === 'members'}>
            <MembersTab
              groupId={props.row.id}
              proposal={proposal}
              locked={memberLock()}
              side={side(() => <GroupsBelow groupId={props.row.id} />)}
            />
          </Match>
          <Match when={props.tab === 'history'}>
            <HistoryTab record={key()} title={title()} />
          </Match>
        </Switch>
      </PaneBody>
      <Show when={!roomy()}>
        <ReviewBar {...review} />
      </Show>
    </article>
  )

  function groupParent({ parentId }: Row): string | null {
    return typeof parentId === 'string' ? groupName(data.directory(), parentId) : null
  }
}

/** "User group · 5 members, 14 with the groups below · below Organization". */
function lede(row: Row, members: number, workers: number, parent: string | null): string {
  const type = groupTypeLabels[row.type as GroupType] ?? String(row.type)
  return [
    t('settings.groupType', { type }),
    workers === members
      ? formatCount(members, t('settings.membersCount'))
      : `${formatCount(members, t('settings.membersCount'))}, ${t('settings.withBelow', { count: formatNumber(workers) })}`,
    parent === null ? null : t('settings.below', { parent }),
    row.preconfigured === true ? t('settings.preconfigured') : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function StateTag(props: { readonly row: Row }): JSX.Element {
  const data = useSettings()
  const mark = () => data.markOf(recordKey('group', props.row.id))
  return (
    <Show
      when={props.row.enabled === true && mark() === undefined}
      fallback={<MarkTag mark={mark()} disabled={props.row.enabled !== true} />}
    >
      <Tag tone="allowed">{t('settings.enabled')}</Tag>
    </Show>
  )
}

function isAboutGroup(proposal: Proposal): boolean {
  return proposal.edits().some(({ row }) => row.kind === 'group')
}
