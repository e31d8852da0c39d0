/**
 * A device's edits on their way to the gate, in the order in which they came (L2).
 *
 * Every push gets an answer. Two answers concern more than their own push, because the edits behind it are already on
 * the way: after `later` on a record, what follows on it is answered `later` too until that edit comes again, or its
 * clocks would leave a gap, and so is a creation that follows a creation, because it may name it; after a violation the lease is burnt (D13), and what was written under it is answered
 * `rewrite` without burning the new one.
 */
import { parseUpdate } from '../../core/documents/parse-update.ts'
import { PUSHES_IN_FLIGHT_MAX } from '../../core/protocol/limits.ts'
import type { Push } from '../../core/protocol/push.ts'
import type { VerdictMessage } from '../../core/protocol/verdict.ts'
import { type RecordKey, recordKey } from '../../core/records/kind-spec.ts'
import type { Policy } from '../gate/policy.ts'
import type { Gate, Verdict } from '../gate/types.ts'
import type { Metrics } from '../metrics.ts'
import type { Device, Storage } from '../storage/storage.ts'
import { type LeaseDependencies, takeLease } from './take-lease.ts'
import { verdictMessage } from './send-verdict.ts'

export interface PushDependencies extends LeaseDependencies {
  readonly storage: LeaseDependencies['storage'] & Pick<Storage, 'verdict' | 'settle'>
  readonly gate: Pick<Gate, 'submit'>
  readonly policy: Pick<Policy, 'directory'>
  readonly now: () => number
  readonly metrics: Pick<Metrics, 'updates' | 'verdictSeconds'>
}

export interface PushesOptions {
  readonly sessionId: string
  readonly device: () => Device
  /** Writes the device down with another lease. */
  readonly changeLease: (lease: number) => Promise<void>
  readonly answer: (verdict: VerdictMessage) => void
}

interface Postponed {
  readonly edit: string
  readonly creates: boolean
  readonly afterMs: number
}

/** How long a device that sends more than it may have on the way is asked to wait, in milliseconds. */
const CROWDED_RETRY_MS = 250

export interface Pushes {
  take(push: Push, update: Uint8Array): void
  /** Resolves when all that were taken are answered. */
  idle(): Promise<void>
}

export function createPushes(deps: PushDependencies, options: PushesOptions): Pushes {
  const { gate, policy, storage, now, metrics } = deps
  const { device, answer } = options
  /** The edit that has to come again before anything else on its record. */
  const postponed = new Map<RecordKey, Postponed>()
  const underWay = new Set<Promise<void>>()
  let burning: Promise<void> | null = null

  /** What this push must not overtake: an edit of its record, or a creation that its own record may name. */
  function waitingBefore(push: Push): Postponed | null {
    const ofRecord = postponed.get(recordKey(push.record.kind, push.record.id))
    if (ofRecord !== undefined) return ofRecord.edit === push.edit ? null : ofRecord
    return push.creates ? ([...postponed.values()].find(({ creates }) => creates) ?? null) : null
  }

  function take(push: Push, update: Uint8Array): void {
    const key = recordKey(push.record.kind, push.record.id)
    const waiting = waitingBefore(push)
    if (waiting !== null) return later(push, waiting.afterMs)
    if (underWay.size >= PUSHES_IN_FLIGHT_MAX) return postpone(push, CROWDED_RETRY_MS)
    postponed.delete(key)
    const { lease } = device()
    const judged: Promise<void> = submit(push, update, lease)
      .then((verdict) => conclude(push, update, lease, verdict))
      // What could not be judged is not lost: the device keeps it and comes again.
      .catch(() => postpone(push, CROWDED_RETRY_MS))
      .finally(() => underWay.delete(judged))
    underWay.add(judged)
  }

  async function submit(push: Push, update: Uint8Array, lease: number): Promise<Verdict> {
    const { id: deviceId, workerId } = device()
    const stop = metrics.verdictSeconds.startTimer()
    const verdict = await gate.submit({
      type: 'update',
      author: { type: 'worker', workerId },
      via: 'link',
      record: push.record,
      creates: push.creates,
      update,
      sessionId: options.sessionId,
      edit: {
        id: push.edit,
        deviceId,
        lease,
        claimed: push.changes,
        writtenAt: push.writtenAt,
        policyVersion: push.policyVersion,
        lastRefusal: push.lastRefusal,
        replaces: push.replaces,
        changeSet: push.changeSet,
      },
    })
    stop()
    metrics.updates.inc({ verdict: verdict.type })
    return verdict
  }

  async function conclude(push: Push, update: Uint8Array, lease: number, verdict: Verdict): Promise<void> {
    if (verdict.type === 'later') return postpone(push, verdict.afterMs)
    if (verdict.type !== 'violation') {
      answer(verdictMessage(push, verdict, now(), policy.directory.catalogue))
      // After the answer, which must not wait or fail for it: an entry left open is one that a person sees once more.
      return verdict.type === 'unreadable' ? undefined : await settleReplaced(push).catch(() => undefined)
    }
    const waiting = postponed.get(recordKey(push.record.kind, push.record.id))
    // It ran ahead of the edit that was told to wait: no fault of its own.
    if (waiting !== undefined) return later(push, waiting.afterMs)
    const isStale = verdict.fault !== 'edit-id-reused' && (await isOfBurntLease(update))
    if (!isStale && lease === device().lease) await burn(lease)
    answer({ outcome: 'rewrite', edit: push.edit, lease: device().lease })
  }

  /** What was refused and is written anew is dealt with by its author, whatever becomes of it now (D21). */
  async function settleReplaced({ replaces }: Push): Promise<void> {
    if (replaces === null) return
    const { id: deviceId, workerId } = device()
    const before = (await storage.verdict(deviceId, replaces))?.verdict
    if (before?.outcome !== 'refused' || before.quarantine === null) return
    await storage.settle(before.quarantine, { by: workerId, at: now(), how: 'retried' })
  }

  function postpone(push: Push, afterMs: number): void {
    const key = recordKey(push.record.kind, push.record.id)
    const { edit, creates } = push
    if (!postponed.has(key)) postponed.set(key, { edit, creates, afterMs })
    later(push, afterMs)
  }

  function later(push: Push, afterMs: number): void {
    answer({ outcome: 'later', edit: push.edit, afterMs })
  }

  /** Whether it was written under a lease that this device had before its present one. */
  async function isOfBurntLease(update: Uint8Array): Promise<boolean> {
    const parsed = parseUpdate(update)
    const clients = parsed.ok ? parsed.update.groups.map(({ client }) => client) : []
    if (clients.length === 0) return false
    const leases = await storage.leases(clients)
    return clients.every((client) => {
      const lease = leases.get(client)
      return lease?.burnt === true && lease.deviceId === device().id
    })
  }

  /** Once, however many edits of the lease are found wanting at the same time. */
  async function burn(lease: number): Promise<void> {
    burning ??= burnNow(lease).finally(() => {
      burning = null
    })
    await burning
  }

  async function burnNow(lease: number): Promise<void> {
    const { id: deviceId, workerId } = device()
    const next = await takeLease(deps, workerId, deviceId)
    await options.changeLease(next)
    await storage.saveLease({ clientId: lease, workerId, deviceId, burnt: true })
  }

  return {
    take,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
