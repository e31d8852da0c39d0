/** A clock and an alarm that a test steps by hand: nobody sleeps. */
import type { After } from '../../sync-server/jobs/timer.ts'

export interface HandTimer {
  readonly clock: { now: number }
  readonly after: After
  /** When the alarms that wait will ring, soonest first. */
  readonly waiting: readonly number[]
  /** Sets the clock, and rings what is due by then; resolves when nothing due is left. */
  passTo(instant: number): Promise<void>
}

/** Where `setTimeout` overflows, and rings at once. */
const TIMEOUT_MAX_MS = 2 ** 31 - 1

/** `settled` resolves when what an alarm has begun is over. */
export function createHandTimer(start: number, settled: () => Promise<void>): HandTimer {
  const clock = { now: start }
  const alarms = new Set<{ readonly at: number; readonly work: () => void }>()

  return {
    clock,
    after(ms, work) {
      if (ms > TIMEOUT_MAX_MS) throw new Error(`${ms} ms would ring at once`)
      const alarm = { at: clock.now + ms, work }
      alarms.add(alarm)
      return () => void alarms.delete(alarm)
    },
    get waiting() {
      return [...alarms].map(({ at }) => at).sort((one, other) => one - other)
    },
    async passTo(instant) {
      clock.now = instant
      for (;;) {
        const due = [...alarms].find(({ at }) => at <= instant)
        if (due === undefined) return
        alarms.delete(due)
        due.work()
        await settled()
      }
    },
  }
}
