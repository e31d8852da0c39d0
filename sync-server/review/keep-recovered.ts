/**
 * What a restored server lost and a reader's device still holds goes to the quarantine (L20, GATE 31): for a person to
 * look at, never merged by itself.
 *
 * SAFETY: all of it is a claim. It is taken only of records that the worker may read now, which the answer does not tell;
 * its bytes are parsed strictly and never applied to anything; who accepts it writes an edit of their own through the gate.
 */
import { createHash } from 'node:crypto'
import { decide } from '../../core/access/decide.ts'
import { explain, inOneText } from '../../core/access/explain.ts'
import { isAllowed, type Principal, type Reason, type Target } from '../../core/access/types.ts'
import { emptyState } from '../../core/documents/difference.ts'
import { fieldSpecOf } from '../../core/documents/field-key.ts'
import { parseUpdate } from '../../core/documents/parse-update.ts'
import { valueInRow } from '../../core/documents/row-after-writes.ts'
import { sameValue } from '../../core/documents/same-value.ts'
import type { Change } from '../../core/documents/types.ts'
import type { Found } from '../../core/protocol/found.ts'
import { FOUND_PER_WORKER_MAX } from '../../core/protocol/limits.ts'
import { houseContactId } from '../../core/records/contact.ts'
import type { FieldValue } from '../../core/records/kind-spec.ts'
import { kindSpecs } from '../../core/records/registry.ts'
import type { Policy } from '../gate/policy.ts'
import { loadTargets } from '../http/visible-records.ts'
import type { QuarantineEntry, RecordRef, Storage } from '../storage/storage.ts'
import { claimedAccountId, claimedRow } from './may-review.ts'

export interface RecoveryDependencies {
  readonly storage: Storage
  readonly policy: Policy
  readonly history: string
  readonly isRestored: boolean
  readonly now: () => number
  readonly newId: () => string
}

export interface Finder {
  readonly workerId: string
  readonly deviceId: string
}

type Claim = Pick<QuarantineEntry, 'record' | 'workerId' | 'creates' | 'changes'>

/**
 * Stands for the author where nobody is known to be: no worker's id, ids hold no colon. So it counts against nobody's
 * quota, and no later edit of whoever handed it in depends on it.
 */
const noAuthor = ':restored'

/** Those who are over their quota come again; it is their own entries that fill it. */
const FULL_RETRY_MS = 10 * 60_000

/** Answers how many milliseconds to wait; null when it is done with, kept or not. */
export async function keepRecovered(
  deps: RecoveryDependencies,
  finder: Finder,
  found: Found,
  bytes: Uint8Array,
): Promise<number | null> {
  const { storage, policy, history, isRestored } = deps
  if (!isRestored || found.history === history) return null
  if ((await storage.countRecovered(finder.workerId)) >= FOUND_PER_WORKER_MAX) return FULL_RETRY_MS
  const claim = claimOf(found)
  const target = await targetOf(storage, claim)
  if (!mayReadClaim(policy.principalOf(finder.workerId), claim, target)) return null
  const changes = differing(claim, target)
  if (changes.length === 0) return null
  await keep(deps, finder, { ...claim, changes, creates: target.row === null }, bytes)
  return null
}

/** As much of a find as a field of that kind could be; House Contacts, desks and directory rows make themselves. */
function claimOf({ record, values }: Found): Claim {
  const spec = kindSpecs[record.kind]
  const byField = new Map(values.map(({ field, value }) => [field, value]))
  const isHouse = record.kind === 'contact' && record.id.startsWith(houseContactId(''))
  const isMade = spec.write.type !== 'feature' || isHouse
  const changes = [...byField].flatMap(([field, value]): Change[] => {
    const fieldSpec = isMade ? null : fieldSpecOf(spec, field)
    return fieldSpec === null || fieldSpec.serverMade ? [] : [{ field, old: null, new: value as FieldValue }]
  })
  return { record, workerId: noAuthor, creates: true, changes }
}

/** Of a record whose account was lost with it, the account is the one that was handed in before it. */
export async function targetOf(storage: Storage, claim: Claim): Promise<Target> {
  const accountId = claimedAccountId(claim)
  const [target] = await loadTargets(storage, [{ ...claim.record, accountId }])
  if (target === undefined) throw new Error('targetOf: no answer')
  if (target.row !== null || target.account !== null || accountId === null) return target
  const made = await storage.recoveredOf({ kind: 'account', id: accountId })
  const account = made.find(({ creates }) => creates)
  return account === undefined ? target : { ...target, account: claimedRow(account) }
}

/** Of a record that is there, what it is now decides; of one that is not, what it is claimed to have been. */
export function mayReadClaim(principal: Principal, claim: Claim, target: Target): boolean {
  return isAllowed(decide(principal, 'view', { ...target, row: target.row ?? claimedRow(claim) }))
}

/** What the claim says otherwise than the record does now, with what it says now. */
function differing({ changes }: Claim, { row }: Target): readonly Change[] {
  return changes
    .map((change) => ({ ...change, old: row === null ? null : valueInRow(row, change.field) }))
    .filter((change) => !sameValue(change.old, change.new))
}

/**
 * The entry as it is to be decided now: a record that has been made again meanwhile is edited, not made. Null where
 * nothing is left to decide, because its author came back or somebody typed it anew; the entry stays.
 */
export function asOfNow(entry: QuarantineEntry, target: Target): QuarantineEntry | null {
  if (entry.recovered === undefined) return entry
  if (differing(entry, target).length === 0) return null
  return { ...entry, creates: target.row === null }
}

/** For lists: its values only to who may read the record now. */
export function asReadBy(principal: Principal, entry: QuarantineEntry, target: Target): QuarantineEntry {
  if (mayReadClaim(principal, entry, target)) return entry
  return { ...entry, changes: entry.changes.map(({ field }) => ({ field, old: null, new: null })) }
}

async function keep(
  { storage, policy, now, newId }: RecoveryDependencies,
  { workerId, deviceId }: Finder,
  claim: Claim,
  bytes: Uint8Array,
): Promise<void> {
  const parsed = parseUpdate(bytes)
  const clients = parsed.ok ? parsed.update.groups.map(({ client }) => client) : []
  const { record, creates, changes } = claim
  const entry = {
    id: newId(),
    record,
    creates,
    workerId: noAuthor,
    deviceId: null,
    editId: null,
    seq: (await storage.head()).number,
    at: now(),
    writtenAt: null,
    policyVersionKnown: null,
    reasons: [lostByRestore],
    sentence: sentenceOn(policy, record.kind),
    changes,
    update: parsed.ok ? bytes : emptyState,
    replaces: null,
    settled: null,
    recovered: { by: workerId, deviceId, author: await authorOf(storage, clients, workerId) },
  }
  await storage.keepRecovered(entry, digestOf(changes))
}

const lostByRestore = { code: 'lost-by-restore', rule: 'L20' } as const satisfies Reason

function sentenceOn({ directory: { catalogue } }: Policy, kind: RecordRef['kind']): string {
  const decision = { outcome: 'denied', reasons: [lostByRestore] } as const
  return inOneText(explain(decision, { catalogue, action: 'edit', kind: kindSpecs[kind].label }))
}

/** The one other worker whose clientIDs the bytes name. Whoever made the bytes may have chosen them. */
async function authorOf(
  storage: Storage,
  clients: readonly number[],
  finderId: string,
): Promise<string | null> {
  const leases = await storage.leases(clients)
  const authors = new Set([...leases.values()].map(({ workerId }) => workerId))
  authors.delete(finderId)
  const [author] = authors
  return author !== undefined && authors.size === 1 && !author.startsWith(':') ? author : null
}

/** The same from however many devices, in whatever order, and whatever the record says when they come. */
function digestOf(changes: readonly Change[]): string {
  const values = changes.map(({ field, new: value }) => [field, ordered(value)] as const)
  values.sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

function ordered(value: Change['new']): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
}
