/**
 * The alarm clock of D20: wakes the gate at the instant at which somebody's validity begins or ends.
 *
 * It only wakes. What is due the gate finds out itself, before whatever it decides next, so that an edit that comes a
 * moment before the alarm is decided by the same rights as one that comes after.
 */
import { nextBoundary } from '../../core/access/validity.ts'
import type { Policy } from '../gate/policy.ts'
import type { Gate } from '../gate/types.ts'
import type { Logger } from '../log.ts'
import type { After } from './timer.ts'

export interface TickPolicyDependencies {
  readonly gate: Pick<Gate, 'tick' | 'onCommitted'>
  readonly policy: Pick<Policy, 'directory'>
  readonly now: () => number
  readonly after: After
  readonly log: Pick<Logger, 'error'>
}

/**
 * The longest nap, in milliseconds. Timers overflow at 2^31-1 ms (25 days), do not run while a machine sleeps, and know
 * nothing of a clock that was set; after a minute it looks again.
 */
export const LOOK_AGAIN_MS = 60_000

/** After a tick that could not be committed, in milliseconds. */
const FAILED_RETRY_MS = 1_000

/** Resolves when what was missed while the server was down is committed; with how to stop. */
export async function tickPolicy(deps: TickPolicyDependencies): Promise<() => void> {
  const { gate, policy, now, after, log } = deps
  let cancel = (): void => {}
  let isStopped = false

  function wait(ms: number): void {
    cancel()
    if (!isStopped) cancel = after(ms, () => void ring())
  }

  function plan(): void {
    const at = now()
    const next = nextBoundary(policy.directory, at)
    if (next === null) cancel()
    else wait(Math.min(next - at, LOOK_AGAIN_MS))
  }

  async function ring(): Promise<void> {
    try {
      await gate.tick()
      plan()
    } catch (error) {
      log.error({ err: error }, 'a policy tick could not be committed')
      wait(FAILED_RETRY_MS)
    }
  }

  const stopListening = gate.onCommitted((batch) => {
    if (batch.policy !== null) plan()
  })
  await ring()
  return () => {
    isStopped = true
    stopListening()
    cancel()
  }
}
