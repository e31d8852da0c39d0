/**
 * A dry run on the server (P28): the gate decides all of it as it would, commits nothing, and what the commit would have
 * been is read for whom it touches: rights, accounts, and the unsent edits that devices hold.
 *
 * Of other workers it tells only an asker who may see workers; accounts that the asker may not see are counted nowhere
 * (GATE 34).
 */
import { decideKind } from '../../core/access/decide.ts'
import { type Effect, effectsOf } from '../../core/access/dry-run.ts'
import { compile } from '../../core/access/principal.ts'
import { type Directory, isAllowed, type Principal, type Reason } from '../../core/access/types.ts'
import type { Policy } from '../gate/policy.ts'
import type { CommittedBatch, Gate, Verdict, WritesSubmission } from '../gate/types.ts'
import type { RecordRef, Storage } from '../storage/storage.ts'
import { countAccounts, type WorkerAccounts } from './count-accounts.ts'
import { type DeviceEffect, unsentEffects } from './unsent-effects.ts'

export interface DryRunContext {
  readonly storage: Storage
  readonly gate: Pick<Gate, 'submitAll'>
  readonly policy: Policy
  readonly now: () => number
}

/** Who asks: the operator sees everything. */
export type Asker = Principal | 'operator'

export interface WorkerEffect extends Pick<Effect, 'workerId' | 'name' | 'gains' | 'loses' | 'matches'> {
  /** Accounts that come into this worker's sight and leave it, of those that the asker sees. */
  readonly accounts: { readonly gained: number; readonly lost: number }
}

export interface Refused {
  readonly record: RecordRef
  readonly reasons: readonly Reason[]
  readonly sentence: string
}

export interface Consequences {
  /** By name. */
  readonly workers: readonly WorkerEffect[]
  readonly devices: readonly DeviceEffect[]
}

export interface DryRunReport extends Consequences {
  readonly outcome: 'allowed' | 'denied'
  readonly refusals: readonly Refused[]
}

const nothing: Consequences = { workers: [], devices: [] }

export async function dryRunOf(
  context: DryRunContext,
  submissions: readonly WritesSubmission[],
  asker: Asker,
): Promise<DryRunReport> {
  let outlook: CommittedBatch | null = null
  const verdicts = await context.gate.submitAll(submissions, {
    atomic: true,
    dryRun: true,
    onOutlook: (batch) => (outlook = batch),
  })
  const refusals = submissions.flatMap((submission, index) => refusedOf(submission.record, verdicts[index]))
  const told = outlook === null ? nothing : await consequencesOf(context, outlook, asker)
  return { outcome: refusals.length === 0 ? 'allowed' : 'denied', refusals, ...told }
}

/** Whom a batch would touch, had it been committed. */
export async function consequencesOf(
  context: DryRunContext,
  batch: CommittedBatch,
  asker: Asker,
): Promise<Consequences> {
  if (asker !== 'operator' && !isAllowed(decideKind(asker, 'view', 'worker'))) return nothing
  const at = context.now()
  const { before, after } = batch.policy ?? sameDirectory(context.policy)
  const changed = batch.changes.flatMap(({ record: { kind, id } }) =>
    kind === 'worker' || kind === 'group' || kind === 'settings' ? [{ kind, id }] : [],
  )
  const effects = effectsOf({ before, after, changed, now: at })
  const accounts = await countAccounts(context.storage, { before, after, effects, batch, asker, at })
  const principals = (id: string) => [compile(before, id, at), compile(after, id, at)] as const
  const devices = await unsentEffects(context.storage, effects, principals, asker)
  return { workers: workersOf(effects, accounts, after), devices }
}

function sameDirectory({ directory }: Policy): { readonly before: Directory; readonly after: Directory } {
  return { before: directory, after: directory }
}

function workersOf(
  effects: readonly Effect[],
  accounts: WorkerAccounts,
  { workers }: Directory,
): readonly WorkerEffect[] {
  const none = { gained: 0, lost: 0 }
  const byRights = effects.map(({ workerId, name, gains, loses, matches }) => ({
    workerId,
    name,
    gains,
    loses,
    matches,
    accounts: accounts.get(workerId) ?? none,
  }))
  const known = new Set(byRights.map(({ workerId }) => workerId))
  const byAccounts = [...accounts].flatMap(([workerId, counted]) =>
    known.has(workerId) || (counted.gained === 0 && counted.lost === 0)
      ? []
      : [
          {
            workerId,
            name: workers.get(workerId)?.name ?? '',
            gains: [],
            loses: [],
            matches: null,
            accounts: counted,
          },
        ],
  )
  return [...byRights, ...byAccounts].sort((a, b) => a.name.localeCompare(b.name))
}

function refusedOf(record: RecordRef, verdict: Verdict | undefined): readonly Refused[] {
  switch (verdict?.type) {
    case 'merged':
      return []
    case 'refused':
      return [{ record, reasons: verdict.reasons, sentence: verdict.sentence }]
    default:
      return [{ record, reasons: [], sentence: 'The server could not judge this; try again.' }]
  }
}
