/**
 * One worker as an admin is changing them: the stored row and the one that would be, what the login would hold and reach,
 * and whether the reader may change its access at all. Every tab of the worker reads and writes this one.
 */
import { type Accessor, createMemo } from 'solid-js'
import { withWorker } from '../../../../core/access/directory.ts'
import { workerFromRow } from '../../../../core/access/from-rows.ts'
import { compile } from '../../../../core/access/principal.ts'
import type { Decision, Principal } from '../../../../core/access/types.ts'
import { type FieldValue, recordKey, type Row } from '../../../../core/records/kind-spec.ts'
import { kindSpecs } from '../../../../core/records/registry.ts'
import { useLiveQuery } from '../../../app/context.tsx'
import { formatCount } from '../../../app/format.ts'
import { t } from '../../../app/i18n.ts'
import type { ImpactLine } from '../../../components/Impact.tsx'
import { type Lookups, useLookups } from '../../record/lookups.ts'
import type { WhyContext } from '../../record/why.ts'
import { accessOf } from '../access-lock.ts'
import { createProposal, type Proposal } from '../proposal/create-proposal.ts'
import { useSettings } from '../settings-data.ts'
import { accountReach, type AccountReach } from './account-reach.ts'
import { stringsOf } from './worker-words.ts'

export interface WorkerDraft {
  readonly stored: Accessor<Row>
  /** With what is changed and not saved. */
  readonly row: Accessor<Row>
  readonly title: Accessor<string>
  readonly proposal: Proposal
  readonly set: (field: string, value: FieldValue) => void
  /** Whether the reader may change rights, groups and filter of this login. */
  readonly lock: Accessor<Decision>
  readonly locked: Accessor<boolean>
  readonly lookups: Lookups
  /** What the login would hold and reach. */
  readonly principal: Accessor<Principal>
  /** As if the login were on: its rights are to be seen while it is off, too. */
  readonly asIfOn: Accessor<Principal>
  /** The accounts that `asIfOn` reaches on this device; undefined while they are counted. */
  readonly reach: Accessor<AccountReach | undefined>
  /** What changes in the number of accounts, for the review. */
  readonly accountLines: Accessor<readonly ImpactLine[]>
  /** For sentences about a change of this worker. */
  readonly why: Accessor<WhyContext>
}

export function createWorkerDraft(stored: Accessor<Row>): WorkerDraft {
  const data = useSettings()
  const key = () => recordKey('worker', stored().id)
  const proposal = createProposal(data, () => `settings/${key()}`)
  const row = createMemo(() => proposal.rowOf(key()) ?? stored())
  const lookups = useLookups(() => stringsOf(row().mappedAccounts).map((id) => recordKey('account', id)))
  const title = () => kindSpecs.worker.title(stored())
  const lock = createMemo(() =>
    accessOf(stored(), { directory: data.directory(), principal: data.principal(), now: data.now() }),
  )
  const after = () => proposal.dryRun()?.after ?? data.directory()
  const principal = createMemo(() => compile(after(), stored().id, data.now()))
  /** As if the login were on: its rights are to be seen while it is off, too. */
  const asIfOn = createMemo(() => {
    const worker = { ...workerFromRow(row()), active: true, validFrom: null, validUntil: null }
    return compile(withWorker(after(), worker, after().policyVersion), stored().id, data.now())
  })
  const before = createMemo(() => compile(data.directory(), stored().id, data.now()))
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
  return {
    stored,
    row,
    title,
    proposal,
    set,
    lock,
    locked: () => lock().outcome === 'denied',
    lookups,
    principal,
    asIfOn,
    reach,
    accountLines,
    why: () => ({
      action: 'edit',
      kind: 'worker',
      title: title(),
      reader: data.principal().name,
      catalogue: data.directory().catalogue,
    }),
  }
}
