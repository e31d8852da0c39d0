/**
 * The gate: the one place where an update is admitted or refused, and the only one that commits.
 *
 * Submissions queue. A batch of them is loaded, decided in order on one working state, committed as one transaction;
 * then its content becomes what everybody sees, listeners are told, and the answers go out, in this order (D11). A
 * commit that fails leaves nothing behind (D19). Before each batch comes what the clock has changed meanwhile (D20).
 *
 * Rules tested: test/sync-server/gate/
 */
import type { Policy } from './policy.ts'
import { createPolicyClock, moveTick } from './policy-tick.ts'
import { createRate } from './rate.ts'
import { GROWTH_BYTES_MAX, GROWTH_BYTES_PER_SECOND } from '../../core/protocol/limits.ts'
import { createLiveRecords, LIVE_RECORDS_MAX } from './live-records.ts'
import { createLoaded } from './loaded.ts'
import { createRefusals } from './refusals.ts'
import { attempt, decideOne, loadFor, type Waiting, waitingOf } from './decide-all.ts'
import type { GateContext } from './gate-context.ts'
import { takeServerClient } from './server-client.ts'
import type { CommittedBatch, Gate, Submission, SubmitAllOptions, Verdict } from './types.ts'
import { createWorking, type Head, type Working } from './working-state.ts'
import type { Logger } from '../log.ts'
import { DamagedRecord } from '../storage/damage.ts'
import type { Storage } from '../storage/storage.ts'

export interface GateOptions {
  readonly storage: Storage
  readonly policy: Policy
  readonly now: () => number
  readonly random: { readonly id: () => string; readonly clientId: () => number }
  /** `rate`: updates a second of one device or socket, 0 for no limits. `growthBytes`: of one worker on one record, at once. */
  readonly limits: { readonly rate: number; readonly growthBytes?: number }
  readonly log: Pick<Logger, 'error'>
  /** Told after each commit whether the storage took it. */
  readonly onCommit?: (isDurable: boolean) => void
  /** Told the number of records that are kept at hand. */
  readonly onLive?: (size: number) => void
}

/** Submissions in one commit. One alone waits for nobody; many share the sync to disk. */
const BATCH_MAX = 500

/** Submissions of an import between two turns of the event loop. */
const CHUNK = 200

/** After a commit that failed, in milliseconds: the disk may be full, the database busy. */
const FAILED_RETRY_MS = 1_000

/** About a record that cannot be read, in milliseconds: somebody has to restore it first (D22). */
const DAMAGED_RETRY_MS = 60_000

/** For what a room's socket had sent before it knew that it was refused: nobody waits for this answer. */
const notJudged: Verdict = { type: 'later', afterMs: 0 }

interface Single {
  readonly type: 'single'
  readonly submission: Submission
  /** In the order in which they were submitted. */
  readonly number: number
  readonly answer: (verdict: Verdict) => void
}

interface Whole {
  readonly type: 'whole'
  readonly submissions: readonly Submission[]
  readonly options: SubmitAllOptions
  readonly answer: (verdicts: readonly Verdict[]) => void
  readonly fail: (error: unknown) => void
}

interface Tick {
  readonly type: 'tick'
  readonly answer: () => void
  readonly fail: (error: unknown) => void
}

export async function createGate({
  storage,
  policy,
  now,
  random,
  limits,
  log,
  onCommit = () => {},
  onLive = () => {},
}: GateOptions): Promise<Gate> {
  const serverClient = await takeServerClient(storage, random.clientId)
  const live = createLiveRecords(LIVE_RECORDS_MAX, onLive)
  const refusals = createRefusals()
  const rate = createRate(limits.rate, now)
  const growth = createRate(
    limits.rate === 0 && limits.growthBytes === undefined ? 0 : GROWTH_BYTES_PER_SECOND,
    now,
    limits.growthBytes ?? GROWTH_BYTES_MAX,
  )
  const listeners = new Set<(batch: CommittedBatch) => void>()
  const queue: (Single | Whole | Tick)[] = []
  let submitted = 0
  /** By socket, the last submission that was made before its refusal was told. */
  const refusedUntil = new Map<string, number>()
  let head: Head = await storage.head()
  const clock = createPolicyClock(policy, (await storage.committedAt()) ?? now())
  let running: Promise<void> | null = null

  function enqueue(item: Single | Whole | Tick): void {
    queue.push(item)
    // Those that arrive in the same turn of the event loop share a batch: every socket that has something to read is
    // read before `setImmediate`, and only some of them before a promise that is already resolved.
    running ??= new Promise<void>((resume) => setImmediate(resume)).then(run)
  }

  async function run(): Promise<void> {
    try {
      for (let first = queue[0]; first !== undefined; first = queue[0]) {
        if (first.type === 'single') {
          await decideBatch(takeSingles())
          continue
        }
        queue.shift()
        await (first.type === 'whole' ? decideWhole(first) : tick(first))
      }
    } finally {
      running = null
      refusedUntil.clear()
    }
  }

  /** A room's socket is closed by its first refusal: what it had sent before it knew is not judged (GATE 19). */
  function isAfterRefusal({ submission, number }: Single): boolean {
    return isOfRoom(submission) && number <= (refusedUntil.get(submission.sessionId) ?? -1)
  }

  function noteRefusal({ submission }: Single, verdict: Verdict, until: number): void {
    if (verdict.type === 'refused' && isOfRoom(submission)) refusedUntil.set(submission.sessionId, until)
  }

  /** Refusals that were decided and are not kept after all. */
  function forgetUntold(): void {
    for (const [socket, until] of refusedUntil)
      if (until === Number.POSITIVE_INFINITY) refusedUntil.delete(socket)
  }

  function takeSingles(): Single[] {
    const batch: Single[] = []
    for (const next of queue) {
      if (next.type !== 'single' || batch.length === BATCH_MAX) break
      batch.push(next)
    }
    queue.splice(0, batch.length)
    return batch
  }

  function contextAt(at: number): GateContext {
    const loaded = createLoaded(storage, live, refusals)
    const working = createWorking({ loaded, live, policy, head, at })
    return { working, serverClient, newId: random.id }
  }

  /** A batch's context, with everything committed that the clock has changed before it. */
  async function begin(): Promise<GateContext> {
    const at = now()
    const due = clock.due(at)
    if (due.length > 0) await commitTick(due, at)
    clock.reached(at)
    return contextAt(at)
  }

  async function commitTick(workerIds: readonly string[], at: number): Promise<void> {
    const { working } = contextAt(at)
    await working.loaded.fetch(workerIds.map((id) => ({ type: 'record', ref: { kind: 'worker', id } })))
    // Whose row cannot be read is nobody already; the others do not wait for them (D22).
    moveTick(
      working,
      workerIds.filter((id) => !storage.damage.hidesRow({ kind: 'worker', id })),
    )
    await commit(working)
  }

  async function tick({ answer, fail }: Tick): Promise<void> {
    try {
      await begin()
      answer()
    } catch (error) {
      fail(error)
    }
  }

  /** Durable, then true, then told. Rejects when the commit failed; then nothing has moved. */
  async function commit(working: Working): Promise<void> {
    if (working.isEmpty()) return working.settle()
    const commit = working.toCommit()
    try {
      await storage.commit(commit)
    } catch (error) {
      for (const record of commit.records) live.drop(`${record.kind}/${record.id}`)
      onCommit(false)
      throw error
    }
    onCommit(true)
    head = working.head
    if (working.directory !== policy.directory) policy.replace(working.directory)
    for (const entry of commit.quarantine) refusals.add(entry)
    // What builds on a creation that is now there builds on something (D13).
    for (const { entry } of commit.settlements) if (entry.creates) refusals.forget(entry.workerId)
    const batch = working.toBatch()
    working.settle()
    if (batch.changes.length > 0) tell(batch)
  }

  function tell(batch: CommittedBatch): void {
    for (const listener of listeners) {
      try {
        listener(batch)
      } catch (error) {
        // What is committed is committed: one reader's trouble is not another's.
        log.error({ err: error }, 'a listener of the gate failed')
      }
    }
  }

  async function decideBatch(batch: readonly Single[]): Promise<void> {
    if (batch.length === 0) return
    const verdicts: Verdict[] = []
    let context: GateContext
    try {
      context = await begin()
    } catch (error) {
      log.error({ err: error }, 'a policy tick could not be committed; nothing is decided before it')
      return answerLater(batch)
    }
    try {
      const waiting = batch.map(({ submission }) => waitingOf(submission))
      await loadFor(context.working.loaded, waiting)
      for (const one of waiting) {
        const single = batch[verdicts.length] as Single
        if (isAfterRefusal(single)) {
          verdicts.push(notJudged)
          continue
        }
        const answer = attempt(context, one)
        const verdict = 'need' in answer ? await decideOne(context, one) : answer.verdict
        if (isHalfMoved(one, verdict)) return decideAround(batch, verdicts.length, verdict)
        verdicts.push(verdict)
        noteRefusal(single, verdict, Number.POSITIVE_INFINITY)
      }
    } catch (error) {
      forgetUntold()
      // Nothing has been committed. Each alone, so that one that cannot be decided does not keep the others waiting.
      if (batch.length > 1) {
        for (const single of batch) await decideBatch([single])
        return
      }
      if (error instanceof DamagedRecord) {
        storage.damage.note(error.ref, error.part)
        return answerLater(batch, DAMAGED_RETRY_MS)
      }
      log.error({ err: error }, 'a submission could not be decided')
      return answerLater(batch)
    }
    try {
      await commit(context.working)
    } catch (error) {
      forgetUntold()
      log.error({ err: error }, 'a commit failed; nothing of it is kept')
      return answerLater(batch)
    }
    for (const [index, single] of batch.entries()) {
      const verdict = verdicts[index] as Verdict
      noteRefusal(single, verdict, submitted)
      single.answer(verdict)
    }
  }

  /**
   * A message breaks the rules after some of its clients had been admitted: nothing of it is kept (L11). What this batch
   * has moved is dropped with it (D19), and the others are decided again as if it had never been sent.
   */
  async function decideAround(batch: readonly Single[], index: number, verdict: Verdict): Promise<void> {
    forgetUntold()
    await decideBatch(batch.slice(0, index))
    batch[index]?.answer(verdict)
    await decideBatch(batch.slice(index + 1))
  }

  function answerLater(batch: readonly Single[], afterMs = FAILED_RETRY_MS): void {
    for (const { answer } of batch) answer({ type: 'later', afterMs, isOurFault: true })
  }

  /** Holds the queue from its first decision to its commit, and lets the event loop turn in between. */
  async function decideWhole({ submissions, options, answer, fail }: Whole): Promise<void> {
    try {
      // A dry run commits nothing at all: it may be asked beside a server that holds the data.
      const context = options.dryRun === true ? contextAt(now()) : await begin()
      const verdicts: Verdict[] = []
      for (let from = 0; from < submissions.length; from += CHUNK) {
        const chunk = submissions.slice(from, from + CHUNK).map(waitingOf)
        await loadFor(context.working.loaded, chunk)
        for (const waiting of chunk) verdicts.push(await decideOne(context, waiting))
        options.onProgress?.(verdicts.length)
        await new Promise((resume) => setImmediate(resume))
      }
      const whole = verdicts.every((verdict) => verdict.type === 'merged')
      if (whole && options.dryRun === true) options.onOutlook?.(context.working.toBatch())
      else if (whole) await commit(context.working)
      answer(verdicts)
    } catch (error) {
      if (error instanceof DamagedRecord) storage.damage.note(error.ref, error.part)
      fail(error)
    }
  }

  return {
    submit(submission) {
      if (submission.type === 'update') {
        const { author, record, update, edit, sessionId } = submission
        const afterMs =
          rate.take(edit?.deviceId ?? sessionId) ||
          growth.take(`${author.workerId} ${record.kind}/${record.id}`, update.length)
        if (afterMs > 0) return Promise.resolve({ type: 'later', afterMs })
      }
      return new Promise((answer) => enqueue({ type: 'single', submission, number: ++submitted, answer }))
    },
    submitAll(submissions, options) {
      return new Promise((answer, fail) => enqueue({ type: 'whole', submissions, options, answer, fail }))
    },
    tick() {
      return new Promise((answer, fail) => enqueue({ type: 'tick', answer, fail }))
    },
    onCommitted(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async idle() {
      while (running !== null) await running
    },
  }
}

/** Whether the decision has moved something that its own verdict says is not kept. */
function isHalfMoved(one: Waiting, verdict: Verdict): boolean {
  return verdict.type === 'violation' && one.type === 'update' && one.arrival.answered.length > 0
}

function isOfRoom(submission: Submission): submission is Submission & { readonly type: 'update' } {
  return submission.type === 'update' && submission.via === 'room'
}
