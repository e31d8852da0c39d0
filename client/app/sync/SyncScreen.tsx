/** /sync: the views over this device's outbox, quarantine and conflicts, with what can be done about them. */
import { createMemo, createResource, type JSX } from 'solid-js'
import type { Kind, RecordKey } from '../../../core/records/kind-spec.ts'
import { decisionFor } from '../../access/decision.ts'
import { splitRecordKey } from '../../replica/rebuild-record.ts'
import type { OutboxEntry, QuarantineEntry } from '../../replica/stored.ts'
import { createKeyed } from '../../workspaces/record/create-keyed.ts'
import { namesOf } from '../../workspaces/record/lookups.ts'
import { outcomeSentence } from '../../workspaces/record/outcome-sentence.ts'
import { createNow } from '../../workspaces/record/use-record-form.ts'
import { countShown } from '../count-shown.ts'
import {
  useAnswered,
  useConflicts,
  useLiveQuery,
  usePacedQuery,
  usePortal,
  useQuarantine,
} from '../context.tsx'
import { createOnline } from '../create-online.ts'
import { formatCount } from '../format.ts'
import { t } from '../i18n.ts'
import { leaseOf } from '../offline-lease.ts'
import { Page } from '../shell/Page.tsx'
import { PageTitle } from '../shell/Titles.tsx'
import { pillOf } from '../sync-status.ts'
import { referencesOf } from './references-of.ts'
import { ReviewSection } from './ReviewSection.tsx'
import { SyncView } from './SyncView.tsx'

const COUNTED = {
  account: 'accounts',
  contact: 'contacts',
  address: 'addresses',
  worker: 'workers',
  group: 'groups',
} as const satisfies Partial<Record<Kind, string>>

const REVIEWED = ['account', 'contact', 'address', 'worker', 'group'] as const satisfies readonly Kind[]

export default function SyncScreen(): JSX.Element {
  const portal = usePortal()
  const now = createNow()
  const outbox = createKeyed(
    useLiveQuery<readonly OutboxEntry[]>((db) => () => db.outbox.orderBy('n').toArray()),
    'edit',
  )
  const quarantine = createKeyed(useQuarantine(), 'edit')
  const answered = createKeyed(useAnswered(), 'edit')
  const conflicts = createKeyed(useConflicts(), 'id')
  const online = createOnline()
  const names = useNames(() => [
    ...(outbox() ?? []).map(({ record }) => record),
    ...(conflicts() ?? []).flatMap(({ record, by }): RecordKey[] => [record, `colleague/${by}`]),
    ...[...(outbox() ?? []), ...(quarantine() ?? []), ...(answered() ?? [])].flatMap(referencesOf),
    ...(conflicts() ?? []).flatMap(({ field, mine, theirs }) =>
      referencesOf({ changes: [{ field, old: mine, new: theirs }] }),
    ),
    ...(answered() ?? []).map(({ settled }): RecordKey => `colleague/${settled?.by ?? ''}`),
  ])
  const kinds = Object.keys(COUNTED) as (keyof typeof COUNTED)[]
  const counts = usePacedQuery(kinds, async (db) => {
    const all = await Promise.all(kinds.map(async (kind) => ({ kind, count: await countShown(db, kind) })))
    return all.filter(({ count }) => count > 0)
  })
  const [storage, { refetch }] = createResource(readStorage)
  const rows = useLiveQuery((db) => {
    const wanted = (quarantine() ?? []).map(({ record }) => record)
    return async () => new Map((await db.records.bulkGet(wanted)).map((record) => [record?.key, record?.row]))
  })
  const mayNow = (entry: QuarantineEntry) => {
    const { kind } = splitRecordKey(entry.record)
    const principal = portal.principal()
    if (entry.creates) return decisionFor(principal, { action: 'create', kind }).outcome === 'allowed'
    const row = rows()?.get(entry.record)
    if (row === undefined) return false
    return entry.changes.every(
      ({ field }) =>
        decisionFor(principal, { action: 'edit', kind, row, field: field.replace(/^text:/, '') }).outcome ===
        'allowed',
    )
  }
  /** Who can write nothing has nothing to accept. */
  const mayReview = createMemo(() =>
    REVIEWED.some((kind) => decisionFor(portal.principal(), { action: 'edit', kind }).outcome === 'allowed'),
  )
  const device = createMemo(() => {
    const read = portal.device()
    if (read === undefined) return undefined
    return {
      // One's own record and groups are no list to speak of.
      counts: (counts() ?? [])
        .filter(({ kind }) => decisionFor(portal.principal(), { action: 'view', kind }).outcome === 'allowed')
        .map(({ kind, count }) => formatCount(count, t(`syncScreen.${COUNTED[kind]}`))),
      syncedAt: read.syncedAt,
      leaseEndsAt: leaseOf(read, portal.settings(), now()).endsAt,
      used: storage.latest?.used ?? null,
      quota: storage.latest?.quota ?? null,
      persisted: storage.latest?.persisted ?? null,
      onKeep: () => void navigator.storage?.persist?.().then(() => refetch()),
    }
  })
  return (
    <Page>
      <PageTitle title={t('syncScreen.title')} back={{ href: '/', label: t('syncScreen.back') }} />
      <SyncView
        status={pillOf(portal.syncState())}
        link={portal.syncState().link}
        now={now()}
        outbox={outbox() ?? []}
        quarantine={quarantine() ?? []}
        answered={answered() ?? []}
        conflicts={conflicts() ?? []}
        reader={portal.worker.name}
        ready={outbox() !== undefined && quarantine() !== undefined && conflicts() !== undefined}
        device={device()}
        titleOf={(record) => names()?.get(record) ?? splitRecordKey(record as RecordKey).id}
        nameOf={(record) => names()?.get(record)}
        refused={{
          mayNow,
          before: ({ policyVersion, reasons }) =>
            reasons.some(({ feature }) => feature !== undefined) &&
            policyVersion < (portal.device()?.policyVersion ?? 0),
          onRetry: async ({ edit, record, creates }) =>
            outcomeSentence(
              await portal.actions.retry(edit),
              splitRecordKey(record).kind,
              creates ? 'create' : 'edit',
            ),
          onAsk: ({ edit }) => portal.actions.ask(edit),
          onDiscard: ({ edit }) => portal.actions.discard(edit),
        }}
        onRead={({ edit }) => portal.actions.markRead(edit)}
        review={mayReview() ? <ReviewSection now={now()} online={online()} /> : undefined}
        conflict={{
          onUseMine: async ({ id, record }) =>
            outcomeSentence(await portal.actions.restore(id), splitRecordKey(record as RecordKey).kind),
          onKeepTheirs: ({ id }) => portal.actions.accept(id),
        }}
        onReconnect={() => portal.actions.reconnect()}
      />
    </Page>
  )
}

function useNames(keys: () => readonly RecordKey[]) {
  return useLiveQuery((db) => {
    const wanted = [...new Set(keys())]
    return () => namesOf(db, wanted)
  })
}

async function readStorage() {
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined)
  const persisted = await navigator.storage?.persisted?.().catch(() => undefined)
  return { used: estimate?.usage ?? null, quota: estimate?.quota ?? null, persisted: persisted ?? null }
}
