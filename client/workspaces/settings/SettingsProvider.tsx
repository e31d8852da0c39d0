/**
 * The data of the settings screens, from this device: shown while it is read, denied where the reader may see neither
 * workers nor groups, and nothing in between.
 */
import { Navigate } from '@solidjs/router'
import { createMemo, type JSX, Match, Switch } from 'solid-js'
import { makeDirectory } from '../../../core/access/directory.ts'
import { groupFromRow, workerFromRow } from '../../../core/access/from-rows.ts'
import { readScope } from '../../../core/access/read-scope.ts'
import type { Directory, Principal } from '../../../core/access/types.ts'
import { type RecordKey, recordKey, type Row } from '../../../core/records/kind-spec.ts'
import { decisionFor } from '../../access/decision.ts'
import { useLiveQuery, usePortal, useQuarantine } from '../../app/context.tsx'
import { DeniedScreen } from '../../app/Fallbacks.tsx'
import { t } from '../../app/i18n.ts'
import { ListTitle } from '../../app/shell/Titles.tsx'
import { listKeys } from '../../reactive/list-keys.ts'
import { FirstSync } from '../crm/FirstSync.tsx'
import { outcomeSentence } from '../record/outcome-sentence.ts'
import { useDrafts } from '../record/use-drafts.ts'
import { createNow } from '../record/use-record-form.ts'
import { sentenceOf } from '../record/why.ts'
import { type DirectoryKind, type SavedEdit, SettingsContext, type SettingsData } from './settings-data.ts'
import { isClosed, openSections } from './sections.ts'
import { SettingsSections } from './SettingsSections.tsx'

export interface SettingsProviderProps {
  /** What the screen is about: who may not see it is told so. */
  readonly kind: DirectoryKind
  readonly children: JSX.Element
}

export function SettingsProvider(props: SettingsProviderProps): JSX.Element {
  const portal = usePortal()
  const view = () => decisionFor(portal.principal(), { action: 'view', kind: props.kind })
  const rows = useRows()
  const title = () => (props.kind === 'worker' ? t('settings.workers') : t('settings.groups'))
  return (
    <Switch
      fallback={
        <>
          <ListTitle title={title()}>
            <SettingsSections current={props.kind === 'worker' ? 'workers' : 'groups'} />
          </ListTitle>
          <FirstSync {...(portal.syncState().progress ?? { done: 0, total: 0 })} rows />
        </>
      }
    >
      <Match when={isClosed(portal.principal(), props.kind) && openSections(portal.principal())[0]}>
        {(section) => <Navigate href={section().href} />}
      </Match>
      <Match when={isClosed(portal.principal(), props.kind)}>
        <DeniedScreen
          title={props.kind === 'worker' ? t('settings.deniedWorkers') : t('settings.deniedGroups')}
          sentence={sentenceOf(view(), { action: 'view', kind: props.kind, whole: true })}
        />
      </Match>
      <Match when={portal.principal() !== null && rows() !== undefined}>
        <Provided rows={rows() ?? noRows}>{props.children}</Provided>
      </Match>
    </Switch>
  )
}

interface Rows {
  readonly workers: readonly Row[]
  readonly groups: readonly Row[]
}

const noRows: Rows = { workers: [], groups: [] }

function useRows() {
  return useLiveQuery((db) => async (): Promise<Rows> => {
    const ofKind = async (kind: DirectoryKind) => {
      const records = await db.records.bulkGet(await listKeys(db, { kind }))
      return records.flatMap((record) => record?.row ?? [])
    }
    const [workers, groups] = await Promise.all([ofKind('worker'), ofKind('group')])
    return { workers, groups }
  })
}

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
        [...props.rows.workers, ...props.rows.groups].map((row) => [recordKey(row.kind, row.id), row]),
      ),
  )
  const directory = createMemo(
    (): Directory =>
      makeDirectory(
        portal.catalogue(),
        props.rows.workers.map(workerFromRow),
        props.rows.groups.map(groupFromRow),
        known().policyVersion,
      ),
  )
  const data: SettingsData = {
    workers: () => props.rows.workers,
    groups: () => props.rows.groups,
    rowByKey,
    // From the screen's own rows: the portal's arrives a moment later, and a screen shows one moment.
    directory,
    complete: createMemo(() =>
      (['worker', 'group'] as const).every((kind) => readScope(known(), kind).type === 'everything'),
    ),
    principal: known,
    now: () => now() + clockAhead(),
    markOf: (key) => (refused().has(key) ? 'refused' : waiting()?.has(key) ? 'waiting' : undefined),
    save: (edits) => saveAll(portal.actions, edits),
    drafts,
  }
  return <SettingsContext.Provider value={data}>{props.children}</SettingsContext.Provider>
}

async function saveAll(
  actions: ReturnType<typeof usePortal>['actions'],
  edits: readonly SavedEdit[],
): Promise<string | undefined> {
  const changeSet = crypto.randomUUID()
  for (const { kind, id, fields } of edits) {
    const sentence = outcomeSentence(await actions.edit(kind, id, fields, changeSet), kind)
    if (sentence !== undefined) return sentence
  }
  return undefined
}
