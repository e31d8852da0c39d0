/**
 * The data of the settings screens, from this device: shown while it is read, denied where the reader may see none of
 * its parts, and nothing in between.
 */
import { Navigate } from '@solidjs/router'
import { createMemo, type JSX, Match, Switch } from 'solid-js'
import { makeDirectory } from '../../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../../core/access/from-rows.ts'
import { readScope } from '../../../core/access/read-scope.ts'
import type { Directory, Principal, Worker } from '../../../core/access/types.ts'
import { type Kind, type RecordKey, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { settingsId } from '../../../core/records/settings.ts'
import { decisionFor } from '../../access/decision.ts'
import { useLiveQuery, usePortal, useQuarantine } from '../../app/context.tsx'
import { DeniedScreen } from '../../app/Fallbacks.tsx'
import { t } from '../../app/i18n.ts'
import { createRows, type RowsByKind } from '../../reactive/create-rows.ts'
import { FirstSync } from '../crm/FirstSync.tsx'
import { outcomeSentence } from '../record/outcome-sentence.ts'
import { useDrafts } from '../record/use-drafts.ts'
import { createNow } from '../record/use-record-form.ts'
import { sentenceOf } from '../record/why.ts'
import { type SavedEdit, SettingsContext, type SettingsData } from './settings-data.ts'
import { isClosed, opens, openSections, type SettingsKind } from './sections.ts'
import { SectionTitle } from './SectionTitle.tsx'

export interface SettingsProviderProps {
  /** What the screen is about: who may not see it is told so. */
  readonly kind: SettingsKind
  readonly children: JSX.Element
}

const screens = {
  worker: {
    section: 'workers',
    title: () => t('settings.workers'),
    denied: () => t('settings.deniedWorkers'),
  },
  group: { section: 'groups', title: () => t('settings.groups'), denied: () => t('settings.deniedGroups') },
  settings: {
    section: 'organisation',
    title: () => t('organisation.title'),
    denied: () => t('organisation.denied'),
  },
} as const satisfies Record<SettingsKind, object>

export function SettingsProvider(props: SettingsProviderProps): JSX.Element {
  const portal = usePortal()
  const question = () => opens(props.kind)
  const decision = () => decisionFor(portal.principal(), question())
  const rows = createRows(portal.db, KINDS)
  const screen = () => screens[props.kind]
  /** Where the way into Settings leads is not open to everyone in it: the first part that is takes its place. */
  const elsewhere = () =>
    props.kind === 'settings' || !isClosed(portal.principal(), props.kind)
      ? undefined
      : openSections(portal.principal())[0]?.href
  return (
    <Switch
      fallback={
        <>
          <SectionTitle section={screen().section} title={screen().title()} />
          <FirstSync {...(portal.syncState().progress ?? { done: 0, total: 0 })} rows />
        </>
      }
    >
      <Match when={elsewhere()}>{(href) => <Navigate href={href()} />}</Match>
      <Match when={isClosed(portal.principal(), props.kind)}>
        <DeniedScreen
          title={screen().denied()}
          sentence={sentenceOf(decision(), { ...question(), whole: true })}
        />
      </Match>
      <Match when={portal.principal() !== null && rows() !== undefined}>
        <Provided rows={rows() ?? noRows}>{props.children}</Provided>
      </Match>
    </Switch>
  )
}

const KINDS = [
  'worker',
  'group',
  'label-set',
  'board',
  'campaign',
  'settings',
] as const satisfies readonly Kind[]

type Rows = RowsByKind<(typeof KINDS)[number]>

const noRows: Rows = { worker: [], group: [], 'label-set': [], board: [], campaign: [], settings: [] }

function Provided(props: { readonly rows: Rows; readonly children: JSX.Element }): JSX.Element {
  const portal = usePortal()
  const drafts = useDrafts()
  const now = createNow()
  const quarantine = useQuarantine()
  const refused = createMemo(() => new Set((quarantine() ?? []).map(({ record }) => record)))
  const waiting = useLiveQuery((db) => async () => new Set(await db.outbox.orderBy('record').uniqueKeys()))
  // Kept for the moment in which a sign-out or a revocation takes it away under an open screen.
  const principal = createMemo<Principal | null>((before) => portal.principal() ?? before, portal.principal())
  const known = (): Principal => {
    const mine = principal()
    if (mine === null) throw new Error('Settings are shown before the device knows its worker.')
    return mine
  }
  const clockAhead = () => portal.device()?.clockAheadMs ?? 0
  const rowByKey = createMemo(
    () =>
      new Map<RecordKey, Row>(
        KINDS.flatMap((kind) => props.rows[kind]).map((row) => [recordKey(row.kind, row.id), row]),
      ),
  )
  const directory = createMemo(
    (): Directory =>
      makeDirectory(
        portal.catalogue(),
        props.rows.worker.map(workerOf),
        props.rows.group.map(groupFromRow),
        known().policyVersion,
      ),
  )
  const data: SettingsData = {
    workers: () => props.rows.worker,
    groups: () => props.rows.group,
    small: (kind) => props.rows[kind],
    settings: () => props.rows.settings.find(({ id }) => id === settingsId) ?? null,
    rowByKey,
    // From the screen's own rows: the portal's arrives a moment later, and a screen shows one moment.
    directory,
    complete: createMemo(() =>
      (['worker', 'group'] as const).every((kind) => readScope(known(), kind).type === 'everything'),
    ),
    principal: known,
    now: () => now() + clockAhead(),
    markOf: (key) => (refused().has(key) ? 'refused' : waiting()?.has(key) ? 'waiting' : undefined),
    save: (edits, onSaved) => saveAll(portal.actions, edits, onSaved),
    drafts,
  }
  return <SettingsContext.Provider value={data}>{props.children}</SettingsContext.Provider>
}

/** Read once for each row: after an edit all others are what they were. */
const workerByRow = new WeakMap<Row, Worker>()

function workerOf(row: Row): Worker {
  const known = workerByRow.get(row) ?? workerFromRow(row)
  workerByRow.set(row, known)
  return known
}

async function saveAll(
  actions: ReturnType<typeof usePortal>['actions'],
  edits: readonly SavedEdit[],
  onSaved?: (done: number) => void,
): Promise<string | undefined> {
  const saved = await actions.editAll(edits, onSaved)
  return saved.type === 'saved' ? undefined : outcomeSentence(saved.outcome, saved.edit.kind)
}
