/** One worker: who it is, what they may do and see and why, and every way to change it with its effect shown first. */
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { checkChange } from '../../../../core/access/check-change.ts'
import { withWorker } from '../../../../core/access/directory.ts'
import { workerFromRow } from '../../../../core/access/from-rows.ts'
import { compile } from '../../../../core/access/principal.ts'
import { administratorsId } from '../../../../core/catalogue/preconfigured-groups.ts'
import { type FieldValue, recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { useLiveQuery } from '../../../app/context.tsx'
import { NotHere } from '../../../app/Fallbacks.tsx'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import { PaneBody } from '../../../app/shell/Page.tsx'
import { DetailTitle } from '../../../app/shell/Titles.tsx'
import { Avatar } from '../../../components/Avatar.tsx'
import { Card } from '../../../components/Card.tsx'
import { ConfirmSheet } from '../../../components/ConfirmSheet.tsx'
import type { ImpactLine } from '../../../components/Impact.tsx'
import { Tabs } from '../../../components/Tabs.tsx'
import { Tag } from '../../../components/Tag.tsx'
import { showToast } from '../../../components/toasts.ts'
import layout from '../../../styles/layout.module.css'
import { useLookups } from '../../record/lookups.ts'
import { RecordField } from '../../record/RecordField.tsx'
import { useRecordForm } from '../../record/use-record-form.ts'
import { explanationOf, reasonSentence } from '../../record/why.ts'
import { accessOf } from '../access-lock.ts'
import { workerHref, workersHref, type WorkerTab } from '../hrefs.ts'
import { MarkTag } from '../MarkTag.tsx'
import { createProposal } from '../proposal/create-proposal.ts'
import { ReviewBar } from '../proposal/Review.tsx'
import css from '../settings.module.css'
import { SettingsNotice } from '../SettingsNotice.tsx'
import { type SettingsData, useSettings } from '../settings-data.ts'
import { accountReach } from './account-reach.ts'
import { AccountsCard } from './AccountsCard.tsx'
import { EffectiveAccess } from './EffectiveAccess.tsx'
import { MembershipsCard } from './MembershipsCard.tsx'
import { PositionCard } from './PositionCard.tsx'
import { ReductionsCard } from './ReductionsCard.tsx'
import { RightsCard } from './RightsCard.tsx'
import { SearchCard } from './SearchCard.tsx'
import { membershipsOf, stringsOf, workerTitleLede } from './worker-words.ts'

export interface WorkerPaneProps {
  readonly id: string
  readonly tab: WorkerTab
}

export function WorkerPane(props: WorkerPaneProps): JSX.Element {
  const data = useSettings()
  const stored = createMemo(() => data.rowByKey().get(recordKey('worker', props.id)))
  return (
    <Show
      when={stored()}
      fallback={
        <>
          <DetailTitle
            title={t('frame.notHereTitle')}
            back={{ href: workersHref, label: t('settings.backToWorkers') }}
          />
          <NotHere />
        </>
      }
    >
      {(row) => <Found row={row()} tab={props.tab} />}
    </Show>
  )
}

/** Saved at once: none of these decides what anybody may do. */
const PROFILE = ['firstName', 'lastName', 'username', 'email', 'phone', 'jobTitle']

function Found(props: { readonly row: Row; readonly tab: WorkerTab }): JSX.Element {
  const data = useSettings()
  const key = () => recordKey('worker', props.row.id)
  const proposal = createProposal(data, () => `settings/${key()}`)
  const row = createMemo(() => proposal.rowOf(key()) ?? props.row)
  const lookups = useLookups(() => stringsOf(row().mappedAccounts).map((id) => recordKey('account', id)))
  const form = useRecordForm('worker', () => props.row, lookups)
  const title = () => kindSpecs.worker.title(props.row)
  const lock = createMemo(() =>
    accessOf(props.row, { directory: data.directory(), principal: data.principal(), now: data.now() }),
  )
  const locked = () => lock().outcome === 'denied'
  const after = () => proposal.dryRun()?.after ?? data.directory()
  const principal = createMemo(() => compile(after(), props.row.id, data.now()))
  /** As if the login were on: its rights are to be seen while it is off, too. */
  const asIfOn = createMemo(() => {
    const worker = { ...workerFromRow(row()), active: true, validFrom: null, validUntil: null }
    return compile(withWorker(after(), worker, after().policyVersion), props.row.id, data.now())
  })
  const before = createMemo(() => compile(data.directory(), props.row.id, data.now()))
  const reach = useLiveQuery((db) => {
    const reaching = asIfOn()
    return () => accountReach(db, reaching)
  })
  const reachBefore = useLiveQuery((db) => {
    const reaching = before()
    return () => accountReach(db, reaching)
  })
  const accountLines = (): readonly ImpactLine[] => {
    const [old, next] = [reachBefore(), reach()]
    if (proposal.count() === 0 || old === undefined || next === undefined || !principal().live) return []
    const change = next.accounts - old.accounts
    if (change === 0) return []
    const texts = change < 0 ? t('settings.impact.accountsLess') : t('settings.impact.accountsMore')
    const count = Math.abs(change)
    return [{ count, text: formatCount(count, texts), tone: change < 0 ? 'denied' : 'allowed' }]
  }
  const set = (field: string, value: FieldValue) => proposal.set(key(), field, value)
  const [asking, setAsking] = createSignal(false)
  /** Off asks first; on is said, and can be taken back. */
  const switchActive = (active: boolean) => {
    if (!active) return setAsking(true)
    void saveActive(data, props.row, true)
  }
  const why = () => ({
    action: 'edit' as const,
    kind: 'worker' as const,
    title: title(),
    reader: data.principal().name,
    catalogue: data.directory().catalogue,
  })
  const isAdministrator = () => membershipsOf(row()).some(({ id }) => id === administratorsId)
  return (
    <article aria-label={title()} class={css.pane}>
      <DetailTitle
        title={title()}
        lede={workerTitleLede(props.row, data.directory())}
        lead={<Avatar name={title()} kind="person" large />}
        aside={<StateTag row={props.row} />}
        back={{ href: workersHref, label: t('settings.backToWorkers') }}
        parent={t('settings.workers')}
      />
      <Tabs
        label={t('settings.workerTabs')}
        current={props.tab}
        tabs={[
          { id: 'profile', label: t('settings.profileTab'), href: workerHref(props.row.id) },
          { id: 'access', label: t('settings.accessTab'), href: workerHref(props.row.id, 'access') },
        ]}
      />
      <PaneBody>
        <Show when={locked() && props.tab === 'profile'}>
          <SettingsNotice explanation={explanationOf(lock(), { ...why(), field: lock().reasons[0]?.field })}>
            {noticeOf(lock().reasons[0]?.code)}
          </SettingsNotice>
        </Show>
        <Show when={!data.complete()}>
          <small class={layout.quiet}>{t('settings.incomplete')}</small>
        </Show>
        <Switch>
          <Match when={props.tab === 'profile'}>
            <div class={layout.columns}>
              <Card flush label={t('settings.profile')}>
                <For each={PROFILE}>{(field) => <RecordField form={form} field={field} />}</For>
              </Card>
              <div class={layout.stack}>
                <PositionCard row={row()} locked={locked()} onSet={set} onActive={switchActive} />
                <MembershipsCard stored={props.row} row={row()} locked={locked()} onSet={set} />
              </div>
              <RightsCard row={row()} principal={asIfOn()} locked={locked()} onSet={set} />
              <div class={layout.stack}>
                <AccountsCard
                  row={row()}
                  principal={asIfOn()}
                  reach={reach()}
                  locked={locked()}
                  lookups={lookups}
                  onSet={set}
                />
                <SearchCard row={row()} locked={locked()} onSet={set} />
                <Show when={isAdministrator() || stringsOf(row().reductions).length > 0}>
                  <ReductionsCard
                    row={row()}
                    locked={locked() || !data.principal().fullAdministrator}
                    onSet={set}
                  />
                </Show>
              </div>
            </div>
          </Match>
          <Match when={props.tab === 'access'}>
            <EffectiveAccess principal={principal()} name={title()} />
          </Match>
        </Switch>
      </PaneBody>
      <ReviewBar
        proposal={proposal}
        lines={accountLines()}
        accountName={(id) => lookups.nameOf('account', id) ?? id}
      />
      <DisableSheet row={props.row} open={asking()} onClose={() => setAsking(false)} />
    </article>
  )
}

/** Says what happens, and does it only then; what a hard rule forbids is said instead (P18). */
function DisableSheet(props: {
  readonly row: Row
  readonly open: boolean
  readonly onClose: () => void
}): JSX.Element {
  const data = useSettings()
  const name = () => kindSpecs.worker.title(props.row)
  const denied = () => {
    if (!props.open) return undefined
    const { directory, principal, now } = data
    const off = withWorker(
      directory(),
      { ...workerFromRow(props.row), active: false },
      directory().policyVersion,
    )
    const decision = checkChange({
      before: directory(),
      after: off,
      author: principal(),
      now: now(),
      changed: [{ kind: 'worker', id: props.row.id, fields: ['active'] }],
    })
    if (decision.outcome === 'allowed') return undefined
    return reasonSentence(decision, { action: 'edit', kind: 'worker', title: name(), field: 'active' })
  }
  return (
    <ConfirmSheet
      open={props.open}
      title={t('settings.disableTitle', { name: name() })}
      confirm={t('settings.disable')}
      danger
      denied={denied()}
      onConfirm={() => {
        props.onClose()
        void saveActive(data, props.row, false)
      }}
      onClose={props.onClose}
    >
      {t('settings.disableText', { name: name() })}
    </ConfirmSheet>
  )
}

async function saveActive(data: SettingsData, row: Row, active: boolean): Promise<void> {
  const name = kindSpecs.worker.title(row)
  const sentence = await data.save([{ kind: 'worker', id: row.id, fields: { active } }])
  if (sentence !== undefined) return showToast(sentence, { tone: 'denied', durationMs: 12_000 })
  showToast(active ? t('settings.enabledDone', { name }) : t('settings.disabledDone', { name }), {
    action: { label: t('common.undo'), onPress: () => void saveActive(data, row, !active) },
  })
}

function StateTag(props: { readonly row: Row }): JSX.Element {
  const data = useSettings()
  const mark = () => data.markOf(recordKey('worker', props.row.id))
  return (
    <Show
      when={props.row.active === true && mark() === undefined}
      fallback={<MarkTag mark={mark()} disabled={props.row.active !== true} />}
    >
      <Tag tone="allowed">{t('settings.active')}</Tag>
    </Show>
  )
}

function noticeOf(code: string | undefined): string {
  if (code === 'own-access') return t('settings.ownAccess')
  return code === 'administrative-group' ? t('settings.notYoursToChange') : t('settings.readOnly')
}
